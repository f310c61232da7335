import assert from 'node:assert/strict';
import test from 'node:test';
import { codeLenses, countedContent } from '../../../server/src/features/codeLens.ts';
import type { Snapshot } from '../../../server/src/features/snapshot.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import { type Fixture, nodesOf, parseFixture } from '../../harness/fixture.ts';
import { shownPlace } from '../../harness/places.ts';

function snapshotOf(fixture: Fixture, index: number): Snapshot {
  const node = nodesOf(fixture)[index];
  assert.ok(node);
  return { config: node.config, role: node.role, peer: node.peer };
}

/** The lenses of one of the files, each with the path of what it stands on. */
function lenses(source: string, index = 0): readonly string[] {
  const fixture = parseFixture(source);
  const snapshot = snapshotOf(fixture, index);
  return codeLenses(snapshot).map(lens => {
    const content = 'content' in lens ? lens.content : countedContent(snapshot, lens.counts);
    const path = shownPlace(fixture, lens.at).replace(/^\w+\.xml:(\S*) .*$/s, '$1');
    return `${path}: ${content?.title}${content?.shows ? ` → ${content.shows}` : ''}`;
  });
}

const alias = (name: string, address: string) =>
  `<alias><name>${name}</name><type>host</type><address>${address}</address></alias>`;

/** A pair in which the primary sends its aliases. */
function pair(primary: string, secondary: string): string {
  const host = (name: string) => `<version>22.2</version><system><hostname>${name}</hostname></system>`;
  const hasync =
    '<hasync><synchronizetoip>192.0.2.3</synchronizetoip><synchronizealiases>on</synchronizealiases></hasync>';
  return `--- primary.xml\n${host('fw-a')}${hasync}<aliases>${primary}</aliases>\n--- secondary.xml\n${host('fw-b')}<aliases>${secondary}</aliases>`;
}

test('lenses: how often a thing is named, and how where that is none or by uniqid', () => {
  assert.deepEqual(
    lenses(`
      <aliases>${alias('A', '192.0.2.1')}${alias('B', 'A')}${alias('C', 'A B')}<alias><type>host</type></alias></aliases>
      <virtualip>
        <vip><mode>carp</mode><uniqid>5f01</uniqid><subnet>192.0.2.9</subnet></vip>
        <vip><mode>proxyarp</mode><subnet>192.0.2.8</subnet></vip>
      </virtualip>
      <cert><refid>c1</refid></cert>
    `),
    [
      'aliases/alias[1]: 2 references → references',
      'aliases/alias[2]: 1 reference → references',
      'aliases/alias[3]: no references',
      'aliases/alias[4]: no name',
      'cert: no references',
      'virtualip/vip[1]: no references by uniqid',
    ],
  );
});

test('lenses: what is synchronised, and what is of each node', () => {
  const same = alias('A', '192.0.2.1');
  assert.deepEqual(lenses(pair(same, same)), [
    'system: node-local',
    'hasync: node-local',
    'aliases: synchronised to fw-b',
    'aliases/alias: no references',
  ]);
  assert.deepEqual(lenses(pair(same, same), 1), [
    'system: node-local',
    'aliases: synchronised by the primary',
    'aliases/alias: no references',
  ]);
});

test('lenses: where the other node differs, in the same line as another lens', () => {
  const source = pair(
    alias('A', '192.0.2.1') + alias('B', '192.0.2.2'),
    alias('A', '192.0.2.9') + alias('C', '192.0.2.3'),
  );
  assert.deepEqual(lenses(source).slice(2), [
    'aliases: synchronised to fw-b',
    'aliases: differs on fw-b (3) → difference',
    'aliases/alias[1]: no references',
    'aliases/alias[1]: differs on fw-b (1) → difference',
    'aliases/alias[2]: no references',
    'aliases/alias[2]: missing on fw-b → difference',
  ]);
  assert.deepEqual(lenses(source, 1).slice(1), [
    'aliases: synchronised by the primary',
    'aliases: differs on fw-a (3) → difference',
    'aliases/alias[1]: no references',
    'aliases/alias[1]: differs on fw-a (1) → difference',
    'aliases/alias[2]: no references',
    'aliases/alias[2]: missing on fw-a → difference',
  ]);
});

test('lenses: accounts are a part of their section, and own IP aliases and proxy ARP no part of theirs', () => {
  const source = `--- primary.xml
<version>22.2</version>
<system><hostname>fw-a</hostname><user><name>a</name><uid>2000</uid></user><group><name>all</name></group></system>
<virtualip><vip><mode>ipalias</mode><interface>lan</interface><subnet>192.0.2.7</subnet></vip></virtualip>
<hasync><synchronizetoip>192.0.2.3</synchronizetoip><synchronizeusers>on</synchronizeusers><synchronizevirtualip>on</synchronizevirtualip></hasync>
--- secondary.xml
<version>22.2</version>
<system><hostname>fw-b</hostname><user><name>a</name><uid>2000</uid></user><group><name>all</name></group></system>`;
  assert.deepEqual(lenses(source).slice(0, 2), [
    'system: users and groups synchronised to fw-b; the rest node-local',
    "virtualip: synchronised to fw-b, but for each node's own IP aliases and proxy ARP",
  ]);
});

test('lenses: between config versions nothing is synchronised', () => {
  const same = alias('A', '192.0.2.1');
  const source = pair(same, alias('A', '192.0.2.2')).replace('22.2', '22.9');
  assert.deepEqual(
    lenses(source).filter(each => each.startsWith('aliases:')),
    ['aliases: not synchronised, as the config versions differ'],
  );
});

test('lenses: never more than 500 a list; of a broken file what is there, of an empty one none', () => {
  const many = Array.from({ length: 700 }, (_, i) => alias(`A${i}`, '192.0.2.1')).join('');
  assert.equal(codeLenses(snapshotOf(parseFixture(`<aliases>${many}</aliases>`), 0)).length, 500);
  assert.deepEqual(lenses(''), []);
  assert.deepEqual(lenses('<pfsense><aliases><alias><name>A'), ['aliases/alias: no references']);
});

test('lenses: while a name is typed, no line of lenses comes or goes', () => {
  const fixture = parseFixture(pair(alias('NAME', '192.0.2.1') + alias('B', 'NAME'), alias('NAME', '192.0.2.1')));
  const [file] = fixture.files;
  assert.ok(file);
  const { document } = file.config;
  const lines = () => new Set(codeLenses(snapshotOf(fixture, 0)).map(({ at }) => spanOf(at).start));
  const count = lines().size;
  const at = document.buffer.toString().indexOf('NAME');
  for (let left = 4; left > 0; left--) {
    document.edit({ from: at, to: at + 1, text: '' });
    assert.equal(lines().size, count);
  }
  for (const [i, letter] of [...'OTHER'].entries()) {
    document.edit({ from: at + i, to: at + i, text: letter });
    assert.equal(lines().size, count);
  }
});
