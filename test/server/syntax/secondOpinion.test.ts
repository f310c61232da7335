import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { attributes, outerPieces, type Piece, pieces, rootPieces } from '../../../server/src/syntax/pieces.ts';
import { type Element, type Place, spanOf } from '../../../server/src/syntax/tree.ts';
import type { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { describeFault, parse } from './support.ts';

/** Configs of others are only read where this checkout has them beside it; they are not ours to copy. */
const corpus = '../shared/corpus';

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.xml') || /\.xml\.[^/]*$/.test(name))
    .map(name => join(folder, name))
    .sort();
}

/** One tree for both parsers: what they tell of names, order, attributes, text, CDATA and comments. */
type Told = readonly [name: string, attributes: Readonly<Record<string, string>>, content: readonly (Told | string)[]];

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  allowBooleanAttributes: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  onDangerousProperty: name => name,
  cdataPropName: '#cdata',
  commentPropName: '#comment',
});

type Ordered = Readonly<Record<string, unknown>>;

function toldByParser(text: string): (Told | string)[] {
  const tell = (nodes: readonly Ordered[]): (Told | string)[] =>
    nodes.map((node): Told | string => {
      const name = Object.keys(node).find(key => key !== ':@') ?? '';
      const inner = node[name];
      if (name === '#text') return `text ${inner}`;
      const content = inner as readonly Ordered[];
      if (name === '#cdata' || name === '#comment') {
        return `${name.slice(1)} ${content.map(each => each['#text'] ?? '').join('')}`;
      }
      if (name.startsWith('?')) return `instruction ${name.slice(1)}`;
      return [name, { ...(node[':@'] as Record<string, string> | undefined) }, tell(content)];
    });
  return withoutBlanks(tell(parser.parse(text) as readonly Ordered[]));
}

function toldByUs(text: string): (Told | string)[] {
  const document = parse(text);
  const { root } = document.tree;
  assert.ok(root);
  const outer = [...outerPieces(document)];
  const isBehind = (piece: Piece) => spanOf(piece.at).start >= root.end;
  const whole: Told = [root.tag, rootAttributes(document), tellPieces(document, rootPieces(document))];
  return withoutBlanks([
    ...tellPieces(
      document,
      outer.filter(piece => !isBehind(piece)),
    ),
    whole,
    ...tellPieces(document, outer.filter(isBehind)),
  ]);
}

/** The root is no Element, so its attributes are read from the same text below another one. */
function rootAttributes(document: XmlDocument): Record<string, string> {
  const { start, contentStart } = document.tree.root!;
  const tag = document.buffer.slice(start, contentStart).replace(/\/?>$/, '/>');
  return tellAttributes(parse(`<p>${tag}</p>`).tree.branches[0]!.top);
}

function tellPieces(document: XmlDocument, found: Iterable<Piece>): (Told | string)[] {
  const told: (Told | string)[] = [];
  for (const piece of found) {
    const source = textOf(document, piece.at);
    if (piece.kind === 'element') told.push(tellElement(piece.element));
    else if (piece.kind === 'text') told.push(`text ${source}`);
    else if (piece.kind === 'cdata' || piece.kind === 'comment') {
      told.push(`${piece.kind} ${textOf(document, piece.inner)}`);
    } else if (piece.kind === 'instruction') told.push(`instruction ${/^<\?([^\s?]*)/.exec(source)?.[1]}`);
  }
  return told;
}

function tellElement(element: Element): Told {
  return [element.tag, tellAttributes(element), tellPieces(element.document as XmlDocument, pieces(element))];
}

function tellAttributes(element: Element): Record<string, string> {
  return Object.fromEntries(attributes(element).map(({ name, value }) => [name, value]));
}

function textOf(document: XmlDocument, place: Place): string {
  const { start, end } = spanOf(place);
  return document.buffer.slice(start, end).replace(/\r\n?/g, '\n');
}

/** Blanks around the root are no content; the parser joins them across a document type, which it does not tell. */
function withoutBlanks(told: readonly (Told | string)[]): (Told | string)[] {
  return told.filter(each => typeof each !== 'string' || !/^text \s*$/.test(each));
}

function compareFolder(folder: string, least: number): void {
  let compared = 0;
  for (const file of filesOf(folder)) {
    // The parser throws on an element of one of these names (package tags of a config do bear them).
    const text = readFileSync(file, 'utf8').replace(/(<\/?)(?=(?:constructor|prototype|__proto__)\b)/g, '$1_');
    const document = parse(text);
    const isWellFormed = [...document.faults()].length === 0;
    assert.equal(
      XMLValidator.validate(text) === true,
      isWellFormed,
      `${file}: ${[...document.faults()].map(describeFault)}`,
    );
    if (!isWellFormed) continue;
    assert.deepEqual(toldByUs(text), toldByParser(text), file);
    compared++;
  }
  assert.ok(compared >= least, `${compared} files were compared`);
}

test('fast-xml-parser tells the same tree of every sample', () => compareFolder('samples', 5));

test('fast-xml-parser tells the same tree of every config of the corpus', context => {
  if (existsSync(corpus)) compareFolder(corpus, 100);
  else context.skip('the corpus is not beside this checkout');
});

test('fast-xml-parser tells the same tree of a text with everything in it', () => {
  const text =
    '<?xml version="1.0"?>\n<!-- a --><p b="1 &amp; 2" c=\'"3"\'>\r\n <d/>e &lt; f<![CDATA[ <g> &amp; ]] ]]>h' +
    '<!-- i --><j></j><k:l.m-n_o>  </k:l.m-n_o><é>😀</é></p>\n<!-- q -->\n';
  assert.deepEqual(toldByUs(text), toldByParser(text));
});

/** Broken texts on which the validator and our faults must agree, and those that it does not see, with the reason. */
const broken: readonly string[] = [
  '',
  '<a>',
  '<a></b>',
  '<a><b></a></b>',
  '</a>',
  'x<a/>',
  '<a b=1/>',
  '<a b/>',
  '<a b="1" b="2"/>',
  '<a b="1"c="2"/>',
  '<a b="1/>',
  '<a',
  '<a><1/></a>',
  '<a>&</a>',
  '<a>& b</a>',
  '<a>&#xg;</a>',
  '<a>b < c</a>',
  '<a><!-- b</a>',
  '<a><![CDATA[ b</a>',
  '<a></a b>',
  ' <?xml version="1.0"?><a/>',
];

const unseen: readonly { readonly text: string; readonly reason: string }[] = [
  { text: '<a/>x', reason: 'text behind a root that closes itself' },
  { text: '<a/><b/>', reason: 'a second root that closes itself' },
  { text: '<a>\0</a>', reason: 'control characters' },
  { text: '<a>\ud800</a>', reason: 'unpaired surrogates' },
  { text: '<a>]]></a>', reason: ']]> in text' },
  { text: '<a><!-- b -- c --></a>', reason: '-- in a comment' },
  { text: '<a>&#0;</a>', reason: 'references to characters that XML does not allow' },
];

for (const text of broken) {
  test(`the validator and we call it broken: ${JSON.stringify(text)}`, () => {
    assert.notEqual(XMLValidator.validate(text), true);
    assert.notDeepEqual([...parse(text).faults()], []);
  });
}

for (const { text, reason } of unseen) {
  test(`the validator does not see ${reason}`, () => {
    assert.equal(XMLValidator.validate(text), true);
    assert.notDeepEqual([...parse(text).faults()], []);
  });
}
