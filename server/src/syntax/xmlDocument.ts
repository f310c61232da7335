import { Names } from './names.ts';
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

  /** Applies one edit and brings the tree up to date. */
  edit(change: TextEdit): void {
    this.buffer.replace(change.from, change.to, change.text);
    this.current = this.scanner.scan();
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
