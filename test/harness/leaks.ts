import { isHarmlessAddress } from '../../server/src/features/redact/addressMapping.ts';
import { isHarmlessWord } from '../../server/src/features/redact/harmlessWords.ts';
import { parseAddress } from '../../server/src/model/address.ts';
import { Config } from '../../server/src/model/config.ts';
import { compiledSchema } from '../../server/src/schema/compiled.ts';
import { Element } from '../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { secretsOf } from './redacted.ts';

/** Elements whose text is the name of something, or what a person has written. */
const nameTags =
  /^(?:name|hostname|domain|descr|description|detail|username|syslocation|syscontact|host|refid|uniqid|mac|text|command|url)$/;

/** What tells which software there is, and has nothing to do with whose file it is. */
const isSoftware = (path: string) =>
  /^(?:installedpackages\/(?:package|menu|service)|system\/(?:group|user)\/priv|sysctl)/.test(path);

/** What of an original a copy still tells, in words; the text itself is named, so that it must not be a real one. */
export function leaks(original: string, copy: string): readonly string[] {
  return leakedKinds(original, copy).map(({ kind, text }) => `${kind}: ${text}`);
}

/** As {@link leaks}, without the words. */
export function leakedKinds(
  original: string,
  copy: string,
): readonly { readonly kind: string; readonly text: string }[] {
  // What software calls its elements is not told by the file, nor what privileges are called.
  const texts = copy.replace(/<(priv|tunable)>[^<]*|<\/?[\w-]+>/g, ' ');
  const words = new Set(texts.match(/[\p{L}\p{N}_.:-]+/gu));
  const parts = new Set([...words].flatMap(word => word.split(/[.:_-]/)));
  const found: { kind: string; text: string }[] = [];
  for (const secret of secretsOf(original)) {
    const isWord = secret.length < 6 || isHarmlessWord(secret);
    if (!isWord && texts.includes(secret)) found.push({ kind: 'secret', text: secret });
  }
  for (const address of publicAddresses(original))
    if (words.has(address)) found.push({ kind: 'address', text: address });
  for (const name of namesIn(original)) {
    if (words.has(name) || parts.has(name)) found.push({ kind: 'name', text: name });
  }
  return found;
}

function publicAddresses(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const withoutVersions = text.replace(/<version>[^<]*<\/version>/g, '');
  for (const [word] of withoutVersions.matchAll(/\d+(?:\.\d+){3}|[\da-f]*:[\da-f:]+/gi)) {
    const address = parseAddress(word);
    if (address && !isHarmlessAddress(address)) found.add(word);
  }
  return found;
}

/** The words of four letters or more in names and descriptions that are none of pfSense's own. */
function namesIn(text: string): ReadonlySet<string> {
  const config = new Config(new XmlDocument('file:///original.xml', text));
  const known = compiledSchema().names;
  const found = new Set<string>();
  for (const branch of config.document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      if (element.hasChildren || !nameTags.test(element.name) || isSoftware(pathOf(element))) continue;
      for (const [word] of config.text(element).matchAll(/[\p{L}\p{N}_-]{4,}/gu)) {
        if (!isHarmlessWord(word) && !/^[\d_-]+$/.test(word) && !known.has(word.toLowerCase())) found.add(word);
      }
    }
  }
  // The words of the copies themselves, and of the domains that are nobody's.
  for (const own of ['Text', 'text', 'name', 'redacted', 'example', 'pfSense', 'pfsense', 'unknown', 'pool', 'CDATA'])
    found.delete(own);
  return found;
}

function pathOf(element: Element): string {
  return element.parent ? `${pathOf(element.parent)}/${element.name}` : element.name;
}
