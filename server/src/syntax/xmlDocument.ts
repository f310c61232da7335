import type { Fault } from './faults.ts';
import { Names } from './names.ts';
import { Rescan } from './rescan.ts';
import type { Damage } from './resumePoint.ts';
import { Scanner } from './scanner.ts';
import { TextBuffer } from './textBuffer.ts';
import { type Branch, Element, type Tree } from './tree.ts';

/** A change of text: what stood at `from`..`to` (offsets before the change) becomes `text`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * A document: its text, and the tree that its text means at this moment.
 *
 * Never fails on any text; what is wrong with it is in the faults.
 */
export class XmlDocument {
  readonly buffer: TextBuffer;
  readonly names = new Names();
  private readonly scanner: Scanner;
  private current: Tree;

  constructor(
    readonly uri: string,
    text: string,
  ) {
    this.buffer = new TextBuffer(text);
    this.scanner = new Scanner(this);
    this.current = this.scanner.scan();
  }

  get tree(): Tree {
    return this.current;
  }

  /** Applies one edit and brings the tree up to date. Offsets beyond the text mean its end. */
  edit(change: TextEdit): void {
    this.rescan(this.replace(change));
  }

  /**
   * Applies edits one after the other, each in offsets of the text that the ones before it left, and brings the tree
   * up to date. Edits near each other cost one scan together.
   */
  edits(changes: Iterable<TextEdit>): void {
    let damage: Damage | undefined;
    let scans = 0;
    for (const change of changes) {
      if (damage && scans < scansAtMost && distance(damage, change) > nearby) {
        this.rescan(damage);
        scans++;
        damage = undefined;
      }
      damage = merge(damage, this.replace(change));
    }
    if (damage) this.rescan(damage);
  }

  private replace(change: TextEdit): Damage {
    const { length } = this.buffer;
    const from = Math.max(0, Math.min(change.from, length));
    const oldEnd = Math.max(from, Math.min(change.to, length));
    this.buffer.replace(from, oldEnd, change.text);
    return { from, oldEnd, newEnd: from + change.text.length };
  }

  private rescan(damage: Damage): void {
    const rescan = Rescan.of(this.current, damage, this.buffer);
    this.current = (rescan && this.scanner.rescan(rescan)) ?? this.scanner.scan();
  }

  /** All faults that are kept, those outside every branch first, then branch by branch. */
  *faults(): Iterable<Fault> {
    yield* this.current.faults;
    for (const branch of this.current.branches) yield* branch.faults;
  }

  /** How many faults there are beyond those that are kept. */
  get hiddenFaults(): number {
    return this.current.branches.reduce((sum, branch) => sum + branch.hiddenFaults, this.current.hiddenFaults);
  }

  /** The children of the root with that name (lower case), in document order. */
  branches(name: string): readonly Branch[] {
    return this.current.branches.filter(branch => branch.nameAt(0) === name);
  }

  /** The first element along a path from below the root, such as `nat/outbound/mode`. */
  find(path: string): Element | undefined {
    const [top, ...rest] = path.split('/');
    const branch = this.current.branches.find(each => each.nameAt(0) === top);
    if (!branch) return undefined;
    const element = new Element(branch, 0);
    return rest.length === 0 ? element : element.find(rest.join('/'));
  }
}

/** Edits closer than this many units are scanned together: reading so much costs less than a second scan. */
const nearby = 0x8000;
/** Further edits of one change are scanned together wherever they are, so that replacing all costs no more than a full scan. */
const scansAtMost = 8;

function distance(damage: Damage, change: TextEdit): number {
  return Math.max(damage.from - change.to, change.from - damage.newEnd, 0);
}

/** The damage of two edits, of which the second counts in the text that the first one left. */
function merge(first: Damage | undefined, second: Damage): Damage {
  if (!first) return second;
  const beyond = Math.max(0, second.oldEnd - first.newEnd);
  return {
    from: Math.min(first.from, second.from),
    oldEnd: first.oldEnd + beyond,
    newEnd: Math.max(first.newEnd, second.oldEnd) + second.newEnd - second.oldEnd,
  };
}
