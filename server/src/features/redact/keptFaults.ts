import { isForbidden } from '../../syntax/characters.ts';
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
  for (const [whole] of source.matchAll(/&(?:#\w+;|[\p{L}_:][\p{L}\p{N}_:.-]*;)?|<(?!!\[CDATA\[)|\]\]>|[\s\S]/gu)) {
    if (isCdata && !isForbidden(whole.charCodeAt(0))) continue;
    if (whole === '&') found.push('& ');
    else if (whole === '<' || whole === ']]>') found.push(whole);
    else if (isForbidden(whole.charCodeAt(0))) found.push(whole);
    else if (whole.startsWith('&#') && decodeXmlReference(whole, 'xml') === whole) found.push(whole);
    else if (/^&[^#]/.test(whole) && !xmlNames.has(whole))
      found.push(htmlCharacters.has(whole.slice(1, -1)) ? whole : '&unknown;');
  }
  const unsafe = isUnsafe ? [...source].find(character => character >= '\u00a0' && named.has(character)) : undefined;
  return found.join('') + (unsafe ?? '');
}

const xmlNames: ReadonlySet<string> = new Set(['&amp;', '&lt;', '&gt;', '&quot;', '&apos;']);
const named: ReadonlySet<string> = new Set(htmlCharacters.values());
