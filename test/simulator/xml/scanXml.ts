/** Text that is no XML, with the line where the parser gave up, counted from 1. */
export class XmlError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** What is called while a text is read. Attributes, comments and instructions are passed over, as pfSense does. */
export interface XmlHandler {
  readonly open: (name: string, line: () => number) => void;
  readonly close: (name: string) => void;
  /** A run of characters: entities and CDATA sections come as runs of their own, as PHP's parser hands them on. */
  readonly characters: (text: string) => void;
}

const nameStart =
  '[:A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD]';
const namePattern = `${nameStart}(?:${nameStart}|[-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040])*`;
const openTag = new RegExp(`<(${namePattern})((?:\\s+${namePattern}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(/?)>`, 'y');
const closeTag = new RegExp(`</(${namePattern})\\s*>`, 'y');
const run = /[^<&]+/y;
const reference = /&(?:#(\d+)|#x([\dA-Fa-f]+)|([A-Za-z][\dA-Za-z]*));/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 does not have.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads well-formed XML.
 * @throws XmlError for anything else, an entity that XML does not know among it
 */
export function scanXml(text: string, handler: XmlHandler): void {
  new Scanner(text, handler).run();
}

class Scanner {
  readonly #text: string;
  readonly #handler: XmlHandler;
  readonly #names: string[] = [];
  #at = 0;
  #roots = 0;

  constructor(text: string, handler: XmlHandler) {
    this.#text = text;
    this.#handler = handler;
  }

  run(): void {
    const match = forbidden.exec(this.#text);
    if (match) this.#fail('Invalid character', match.index);
    while (this.#at < this.#text.length) this.#step();
    if (this.#names.length > 0 || this.#roots === 0) this.#fail('no element found');
  }

  #step(): void {
    const text = this.#text;
    if (text[this.#at] === '&') this.#reference();
    else if (text[this.#at] !== '<') this.#characters();
    else if (text.startsWith('<!--', this.#at)) this.#skip('-->', 4);
    else if (text.startsWith('<?', this.#at)) this.#skip('?>', 2);
    else if (text.startsWith('<![CDATA[', this.#at)) this.#cdata();
    else if (text.startsWith('</', this.#at)) this.#close();
    else if (text.startsWith('<!DOCTYPE', this.#at) && this.#roots === 0) this.#skip('>', 9);
    else this.#open();
  }

  #open(): void {
    openTag.lastIndex = this.#at;
    const match = openTag.exec(this.#text);
    if (!match || (this.#names.length === 0 && this.#roots > 0)) this.#fail('not well-formed (invalid token)');
    const [whole, name = '', , selfClosing] = match ?? [''];
    if (this.#names.length === 0) this.#roots++;
    const start = this.#at;
    this.#at += whole.length;
    this.#handler.open(name, () => this.#lineAt(start));
    if (selfClosing) this.#handler.close(name);
    else this.#names.push(name);
  }

  #close(): void {
    closeTag.lastIndex = this.#at;
    const match = closeTag.exec(this.#text);
    if (!match || match[1] !== this.#names.at(-1)) this.#fail('mismatched tag');
    this.#names.pop();
    this.#handler.close(match?.[1] ?? '');
    this.#at += match?.[0].length ?? 0;
  }

  #cdata(): void {
    const start = this.#at + '<![CDATA['.length;
    this.#skip(']]>', 9);
    if (this.#names.length === 0) this.#fail('not well-formed (invalid token)');
    const text = this.#text.slice(start, this.#at - 3);
    if (text !== '') this.#handler.characters(text);
  }

  #reference(): void {
    reference.lastIndex = this.#at;
    const match = reference.exec(this.#text);
    const [whole = '', decimal, hexadecimal, name] = match ?? [];
    const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined;
    const isCharacter = code !== undefined && code > 0 && code <= 0x10ffff;
    const character = isCharacter ? String.fromCodePoint(code) : predefined[name ?? ''];
    if (character === undefined || forbidden.test(character)) this.#fail('Undeclared entity error');
    if (this.#names.length === 0) this.#fail('not well-formed (invalid token)');
    this.#handler.characters(character ?? '');
    this.#at += whole.length;
  }

  #characters(): void {
    run.lastIndex = this.#at;
    const text = run.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    if (this.#names.length > 0) {
      if (text.includes(']]>')) this.#fail('not well-formed (invalid token)');
      this.#handler.characters(text.replaceAll('\r\n', '\n'));
    } else if (text.replace('\uFEFF', '').trim() !== '') {
      this.#fail('not well-formed (invalid token)');
    }
  }

  #skip(ending: string, from: number): void {
    const end = this.#text.indexOf(ending, this.#at + from);
    if (end < 0) this.#fail('unclosed token');
    this.#at = end + ending.length;
  }

  #fail(message: string, at = this.#at): never {
    throw new XmlError(message, this.#lineAt(at));
  }

  #lineAt(offset: number): number {
    let line = 1;
    for (let at = this.#text.indexOf('\n'); at >= 0 && at < offset; at = this.#text.indexOf('\n', at + 1)) line++;
    return line;
  }
}
