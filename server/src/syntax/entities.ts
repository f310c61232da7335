import { isCharacter } from './characters.ts';
import { htmlCharacters } from './htmlEntities.ts';

/**
 * Which references a reader knows: pfSense up to config version 24.4 decodes those of HTML 4.01, from 24.5 on the
 * five of XML (facts.md §3).
 */
export type EntitySet = 'html' | 'xml';

/**
 * How a version of pfSense writes characters: up to 2.6 with PHP 7's htmlentities(), whose default leaves `'` alone;
 * from 2.7 with PHP 8's, whose default is ENT_QUOTES; from config version 24.5 with ENT_XML1 (facts.md §3;
 * xmlparse.inc:dump_xml_config_sub, which gives no flags before 24.5).
 */
export type TextForm = 'html-php7' | 'html-php8' | 'xml';

const xmlCharacters: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

const xmlNames = namesOf(xmlCharacters);
const htmlNames = namesOf(htmlCharacters);

/**
 * Replaces references by the characters that they mean, as PHP's html_entity_decode() does; `html` is PHP 8's way.
 * Unknown ones stay as they are. One pass: what comes out is not decoded again.
 */
export function decodeReferences(text: string, entities: EntitySet | TextForm): string {
  if (!text.includes('&')) return text;
  const characters = entities === 'xml' ? xmlCharacters : htmlCharacters;
  return text.replace(/&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z0-9]+));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return characters.get(name) ?? whole;
    const code = codeOf(decimal, hexadecimal);
    const isKnown = entities === 'xml' ? isCharacter(code) : isHtmlCharacter(code);
    // PHP 7's default, ENT_COMPAT, decodes no single quotes.
    if (!isKnown || (entities === 'html-php7' && code === 39)) return whole;
    return String.fromCodePoint(code);
  });
}

/**
 * What an XML reader makes of one reference outside CDATA, such as `&amp;` or `&#10;`. One that XML does not define is
 * read from `entities` all the same: pfSense rejects such a file, but the reader of a finding knows what was meant.
 */
export function decodeXmlReference(reference: string, entities: EntitySet | TextForm): string {
  const [, decimal, hexadecimal, name] = /^&(?:#(\d+)|#x([0-9a-fA-F]+)|(.+));$/.exec(reference) ?? [];
  if (name !== undefined) return xmlCharacters.get(name) ?? decodeReferences(reference, entities);
  const code = codeOf(decimal, hexadecimal);
  return isCharacter(code) ? String.fromCodePoint(code) : reference;
}

/** Writes a text with references as that form has them, inside CDATA and outside alike; `&` always becomes `&amp;`. */
export function encodeText(text: string, form: TextForm): string {
  switch (form) {
    case 'xml':
      return text.replace(/[&<>"']/g, character => `&${xmlNames.get(character)};`);
    case 'html-php7':
      return text.replace(/[&<>"\u00a0-\uffff]/g, htmlReference);
    case 'html-php8':
      return text.replace(/[&<>"\u00a0-\uffff]/g, htmlReference).replace(/'/g, '&#039;');
  }
}

function htmlReference(character: string): string {
  const name = htmlNames.get(character);
  return name === undefined ? character : `&${name};`;
}

function codeOf(decimal: string | undefined, hexadecimal: string | undefined): number {
  return decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? '', 16);
}

/** The code points that PHP decodes for HTML 4.01 (ext/standard/html.c:unicode_cp_is_allowed). */
function isHtmlCharacter(code: number): boolean {
  if (code < 0x80) return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x7e);
  return (code >= 0xa0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0x10ffff);
}

function namesOf(characters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...characters].map(([name, character]) => [character, name]));
}
