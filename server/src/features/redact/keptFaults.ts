import { decodeXmlReference } from '../../syntax/entities.ts';
import { htmlCharacters } from '../../syntax/htmlEntities.ts';

/**
 * What of a text outside CDATA is no XML, or becomes none at pfSense's next save, as it is written and without anything
 * else of the text: a copy in which it were mended would not be told of as the original is.
 *
 * @param options.isUnsafe whether a character with a name in HTML is one of those
 */
export function faultsIn(source: string, { isUnsafe }: { readonly isUnsafe: boolean }): string {
  const isCdata = source.startsWith('<![CDATA[');
  const found: string[] = [];
  for (const [whole] of source.matchAll(isCdata ? controls : suspicious)) {
    if (whole === '&') found.push('& ');
    else if (!whole.startsWith('&')) found.push(whole);
    else if (whole.startsWith('&#') ? decodeXmlReference(whole, 'xml') === whole : !xmlNames.has(whole)) {
      found.push(whole.startsWith('&#') || htmlCharacters.has(whole.slice(1, -1)) ? whole : '&unknown;');
    }
  }
  return found.join('') + (isUnsafe ? unsafeIn(source) : '');
}

/** The first character that pfSense would write by its name, also where it stands there by its number. */
function unsafeIn(source: string): string {
  if (!/[\u00a0-\uffff]|&#/.test(source)) return '';
  const read = source.replace(/&#\w+;/g, reference => decodeXmlReference(reference, 'xml'));
  return [...read].find(character => named.has(character)) ?? '';
}

/** A stand-in without what {@link faultsIn} puts behind it. */
export function withoutFaults(text: string): string {
  return text.replace(controls, '');
}

const xmlNames: ReadonlySet<string> = new Set(['&amp;', '&lt;', '&gt;', '&quot;', '&apos;']);
const named: ReadonlySet<string> = new Set([...htmlCharacters.values()].filter(each => each >= '\u00a0'));

/** Characters that XML does not have (XML 1.0 §2.2), as a part of a regular expression. */
const forbidden = '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]';
const controls = new RegExp(forbidden, 'g');
const suspicious = new RegExp(
  `&(?:#\\w+;|[\\p{L}_:][\\p{L}\\p{N}_:.-]*;)?|<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)|<(?!!\\[CDATA\\[)|\\]\\]>|${forbidden}`,
  'gu',
);
