import assert from 'node:assert/strict';
import test from 'node:test';
import { documentLinks } from '../../../server/src/features/documentLinks.ts';
import { nodesOf, parseFixture } from '../../harness/fixture.ts';
import { shownPlace } from '../../harness/places.ts';

/** The links of the first file. */
function links(source: string): readonly string[] {
  const fixture = parseFixture(source);
  const [node] = nodesOf(fixture);
  assert.ok(node);
  return documentLinks({ config: node.config, role: node.role, peer: node.peer }).map(({ place, to }) => {
    const target =
      'page' in to ? to.page.replace(/^.*latest\//, '') : fixture.files.find(({ config }) => config === to.peer)?.name;
    return `${shownPlace(fixture, place)} → ${target}`;
  });
}

test('links: a section leads to its page, and in a list the first item alone', () => {
  assert.deepEqual(
    links('<system><user><name>a</name></user><user><name>b</name></user></system><schedules></schedules>'),
    [
      'config.xml:system/user[1] user → usermanager/users.html',
      'config.xml:schedules schedules → firewall/time-based-rules.html',
    ],
  );
});

test("links: the root and the peer's own address lead to the other node's file", () => {
  const peer = '<interfaces><opt1><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1></interfaces>';
  const of = (address: string) =>
    links(
      `--- primary.xml\n<hasync><synchronizetoip>${address}</synchronizetoip><pfsyncpeerip></pfsyncpeerip></hasync>\n--- secondary.xml\n${peer}`,
    ).filter(each => each.endsWith('secondary.xml'));
  assert.deepEqual(of('172.16.1.3'), [
    'primary.xml: pfsense → secondary.xml',
    'primary.xml:hasync/synchronizetoip 172.16.1.3 → secondary.xml',
  ]);
  assert.deepEqual(of('172.16.1.4'), ['primary.xml: pfsense → secondary.xml']);
});

test('links: as many as there are sections and lists, however long they are', () => {
  const of = (count: number) => links(`<filter>${'<rule><descr>a</descr></rule>'.repeat(count)}</filter>`).length;
  assert.equal(of(1000), of(1));
});

test('links: of a broken file those that can be told, of an empty one none', () => {
  assert.deepEqual(links('<?xml version="1.0"?>'), []);
  assert.deepEqual(links('<pfsense><schedules><schedule>'), [
    'config.xml:schedules schedules → firewall/time-based-rules.html',
  ]);
});
