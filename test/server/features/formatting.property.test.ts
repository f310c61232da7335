import assert from 'node:assert/strict';
import test from 'node:test';
import { formattingEdits } from '../../../server/src/features/formatting.ts';
import { Config } from '../../../server/src/model/config.ts';
import { readVersion } from '../../../server/src/model/version.ts';
import { readSection, sectionSource } from '../../../server/src/sync/sectionValue.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { corpusFiles, corpusSkip, sampleFiles } from '../../harness/everyOffset.ts';
import fc from '../../harness/fastCheck.ts';

const configOf = (text: string) => new Config(new XmlDocument('file:///config.xml', text));

function formatted(text: string): string {
  const config = configOf(text);
  config.document.edits([...formattingEdits(config)].reverse());
  return config.document.buffer.toString();
}

/** What pfSense reads of every section. */
function valuesOf(text: string): unknown {
  const config = configOf(text);
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  return [...names].map(name => readSection(config, name));
}

function commentsOf(text: string): readonly string[] {
  return text.match(/<!--[\s\S]*?-->/g) ?? [];
}

/** Ways to write a config by hand that mean the same, each with a number that says where. */
const disfigurements: Readonly<Record<string, (text: string, number: number) => string>> = {
  blanks: (text, number) => inGap(text, number, ['', ' ', '\n\n', '\t\t\t', '\n  ', '\r\n\t'][number % 6] ?? ''),
  comment: (text, number) => inGap(text, number, ['<!-- a -->', '\n<!-- b\n c -->\n', ' <!--d--> '][number % 3] ?? ''),
  selfClosing: (text, number) =>
    atNth(text, number, /<([\w-]+)><\/\1>/g, (_, name) => `<${name}${number % 2 ? ' ' : ''}/>`),
  cdata: (text, number) =>
    atNth(text, number, /<!\[CDATA\[((?:[^<\]&]|&(?:amp|lt|gt|quot);)*)\]\]>/g, (_, inner) => inner ?? ''),
  noCdata: (text, number) => atNth(text, number, />([\w .-]+)<\//g, (_, inner) => `><![CDATA[${inner}]]></`),
  broadText: (text, number) => atNth(text, number, />([\w .-]+)<\//g, (_, inner) => `>\n\t${inner}\n</`),
  broadEmpty: (text, number) => atNth(text, number, /(<[\w-]+)><\//g, (_, tag) => `${tag}> \n</`),
  broadTag: (text, number) => atNth(text, number, /<\/?[\w-]+(?=>)/g, tag => `${tag}${number % 2 ? ' ' : '\n\t'}`),
  oneLine: (text, number) => (number % 7 === 0 ? text.replace(/>\s+</g, '><') : text),
};

function inGap(text: string, number: number, added: string): string {
  return atNth(text, number, /(?<!]])>\s*(?=<(?!!\[))/g, gap => (added.includes('<') ? gap + added : `>${added}`));
}

function atNth(text: string, number: number, pattern: RegExp, by: (whole: string, inner?: string) => string): string {
  const found = [...text.matchAll(pattern)];
  const match = found[number % found.length];
  if (!match) return text;
  return text.slice(0, match.index) + by(match[0], match[1]) + text.slice(match.index + match[0].length);
}

test('formatting changes no value and no comment, does its work at once, and gives the same form however a file was written', () => {
  const files = sampleFiles();
  const change = fc.tuple(fc.constantFrom(...Object.keys(disfigurements)), fc.nat({ max: 100_000 }));
  const property = fc.property(
    fc.nat({ max: files.length - 1 }),
    fc.array(change, { minLength: 1, maxLength: 8 }),
    (index, changes) => {
      const { text } = files[index]!;
      let written = text;
      for (const [kind, number] of changes) written = disfigurements[kind]?.(written, number) ?? written;
      const result = formatted(written);
      assert.deepEqual(valuesOf(result), valuesOf(written));
      assert.deepEqual(commentsOf(result), commentsOf(written));
      assert.equal(formatted(result), result);
      // All else is as pfSense wrote it.
      if (!changes.some(([kind]) => kind === 'comment')) assert.equal(oneEmpty(result), oneEmpty(text));
    },
  );
  fc.assert(property, { numRuns: 150 });
});

/** An emptied list stands on two lines until pfSense's next save; line ends are those of the first line. */
function oneEmpty(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/(<[\w-]+>)\s+<\//g, '$1</');
}

test('of the real configs, too, no value and no comment changes, and those that pfSense wrote stay as they are', {
  skip: corpusSkip,
}, () => {
  let own = 0;
  for (const { name, text } of corpusFiles()) {
    const result = formatted(text);
    if (result !== text) {
      assert.ok(sameValues(result, text), `${name}: a value is another one`);
      assert.ok(formatted(result) === result, `${name}: formatting again changes something`);
      assert.ok(commentsOf(result).join() === commentsOf(text).join(), `${name}: a comment is another one`);
    }
    if (!isOwnForm(text)) continue;
    own++;
    assert.ok(result === text, `${name}: pfSense wrote it, and formatting changes it`);
  }
  assert.ok(own > 5, `only ${own} files in pfSense's form`);
});

function sameValues(one: string, other: string): boolean {
  try {
    assert.deepEqual(valuesOf(one), valuesOf(other));
    return true;
  } catch {
    return false;
  }
}

/** Whether pfSense would write the file back as it is. */
function isOwnForm(text: string): boolean {
  const config = configOf(text);
  const version = config.query(readVersion);
  const sources: string[] = [];
  const seen = new Set<string>();
  for (const branch of config.document.tree.branches) {
    const name = branch.nameAt(0);
    if (seen.has(name)) continue;
    seen.add(name);
    const reading = readSection(config, name);
    if (reading.kind === 'value') sources.push(sectionSource(name, reading.value, version));
  }
  return version.number !== undefined && `<?xml version="1.0"?>\n<pfsense>\n${sources.join('')}</pfsense>\n` === text;
}
