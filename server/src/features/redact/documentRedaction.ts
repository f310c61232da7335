import type { Config } from '../../model/config.ts';
import { schemaPlaceOf } from '../../model/schemaPlaces.ts';
import { isInCdata } from '../../model/textForm.ts';
import { readVersion } from '../../model/version.ts';
import { compiledSchema } from '../../schema/compiled.ts';
import { referenceSources } from '../../schema/references.ts';
import { renameElement } from '../../syntax/edits.ts';
import { encodeText } from '../../syntax/entities.ts';
import { attributes, outerPieces, type Piece, pieces, rootPieces } from '../../syntax/pieces.ts';
import { Element, Flag, type Place, spanOf } from '../../syntax/tree.ts';
import { isOneSection } from '../../syntax/value.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { isHarmlessWord } from './harmlessWords.ts';
import { faultsIn, withoutFaults } from './keptFaults.ts';
import type { TextMapping } from './textMapping.ts';
import type { WordMapping } from './wordMapping.ts';

/** Maps all of one config: texts and the tags that people name, and whatever stands where nothing should. */
export class DocumentRedaction {
  private readonly edits: TextEdit[] = [];

  constructor(
    private readonly config: Config,
    private readonly texts: TextMapping,
    private readonly words: WordMapping,
  ) {}

  /** The text of the whole copy. */
  run(): string {
    const { document } = this.config;
    this.redactPieces(outerPieces(document));
    this.redactPieces(rootPieces(document));
    this.redactRootTag();
    for (const branch of document.tree.branches) {
      for (let row = 0; row < branch.rows; row++) this.redactElement(new Element(branch, row));
    }
    return this.written();
  }

  private written(): string {
    const { buffer } = this.config.document;
    const parts: string[] = [];
    let at = 0;
    for (const { from, to, text } of this.edits.sort((a, b) => a.from - b.from || a.to - b.to)) {
      // Of two that meet in a broken tag the outer one has it all.
      if (from < at) continue;
      parts.push(buffer.slice(at, from), text);
      at = to;
    }
    parts.push(buffer.slice(at, buffer.length));
    return parts.join('');
  }

  private redactElement(element: Element): void {
    this.redactTag(element);
    if (element.isSelfClosing) return;
    if (element.hasChildren) this.redactPieces(pieces(element));
    else if ((element.flags & Flag.hasMarkup) !== 0 && !isOneSection(element.content)) this.redactManyPieces(element);
    else this.redactText(element);
  }

  /** A leaf whose text stands in one piece, mostly. */
  private redactText(element: Element): void {
    const { content } = element;
    if (content.trim() === '') return;
    const text = this.config.text(element);
    const standIn = this.textOf(element, text);
    if (standIn === text) return;
    const mapped = withoutFaults(standIn);
    const isCdata = content.startsWith('<![CDATA[');
    const version = this.config.query(readVersion);
    const kept = faultsIn(content, { isUnsafe: !isInCdata(element.name, version) });
    const written = isCdata ? `<![CDATA[${encodeText(mapped, version.form)}]]>` : encodeText(mapped, 'xml');
    this.edits.push({ from: element.contentStart, to: element.contentEnd, text: written + kept });
  }

  /** A leaf with comments, or with several sections of CDATA: all of its text goes to where it begins. */
  private redactManyPieces(element: Element): void {
    const text = this.config.text(element);
    let mapped: string | undefined = this.textOf(element, text);
    const others: Piece[] = [];
    for (const piece of pieces(element)) {
      if (piece.kind !== 'text' && piece.kind !== 'cdata') {
        others.push(piece);
        continue;
      }
      const source = this.sourceOf(piece.at);
      if (source.trim() === '') continue;
      const written = encodeText(mapped ?? '', 'xml');
      if (piece.kind === 'cdata') this.replace(piece.inner, written);
      else this.replace(piece.at, written + faultsIn(source, { isUnsafe: false }));
      mapped = undefined;
    }
    this.redactPieces(others);
  }

  /** What stands between elements, where pfSense reads nothing. */
  private redactPieces(found: Iterable<Piece>): void {
    for (const piece of found) {
      const source = this.sourceOf(piece.at);
      switch (piece.kind) {
        case 'element':
          break;
        case 'text':
          if (source.trim() !== '') {
            const kept = faultsIn(source, { isUnsafe: false });
            this.replace(
              piece.at,
              source.replace(/\S[\s\S]*\S|\S/, text => this.texts.sentence(text) + kept),
            );
          }
          break;
        case 'cdata':
          if (this.sourceOf(piece.inner).trim() !== '') {
            this.replace(piece.inner, this.texts.sentence(this.sourceOf(piece.inner)));
          }
          break;
        case 'comment':
          this.replace(piece.inner, this.commentOf(this.sourceOf(piece.inner)));
          break;
        case 'instruction':
          if (!/^<\?xml(?:\s+[a-z]+\s*=\s*(?:"[\w.-]*"|'[\w.-]*'))*\s*\?>$/.test(source)) {
            this.replace(piece.at, source.endsWith('?>') ? '<?redacted?>' : '<?redacted');
          }
          break;
        case 'doctype':
          this.replace(piece.at, source.endsWith('>') ? '<!DOCTYPE pfsense>' : '<!DOCTYPE pfsense');
          break;
        case 'stray-end-tag':
          this.replace(
            piece.at,
            source.replace(/[^\s</>]+/, name => this.tagOf(name)),
          );
      }
    }
  }

  /** What XML does not allow in a comment stays in it. */
  private commentOf(text: string): string {
    return `${text.includes('--') ? ' -- ' : ''}${text.endsWith('-') ? '-' : ''}`;
  }

  private redactTag(element: Element): void {
    const { flags, tag } = element;
    const isBroken = (flags & (Flag.brokenStart | Flag.mismatched)) !== 0 || !element.isClosed;
    const mapped = isNamedByPerson(element) ? this.chosenTagOf(tag) : isBroken ? this.tagOf(tag) : tag;
    if ((flags & Flag.mismatched) !== 0) this.redactTagsApart(element, mapped);
    else if (mapped !== tag) this.edits.push(...renameElement(element, mapped));
    if ((flags & (Flag.hasAttributes | Flag.brokenStart)) === 0) return;
    for (const { name, namePlace, valuePlace, at } of attributes(element)) {
      if (!isXmlWord(name)) this.replace(namePlace, this.words.map(name));
      const behind = { ...at, from: namePlace.to };
      if (valuePlace) this.replace(valuePlace, 'redacted');
      else if (this.sourceOf(behind).trim() !== '') this.replace(behind, '="redacted');
    }
  }

  /** Two tags that differ still do. */
  private redactTagsApart({ namePlace, endTagNamePlace }: Element, mapped: string): void {
    this.replace(namePlace, mapped);
    if (endTagNamePlace) this.replace(endTagNamePlace, this.tagOf(this.sourceOf(endTagNamePlace)));
  }

  /**
   * A tag that a person has chosen. pfSense reads tags in lower case, and makes them so of the names of zones and groups;
   * one with capitals keeps some, for it is told of.
   */
  private chosenTagOf(tag: string): string {
    const name = tag.toLowerCase();
    const mapped = this.words.map(name).toLowerCase();
    return tag === name ? mapped : mapped.slice(0, 1).toUpperCase() + mapped.slice(1);
  }

  /** A tag that belongs to no element may be part of a text that somebody has written, or hold one whose bracket is missing. */
  private tagOf(name: string): string {
    const isKnown = compiledSchema().names.has(name.toLowerCase()) || isHarmlessWord(name);
    return isKnown ? name : this.words.whole(name);
  }

  private redactRootTag(): void {
    const { root, spine } = this.config.document.tree;
    if (!root || (root.flags & Flag.hasAttributes) === 0) return;
    const place = { anchor: spine, from: root.nameEnd - spine.start, to: root.contentStart - spine.start };
    this.replace(
      place,
      this.sourceOf(place).replace(/([^\s=<>/"']+)|"[^"]*"|'[^']*'/g, (whole, name?: string) => {
        if (name === undefined) return `${whole[0]}redacted${whole[0]}`;
        return isXmlWord(name) ? name : this.words.map(name);
      }),
    );
  }

  private textOf(element: Element, text: string): string {
    const path: string[] = [];
    for (let at: Element | undefined = element; at; at = at.parent) path.unshift(at.name);
    return this.texts.map(text, { path, schema: schemaPlaceOf(element), separator: separatorAt(path) });
  }

  private sourceOf(place: Place): string {
    const { start, end } = spanOf(place);
    return place.anchor.document.buffer.slice(start, end);
  }

  private replace(place: Place, text: string): void {
    const { start, end } = spanOf(place);
    this.edits.push({ from: start, to: end, text });
  }
}

/** What stands between several names, by the path of the element that holds them; `*` is any name. */
const separators: ReadonlyMap<string, string> = new Map(
  referenceSources.flatMap(({ items, slots }) =>
    slots.flatMap(({ at, separator, field }) => {
      const sign = separator ?? (field === undefined ? undefined : '|');
      // In front of a length an address is mapped as a network.
      return sign === undefined || sign === '/' ? [] : [[at === '' ? items : `${items}/${at}`, sign] as const];
    }),
  ),
);

function separatorAt(path: readonly string[]): string | undefined {
  const [section, , ...rest] = path;
  return separators.get(path.join('/')) ?? separators.get([section, '*', ...rest].join('/'));
}

/** Whether a person has chosen the element's name: captive portal zones, and interface groups with separators. */
function isNamedByPerson({ name, parent }: Element): boolean {
  if (parent?.parent === undefined && (parent?.name === 'captiveportal' || parent?.name === 'voucher')) {
    return isZone(parent.name, name);
  }
  return parent?.name === 'separator' && parent.parent?.name === 'filter';
}

/** A zone, and not one of the settings that old releases kept there. */
function isZone(section: string, name: string): boolean {
  return compiledSchema().root.child(section)?.child(name)?.name === '*';
}

function isXmlWord(name: string): boolean {
  return /^(?:xmlns|xml:lang|xml:space|version|encoding|standalone)$/.test(name);
}
