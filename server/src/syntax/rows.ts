import { Column, columnCount, Flag, type Root } from './tree.ts';

/** The growing rows that a scan writes; cut into branches when it is done with one. Reused from scan to scan. */
export class Rows {
  private capacity = 4096;
  data = new Int32Array(4096 * columnCount);
  count = 0;

  /** Adds a row with its start and parent, and gives its number. Its flags are 0; its other columns are for the scan to fill. */
  add(start: number, parent: number): number {
    const row = this.count++;
    if (row === this.capacity) this.grow();
    const { data } = this;
    const at = row * columnCount;
    data[at + Column.start] = start;
    data[at + Column.parent] = parent;
    data[at + Column.flags] = 0;
    return row;
  }

  set(column: number, row: number, value: number): void {
    this.data[row * columnCount + column] = value;
  }

  get(column: number, row: number): number {
    return this.data[row * columnCount + column]!;
  }

  flag(row: number, bits: number): void {
    this.data[row * columnCount + Column.flags]! |= bits;
  }

  /**
   * Takes the rows from `first` on out, as a branch's data: offsets relative to the first row's start,
   * rows counted from 0.
   */
  cut(first: number): Int32Array {
    const origin = this.get(Column.start, first);
    const data = this.data.slice(first * columnCount, this.count * columnCount);
    for (let at = 0; at < data.length; at += columnCount) {
      moveOffsets(data, at, -origin);
      data[at + Column.parent]! -= first;
      data[at + Column.next]! -= first;
    }
    data[Column.parent] = -1;
    this.count = first;
    return data;
  }

  /** Makes room for so many rows at once, where a scan knows about how many there will be. */
  reserve(rows: number): void {
    if (rows <= this.capacity) return;
    this.capacity = rows;
    const larger = new Int32Array(this.capacity * columnCount);
    larger.set(this.data);
    this.data = larger;
  }

  private grow(): void {
    this.reserve(this.capacity * 2);
  }
}

/** Moves the five offsets of the row whose columns begin at `at`. */
export function moveOffsets(data: Int32Array, at: number, by: number): void {
  data[at + Column.start]! += by;
  data[at + Column.nameEnd]! += by;
  data[at + Column.contentStart]! += by;
  data[at + Column.contentEnd]! += by;
  data[at + Column.end]! += by;
}

/** The root, which is row 0, with offsets instead of the rows' indices. */
export function rootOf(rows: Rows, scan: { readonly tag: string; readonly shift: number }): Root {
  const at = (column: number) => rows.get(column, 0) - scan.shift;
  const flags = rows.get(Column.flags, 0);
  return {
    tag: scan.tag,
    start: at(Column.start),
    nameEnd: at(Column.nameEnd),
    contentStart: at(Column.contentStart),
    contentEnd: at(Column.contentEnd),
    end: at(Column.end),
    isSelfClosing: (flags & Flag.selfClosing) !== 0,
    isClosed: (flags & Flag.closed) !== 0,
    flags,
  };
}
