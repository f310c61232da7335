import type { TextBuffer } from './textBuffer.ts';
import { isLineEnd, Unit } from './units.ts';

/**
 * Where the lines of a text begin, kept as a gap buffer too: starts in front of the last edit count from the beginning
 * of the text, those behind it from its end, so that an edit moves none of them.
 */
export class LineTable {
  private starts = new Int32Array(1024);
  /** The starts are `starts[0..gapStart)`, then those of `starts[gapEnd..)` with the text's length added. */
  private gapStart = 0;
  private gapEnd = 1024;

  constructor(
    private readonly text: Pick<TextBuffer, 'length' | 'contiguous'>,
    content: string,
  ) {
    this.add(0);
    if (content.includes('\r')) this.read(0, text.length);
    else for (let i = content.indexOf('\n'); i >= 0; i = content.indexOf('\n', i + 1)) this.add(i + 1);
  }

  get count(): number {
    return this.gapStart + this.starts.length - this.gapEnd;
  }

  /** Where a line begins that is there. */
  start(line: number): number {
    if (line < this.gapStart) return this.starts[line]!;
    return this.starts[line + this.gapEnd - this.gapStart]! + this.text.length;
  }

  /** The line on which an offset stands. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.count;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Follows an edit that the text has already seen. */
  update(edit: { readonly from: number; readonly removed: number; readonly inserted: number }): void {
    const { from, inserted, removed } = edit;
    // Whether a line begins at an offset is told by the units on both sides of it, so the edit decides
    // about its own edges too. Until the gap stands behind `from`, ends still count with the old length.
    const oldLength = this.text.length - inserted + removed;
    this.moveGapBehind(from, oldLength);
    while (this.gapEnd < this.starts.length && this.starts[this.gapEnd]! + oldLength <= from + removed) this.gapEnd++;
    this.read(Math.max(0, from - 1), from + inserted);
  }

  /** Puts the starts in front of `offset`, and none from there on but the text's own, in front of the gap. */
  private moveGapBehind(offset: number, length: number): void {
    while (this.gapStart > 1 && this.starts[this.gapStart - 1]! >= offset) {
      this.starts[--this.gapEnd] = this.starts[--this.gapStart]! - length;
    }
    while (this.gapEnd < this.starts.length && this.starts[this.gapEnd]! + length < offset) {
      this.starts[this.gapStart++] = this.starts[this.gapEnd++]! + length;
    }
  }

  /** Adds the lines that begin behind the units of `from`..`to`. */
  private read(from: number, to: number): void {
    const { length } = this.text;
    const { units, shift } = this.text.contiguous(from, Math.min(length, to + 1));
    const end = to + shift;
    const limit = Math.min(length, to + 1) + shift;
    for (let i = from + shift; i < end; i++) {
      const unit = units[i]!;
      if (unit > Unit.carriageReturn || !isLineEnd(unit)) continue;
      if (unit === Unit.carriageReturn && i + 1 < limit && units[i + 1] === Unit.lineFeed) continue;
      this.add(i + 1 - shift);
    }
  }

  private add(start: number): void {
    if (this.gapStart === this.gapEnd) this.grow();
    this.starts[this.gapStart++] = start;
  }

  private grow(): void {
    const larger = new Int32Array(this.starts.length * 2);
    const behind = this.starts.length - this.gapEnd;
    larger.set(this.starts.subarray(0, this.gapStart));
    larger.set(this.starts.subarray(this.gapEnd), larger.length - behind);
    this.gapEnd = larger.length - behind;
    this.starts = larger;
  }
}
