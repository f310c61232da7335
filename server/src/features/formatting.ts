import type { Config } from '../model/config.ts';
import { hasKnownStructure } from '../model/structure.ts';
import { isInCdata } from '../model/textForm.ts';
import { type ConfigVersion, readVersion } from '../model/version.ts';
import { lineEnding } from '../syntax/edits.ts';
import type { TextForm } from '../syntax/entities.ts';
import { type Branch, Column, Flag } from '../syntax/tree.ts';
import { isLineEnd, Unit } from '../syntax/units.ts';
import type { TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';

/** Offsets of the present text, the end exclusive. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The edits that give a file the form in which pfSense itself writes it (facts.md §3; xmlparse.inc:dump_xml_config): one
 * element a line, one TAB a level, nothing between the tags of an empty element, CDATA around the texts of certain tags.
 * None changes what pfSense reads; comments, attributes and the way in which characters are written stay, and so do the
 * file's line ends, which editors keep by themselves. A file in that form gets no edit, and a file whose tags do not tell
 * beyond doubt where its elements end gets none either.
 *
 * @param range only edits that lie in it; absent for the whole file
 * @returns in the order of the text; none touches another
 */
export function formattingEdits(config: Config, range?: Range): readonly TextEdit[] {
  const { document } = config;
  const { root } = document.tree;
  if (!root?.isClosed || root.isSelfClosing || !hasKnownStructure(document)) return [];
  const span = range ?? { from: 0, to: document.buffer.length };
  const layout = new Layout(document, config.query(readVersion));
  layout.head(root.start);
  layout.startTag(root);
  let at = root.contentStart;
  for (const branch of document.tree.branches) {
    if (branch.start >= root.end) break;
    layout.gap({ from: at, to: branch.start, depth: 1 });
    if (branch.end >= span.from && branch.start <= span.to) layout.branch(branch, span);
    at = branch.end;
  }
  layout.gap({ from: at, to: root.contentEnd, depth: 0 });
  layout.endTag(root);
  layout.tail(root.end);
  return layout.edits.filter(({ from, to }) => span.from <= from && to <= span.to);
}

/** White space to be put right: what stands between two tags. */
interface Gap extends Range {
  /** Of what follows: how many TABs stand in front of it. */
  readonly depth: number;
}

/** Where the tags of an element are; offsets of the text. */
interface Tags {
  readonly start: number;
  readonly nameEnd: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

interface Leaf {
  readonly branch: Branch;
  readonly row: number;
  readonly flags: number;
}

/** Goes through a document from beginning to end and notes what is not as pfSense would write it. */
class Layout {
  readonly edits: TextEdit[] = [];
  private readonly units: Uint16Array;
  private readonly shift: number;
  private readonly line: string;
  private readonly indentations: string[] = [];
  /** By the number of a name, whether pfSense puts its text in CDATA. */
  private readonly cdataNames = new Map<number, boolean>();

  constructor(
    private readonly document: XmlDocument,
    private readonly version: ConfigVersion,
  ) {
    const { units, shift } = document.buffer.contiguous(0, document.buffer.length);
    this.units = units;
    this.shift = shift;
    this.line = lineEnding(document);
  }

  /** The lines in front of the root: the XML declaration, which pfSense always writes. */
  head(end: number): void {
    const { buffer } = this.document;
    const first = buffer.length > 0 && buffer.unitAt(0) === Unit.byteOrderMark ? 1 : 0;
    const text = buffer.slice(first, end);
    if (text.trim() === '') this.replace(first, end, `<?xml version="1.0"?>${this.line}`);
    else if (text.startsWith('<?xml')) {
      const declared = first + text.indexOf('?>') + 2;
      this.gap({ from: declared, to: end, depth: 0 });
    }
  }

  /** One line end behind the root, as long as nothing else stands there. */
  tail(from: number): void {
    const { buffer } = this.document;
    if (buffer.slice(from, buffer.length).trim() === '') this.replace(from, buffer.length, this.line);
  }

  /** What a branch has in a stretch of the document, and perhaps a little around it. */
  branch(branch: Branch, span: Range): void {
    // The rows that are open around the one at hand, and how far the text has been gone through.
    const open: number[] = [];
    let at = branch.start;
    const close = (until: number) => {
      while (open.length > 0 && branch.at(Column.next, open.at(-1)!) <= until) {
        const row = open.pop()!;
        this.gap({ from: at, to: branch.start + branch.at(Column.contentEnd, row), depth: open.length + 1 });
        this.endTag(tagsOf(branch, row));
        at = branch.start + branch.at(Column.end, row);
      }
    };
    for (let row = 0; row < branch.rows; row++) {
      if (branch.start + branch.at(Column.end, row) < span.from) {
        // Nothing in it matters, and all of it is passed over at once.
        close(row);
        at = branch.start + branch.at(Column.end, row);
        row = branch.at(Column.next, row) - 1;
        continue;
      }
      close(row);
      const start = branch.start + branch.at(Column.start, row);
      if (row > 0) this.gap({ from: at, to: start, depth: open.length + 1 });
      if (start > span.to) return;
      if (branch.at(Column.next, row) > row + 1) {
        this.startTag(tagsOf(branch, row));
        at = branch.start + branch.at(Column.contentStart, row);
        open.push(row);
      } else {
        this.leaf(branch, row, open.length + 1);
        at = branch.start + branch.at(Column.end, row);
      }
    }
    close(branch.rows);
  }

  /** No blanks between the name of a start tag and its bracket; attributes stay. */
  startTag({ nameEnd, contentStart }: Tags): void {
    this.blanks(nameEnd, contentStart - 1);
  }

  /** The same of an end tag, whose name is as long as that of the start tag. */
  endTag({ start, nameEnd, contentEnd, end }: Tags): void {
    this.blanks(contentEnd + '/'.length + nameEnd - start, end - 1);
  }

  private blanks(from: number, to: number): void {
    if (from < to && this.isBlank(from, to)) this.replace(from, to, '');
  }

  /** White space and comments between two tags. Text that stands there is nobody's, and is left where it is. */
  gap(gap: Gap): void {
    const { from, to, depth } = gap;
    if (this.isBlank(from, to)) this.put(from, to, this.lineAt(depth));
    else this.comments(gap, this.document.buffer.slice(from, to));
  }

  /** A comment keeps its words and its place behind what stands on its line; one on a line of its own is indented. */
  private comments({ from, to, depth }: Gap, text: string): void {
    const found = [...text.matchAll(/<!--[\s\S]*?-->/g)];
    if (text.replace(/<!--[\s\S]*?-->/g, '').trim() !== '') return;
    let at = 0;
    // What a comment stands among are the children of what ends here, or the siblings of what begins here.
    const own = this.units[to + this.shift + 1] === Unit.slash ? depth + 1 : depth;
    for (const match of found) {
      if (/[\r\n]/.test(text.slice(at, match.index))) this.put(from + at, from + match.index, this.lineAt(own));
      at = match.index + match[0].length;
    }
    this.put(from + at, to, this.lineAt(depth));
  }

  private leaf(branch: Branch, row: number, depth: number): void {
    const flags = branch.at(Column.flags, row);
    const from = branch.start + branch.at(Column.contentStart, row);
    const to = branch.start + branch.at(Column.contentEnd, row);
    if ((flags & Flag.selfClosing) !== 0) {
      this.openTag(branch, row);
      return;
    }
    const tags = tagsOf(branch, row);
    this.startTag(tags);
    this.content({ from, to, depth }, { branch, row, flags });
    this.endTag(tags);
  }

  private content({ from, to, depth }: Gap, { branch, row, flags }: Leaf): void {
    if (from === to) return;
    if (this.isBlank(from, to)) {
      // A list that has been emptied is written on two lines until the next save (facts.md §3).
      if (!this.is(from, to, this.lineAt(depth))) this.replace(from, to, '');
      return;
    }
    const wantsCdata = this.wantsCdata(branch.at(Column.name, row));
    const isPlain = (flags & (Flag.hasMarkup | Flag.hasReferences)) === 0;
    if (isPlain && !wantsCdata && !this.isTrimmed(from) && !this.isTrimmed(to - 1)) return;
    const content = this.document.buffer.slice(from, to);
    if (/^\s*(?:<!--[\s\S]*?-->\s*)+$/.test(content) && /[\r\n]/.test(content)) this.gap({ from, to, depth });
    else this.replace(from, to, this.written(content, wantsCdata));
  }

  /** A leaf's content as pfSense would write it, as far as that is certain. */
  private written(content: string, wantsCdata: boolean): string {
    const outer = content.replace(/^[\t\r\n]+|[\t\r\n]+$/g, '');
    const section = /^<!\[CDATA\[([\s\S]*?)\]\]>$/.exec(outer);
    // Comments, several sections, or a section among text: how that is cut into pieces decides what pfSense reads.
    if (!section && outer.includes('<')) return content;
    const text = (section?.[1] ?? outer).replace(/^[\t\r\n]+|[\t\r\n]+$/g, '');
    if (/^ *$/.test(text)) return '';
    const isWrapped = this.isWrapped(text, { isWrapped: section !== null, wantsCdata });
    return isWrapped ? `<![CDATA[${text}]]>` : text;
  }

  /** Whether CDATA belongs around a text: it is left as it is where the file does not say its version, or the text reads otherwise without. */
  private isWrapped(text: string, is: { readonly isWrapped: boolean; readonly wantsCdata: boolean }): boolean {
    const isCertain = this.version.number !== undefined && !/[<\r]|\]\]>/.test(text);
    return isCertain && !unlike[this.version.form].test(text) ? is.wantsCdata : is.isWrapped;
  }

  /** `<x/>` becomes `<x></x>`; attributes stay. */
  private openTag(branch: Branch, row: number): void {
    const end = branch.start + branch.at(Column.end, row);
    let slash = end - 2;
    while (/\s/.test(this.document.buffer.slice(slash - 1, slash))) slash--;
    const tag = branch.names.tag(branch.at(Column.name, row));
    this.edits.push({ from: slash, to: end, text: `></${tag}>` });
  }

  private wantsCdata(name: number): boolean {
    const known = this.cdataNames.get(name);
    if (known !== undefined) return known;
    const wants = isInCdata(this.document.names.key(name), this.version);
    this.cdataNames.set(name, wants);
    return wants;
  }

  private lineAt(depth: number): string {
    this.indentations[depth] ??= this.line + '\t'.repeat(depth);
    return this.indentations[depth];
  }

  private isBlank(from: number, to: number): boolean {
    for (let at = from + this.shift; at < to + this.shift; at++) {
      const unit = this.units[at]!;
      if (unit !== Unit.tab && unit !== Unit.space && !isLineEnd(unit)) return false;
    }
    return true;
  }

  /** Whether pfSense takes that unit off the end of a text (facts.md §2.1). */
  private isTrimmed(at: number): boolean {
    const unit = this.units[at + this.shift]!;
    return unit === Unit.tab || isLineEnd(unit);
  }

  private is(from: number, to: number, text: string): boolean {
    if (to - from !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (this.units[from + this.shift + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  private put(from: number, to: number, text: string): void {
    if (!this.is(from, to, text)) this.replace(from, to, text);
  }

  /** Notes the change without what both texts have in common at their ends. */
  private replace(from: number, to: number, text: string): void {
    const before = this.document.buffer.slice(from, to);
    if (before === text) return;
    const shorter = Math.min(before.length, text.length);
    let front = 0;
    while (front < shorter && before[front] === text[front]) front++;
    // A line end of two characters is never cut in half.
    if (front > 0 && before[front - 1] === '\r') front--;
    let back = 0;
    while (back < shorter - front && before.at(-1 - back) === text.at(-1 - back)) back++;
    if (back > 0 && before.at(-back) === '\n' && before.at(-back - 1) === '\r') back--;
    this.edits.push({ from: from + front, to: to - back, text: text.slice(front, text.length - back) });
  }
}

function tagsOf(branch: Branch, row: number): Tags {
  return {
    start: branch.start + branch.at(Column.start, row),
    nameEnd: branch.start + branch.at(Column.nameEnd, row),
    contentStart: branch.start + branch.at(Column.contentStart, row),
    contentEnd: branch.start + branch.at(Column.contentEnd, row),
    end: branch.start + branch.at(Column.end, row),
  };
}

/** An `&` that does not begin a reference which pfSense reads alike in CDATA and outside of it (facts.md §3). */
const unlike = {
  'html-php7': /&(?!(?:amp|lt|gt|quot);)/,
  'html-php8': /&(?!(?:amp|lt|gt|quot|#0?39);)/,
  xml: /&(?!(?:amp|lt|gt|quot|apos|#0?39);)/,
} as const satisfies Record<TextForm, RegExp>;
