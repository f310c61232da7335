import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { type DocumentKind, describeDocument, documentKindOf } from '../../../server/src/model/documentKind.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

const texts: readonly (readonly [name: string, kind: DocumentKind, text: string])[] = [
  ['a config', 'pfsense', '<?xml version="1.0"?>\n<pfsense>\n\t<version>22.2</version>\n</pfsense>\n'],
  ['a BOM and CR LF', 'pfsense', '\ufeff<?xml version="1.0"?>\r\n<pfsense>\r\n</pfsense>\r\n'],
  ['capitals', 'pfsense', '<pfSense></pfSense>'],
  ['an empty root', 'pfsense', '<pfsense/>'],
  ['a root without its end', 'pfsense', '<pfsense'],
  [
    'comments, instructions and a DTD before the root',
    'pfsense',
    '<!-- <opnsense> --><?a <b>?>\n<!DOCTYPE pfsense [<!ENTITY a "<opnsense>">]>\n<pfsense>',
  ],
  ['a slip before the root', 'pfsense', 'x<?xml version="1.0"?>\n<pfsense></pfsense>'],
  ['a declaration without its end', 'pfsense', '<?xml version="1.0">\n<pfsense></pfsense>'],
  ['OPNsense', 'opnsense', '<?xml version="1.0"?>\n<opnsense>\n</opnsense>\n'],
  ['an encrypted backup', 'encrypted', '---- BEGIN config.xml ----\nVmVy\n---- END config.xml ----\n'],
  ['the area of aliases', 'area', '<?xml version="1.0"?>\n<aliases>\n\t<alias><name>a</name></alias>\n</aliases>\n'],
  ['the area of interfaces', 'area', '<interfaces><wan><if>em0</if></wan></interfaces>'],
  ['the area of DHCP', 'area', '<dhcpd><opt12></opt12></dhcpd>'],
  ["another program's filter", 'other', '<filter><pattern>x</pattern></filter>'],
  ['an area without content', 'other', '<filter></filter>'],
  ['a name that objects have', 'other', '<constructor><a></a></constructor>'],
  ['Maven', 'other', '<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0"></project>'],
  ['a name that begins alike', 'other', '<pfsense-ha></pfsense-ha>'],
  ['an early ancestor', 'other', '<m0n0wall></m0n0wall>'],
  ['nothing', 'none', ''],
  ['blanks', 'none', ' \n\t'],
  ['plain text', 'none', 'a < b, and c > d'],
  ['a comment alone', 'none', '<!-- <pfsense> '],
  ['a program', 'none', 'const a: Map<string, number> = x;'],
];

for (const [name, kind, text] of texts) {
  test(`document kind: ${name}`, () => {
    assert.equal(documentKindOf(text), kind);
    assert.equal(documentKindOf(new XmlDocument('file:///a.xml', text)), kind, 'from the tree');
  });
}

test('document kind: every kind but a config has its sentence', () => {
  for (const [, kind, text] of texts) {
    const sentence = describeDocument(new XmlDocument('file:///a.xml', text));
    if (kind === 'pfsense') assert.equal(sentence, undefined);
    else assert.match(sentence ?? '', /^[A-Z][^{}]*\.$/);
  }
});

test('document kind: a long text is not read through', () => {
  const long = `<!DOCTYPE ${'[ "'.repeat(2000)}`;
  assert.equal(documentKindOf(long), 'none');
});

const corpus = join('..', 'shared', 'corpus');

test('document kind: the first 4,096 characters tell as much as the tree', { skip: !existsSync(corpus) }, () => {
  const kinds = new Map<string, number>();
  for (const file of readdirSync(corpus).filter(name => name.endsWith('.xml'))) {
    const text = readFileSync(join(corpus, file), 'utf8');
    const kind = documentKindOf(text.slice(0, 4096));
    assert.equal(kind, documentKindOf(new XmlDocument(`file:///${file}`, text)), file);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  assert.deepEqual([...kinds.keys()].sort(), ['opnsense', 'pfsense']);
});

test('text that only speaks of <pfsense> is no config; a slip before the root is one', () => {
  const prose = `{ "description": "${'Checks files. '.repeat(60)}Their root is <pfsense>." }`;
  for (const [text, kind] of [
    [prose, 'none'],
    ['x<?xml version="1.0"?>\n<pfsense></pfsense>\n', 'pfsense'],
  ] as const) {
    assert.equal(documentKindOf(text), kind);
    assert.equal(documentKindOf(new XmlDocument('file:///a', text)), kind);
  }
});
