import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

interface LanguageConfiguration {
  readonly autoClosingPairs: readonly (readonly [string, string] | { readonly open: string; readonly close: string })[];
  readonly autoCloseBefore: string;
  readonly wordPattern: string;
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly action: { readonly indent: string };
  }[];
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
}

const configuration = JSON.parse(readFileSync('language-configuration.json', 'utf8')) as LanguageConfiguration;

/** The word under the cursor, found as VS Code does: the first match that reaches the cursor. */
function wordAt(textWithCursor: string): string | undefined {
  const cursor = textWithCursor.indexOf('█');
  const text = textWithCursor.replace('█', '');
  for (const match of text.matchAll(new RegExp(configuration.wordPattern, 'g'))) {
    if (match.index <= cursor && match.index + match[0].length >= cursor) return match[0];
  }
  return undefined;
}

/** What Enter does with `before` and `after` on either side of the cursor. */
function indentOnEnter(before: string, after: string): string | undefined {
  return configuration.onEnterRules.find(
    rule => new RegExp(rule.beforeText).test(before) && new RegExp(rule.afterText ?? '').test(after),
  )?.action.indent;
}

test('a double click selects a whole value', () => {
  const words = [
    ['<interface>op█t1</interface>', 'opt1'],
    ['<interface>_vip62a8█56d41c9a3</interface>', '_vip62a856d41c9a3'],
    ['<ipaddr>10.█0.0.1</ipaddr>', '10.0.0.1'],
    ['<network>10.0.0.█0/8</network>', '10.0.0.0'],
    ['<network>10.0.0.0/█8</network>', '8'],
    ['<address>192.0.2.7-192.0█.2.9</address>', '192.0.2.9'],
    ['<ipaddrv6>2001:db8:█100::4</ipaddrv6>', '2001:db8:100::4'],
    ['<ipaddrv6>█::1</ipaddrv6>', '::1'],
    ['<ipaddrv6>2001:db8:0:1:2:3:4:█5</ipaddrv6>', '2001:db8:0:1:2:3:4:5'],
    ['<mac>00:00:5e:█00:53:20</mac>', '00:00:5e:00:53:20'],
    ['<bcrypt-█hash>', 'bcrypt-hash'],
    ['<openvpn-server>', 'openvpn-server'],
    ['<hostname>fw█1.example.org</hostname>', 'fw1.example.org'],
    ['<vlanif>ix1█.10</vlanif>', 'ix1.10'],
    ['<minute>12█:30</minute>', '12'],
  ] as const;
  for (const [text, word] of words) {
    assert.equal(wordAt(text.includes('█') ? text : text.replace('<', '<█')), word, text);
  }
});

test('the word pattern never matches nothing, and a long line costs linear time', () => {
  assert(!new RegExp(`^(?:${configuration.wordPattern})$`).test(''));
  const started = performance.now();
  for (const shape of ['a:', 'f', ':', '::', '1.', '-', 'a.', '1:2']) {
    [...shape.repeat(100_000).matchAll(new RegExp(configuration.wordPattern, 'g'))].length;
  }
  assert(performance.now() - started < 5_000);
});

test('Enter behind a start tag indents, and before the end tag moves it to its own line', () => {
  assert.equal(indentOnEnter('\t<interfaces>', '</interfaces>'), 'indentOutdent');
  assert.equal(indentOnEnter('\t<interfaces>', ''), 'indent');
  for (const before of [
    '\t<enable></enable>',
    '\t</wan>',
    '\t<wol/>',
    '<?xml version="1.0"?>',
    '<!-- note -->',
    '\t<descr>LAN',
  ]) {
    assert.equal(indentOnEnter(before, ''), undefined, before);
  }
});

test('start tags alone on their line open a fold and end tags close it', () => {
  const { start, end } = configuration.folding.markers;
  const lines = readFileSync('samples/kea/fw-a.xml', 'utf8').trimEnd().split('\n');
  const open: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (new RegExp(start).test(line)) open.push(line.trim().slice(1));
    if (new RegExp(end).test(line)) assert.equal(open.pop(), line.trim().slice(2), `line ${index + 1}`);
  }
  assert.deepEqual(open, []);
});

test('indentation follows the tags through a whole file', () => {
  const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
  let depth = 0;
  for (const line of readFileSync('samples/tutorial/main-pfSense.xml', 'utf8').trimEnd().split('\n')) {
    if (new RegExp(decreaseIndentPattern).test(line)) depth--;
    assert.equal(/^\t*/.exec(line)?.[0].length, depth, line);
    if (new RegExp(increaseIndentPattern).test(line)) depth++;
  }
});

test('every section of the samples and every element of a VIP is closed as soon as its start tag is typed', () => {
  const pairs = new Map(
    configuration.autoClosingPairs.map(pair => ('open' in pair ? [pair.open, pair.close] : [pair[0], pair[1]])),
  );
  for (const [open, close] of pairs) {
    if (/^<\w/.test(open)) assert.equal(close, open.replace('<', '</'));
  }
  const text = readFileSync('samples/kea/fw-a.xml', 'utf8');
  const names = [
    ...text.matchAll(/^\t<(?<name>[a-z][^>]*)>/gm),
    ...(/<virtualip>.*<\/virtualip>/s.exec(text)?.[0] ?? '').matchAll(/<(?<name>[a-z]\w*)>/g),
  ].map(match => match.groups?.name);
  assert(names.length > 100);
  for (const name of names) assert(pairs.has(`<${name}>`), name);
});
