import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { type Candidate, decideRoles, pairByFacts } from '../../../server/src/pair/matching.ts';
import { readPairFacts } from '../../../server/src/pair/pairFacts.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { type NodeOptions, nodeConfig } from '../../harness/pairConfigs.ts';

function candidate(name: string, options: NodeOptions): Candidate {
  const config = new Config(new XmlDocument(`file:///${name}`, nodeConfig(options)));
  return { uri: `file:///${name}`, name, facts: config.query(readPairFacts) };
}

function matched(...candidates: Candidate[]): string[] {
  return pairByFacts(candidates).matches.map(({ nodes }) => nodes.map(({ name }) => name).join(' + '));
}

function unmatched(...candidates: Candidate[]): string[] {
  return pairByFacts(candidates).unmatched.map(({ kind, message }) => `${kind}: ${message}`);
}

const main = candidate('main.xml', { host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
const second = candidate('second.xml', { host: 3, skews: [100, 100] });

test('pairing: synchronizetoip names an address of the other', () => {
  const one = candidate('a.xml', { host: 2, synchronizeTo: '172.16.1.3' });
  const other = candidate('b.xml', { host: 3 });
  const { matches } = pairByFacts([one, other]);
  assert.equal(matches[0]?.because, "a.xml's synchronizetoip 172.16.1.3 is an address of b.xml");
});

test('pairing: the sender may be the later of the two files', () => {
  const one = candidate('a.xml', { host: 3 });
  const other = candidate('b.xml', { host: 2, synchronizeTo: '10.0.0.3' });
  const { matches } = pairByFacts([one, other]);
  assert.equal(matches[0]?.because, "b.xml's synchronizetoip 10.0.0.3 is an address of a.xml");
});

test('pairing: pfsync peers must point at each other, one alone is no fact', () => {
  const one = candidate('a.xml', { host: 2, pfsyncPeer: '172.16.1.3' });
  assert.deepEqual(matched(one, candidate('b.xml', { host: 3, pfsyncPeer: '172.16.1.2' })), ['a.xml + b.xml']);
  assert.deepEqual(matched(one, candidate('b.xml', { host: 3 })), []);
});

test('pairing: the same CARP VIPs', () => {
  const one = candidate('a.xml', { host: 2, skews: [0, 0] });
  assert.deepEqual(matched(one, candidate('b.xml', { host: 3, skews: [100, 100] })), ['a.xml + b.xml']);
  assert.deepEqual(matched(one, candidate('b.xml', { host: 3, skews: [100] })), [], 'one VIP is missing there');
});

test('pairing: a node that could belong to two is paired with neither, and says so', () => {
  const spare = candidate('spare.xml', { host: 3, skews: [100, 100] });
  assert.deepEqual(matched(main, second, spare), []);
  assert.deepEqual(unmatched(main, second, spare), [
    'ambiguous: main.xml could belong to second.xml or spare.xml; pfsense-ha.json can name the pair.',
  ]);
});

test('pairing: a folder of many exports of one pair is said once', () => {
  const exports = [1, 2, 3].flatMap(year => [
    { ...main, name: `main-${year}.xml` },
    { ...second, name: `second-${year}.xml` },
  ]);
  assert.deepEqual(matched(...exports), []);
  assert.deepEqual(unmatched(...exports), [
    'ambiguous: main-1.xml, second-1.xml, second-2.xml and 3 others could be paired in more than one way; pfsense-ha.json can name the pairs.',
  ]);
});

test('pairing: a file for which less speaks is left out, and says so', () => {
  const spare = candidate('spare.xml', { host: 4, skews: [100, 100] });
  assert.deepEqual(matched(main, spare, second), ['main.xml + second.xml']);
  assert.deepEqual(unmatched(main, spare, second), [
    'ambiguous: spare.xml could belong to main.xml, but more speaks for another file.',
  ]);
});

test('pairing: hundreds of exports are sorted out in no time', () => {
  const exports = Array.from({ length: 400 }, (_, i) => ({ ...(i % 2 ? main : second), name: `${i}.xml` }));
  const started = performance.now();
  assert.equal(unmatched(...exports).length, 1);
  assert.ok(performance.now() - started < 3000);
});

test('pairing: more facts outweigh fewer', () => {
  // Two sites with the same SYNC network: the address fits twice, the VIPs only once.
  const far = candidate('far.xml', { host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0], site: 7 });
  const farSecond = candidate('far-second.xml', { host: 3, skews: [100, 100], site: 7 });
  assert.deepEqual(matched(main, second, far, farSecond), ['main.xml + second.xml', 'far.xml + far-second.xml']);
});

test('pairing: an address that fits means nothing where no VIP is shared', () => {
  const stranger: Candidate = {
    ...second,
    facts: {
      ...second.facts,
      carpVips: second.facts.carpVips.map(vip => ({ ...vip, address: vip.address.replace(/^\d+/, '198') })),
    },
  };
  assert.deepEqual(matched(main, stranger), []);
  assert.deepEqual(unmatched(main, stranger), [
    "contradicted: main.xml's synchronizetoip 172.16.1.3 is an address of second.xml, but main.xml and second.xml have no CARP VIP in common; if they are a pair, pfsense-ha.json can say so.",
  ]);
});

test('pairing: two exports of one node are no pair', () => {
  const copy = { ...main, uri: 'file:///copy.xml', name: 'copy.xml' };
  assert.deepEqual(matched(main, copy), []);
  const later = candidate('later.xml', { host: 2, synchronizeTo: '172.16.1.3', skews: [0] });
  assert.deepEqual(matched(main, later), []);
});

test('pairing: a node whose peer is not here says what it looks for', () => {
  assert.deepEqual(unmatched(main), [
    'peerMissing: main.xml synchronises to 172.16.1.3, but no other file here without a pair has that address.',
  ]);
  assert.deepEqual(unmatched(candidate('alone.xml', { host: 9 })), []);
});

test('pairing: loopback addresses are no fact', () => {
  const one = candidate('a.xml', { host: 2, synchronizeTo: '127.0.0.1' });
  assert.equal(one.facts.synchronizeTo, undefined);
});

test('roles: who synchronises to the other is primary, whatever the skews', () => {
  const one = candidate('a.xml', { host: 2, skews: [0, 0] });
  const other = candidate('b.xml', { host: 3, synchronizeTo: '172.16.1.2', skews: [100, 100] });
  assert.deepEqual(decideRoles([one, other]), {
    isKnown: true,
    primary: 1,
    because: 'b.xml synchronises to a.xml',
  });
});

test('roles: where both synchronise to each other the skews say it', () => {
  const loop = candidate('second.xml', { host: 3, synchronizeTo: '172.16.1.2', skews: [100, 0] });
  const decision = decideRoles([loop, main]);
  assert.deepEqual(decision, {
    isKnown: true,
    primary: 1,
    because: 'main.xml has the lower advskew on most CARP VIPs',
  });
});

test('roles: where the skews are even nobody is primary', () => {
  const one = candidate('a.xml', { host: 2, skews: [0, 100] });
  const other = candidate('b.xml', { host: 3, skews: [100, 0] });
  assert.deepEqual(decideRoles([one, other]), {
    isKnown: false,
    because: 'neither has synchronizetoip, and neither has the lower advskew on most CARP VIPs',
  });
});

test('roles: a target that is no address of the other still makes the sender primary', () => {
  const one = candidate('a.xml', { host: 2, synchronizeTo: '172.16.1.33', skews: [0, 0] });
  const other = candidate('b.xml', { host: 3, skews: [0, 0] });
  assert.deepEqual(decideRoles([other, one]), { isKnown: true, primary: 1, because: 'only a.xml has synchronizetoip' });
});
