import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { Config } from '../../../../server/src/model/config.ts';
import { drift, titleOf } from '../../../../server/src/pair/sync/drift.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';

/** What pfSense's own primary and secondary had before and after a synchronisation, for five versions. */
const folder = '../shared/pfsense/pairs';
const skip = existsSync(folder) ? false : 'no recorded pairs lie beside this checkout (../shared/pfsense/pairs)';
const versions = ['RELENG_2_5_2', 'RELENG_2_6_0', 'RELENG_2_7_2', 'pre29', 'master'];

/** One text of the secondary changed, and what must be told of it. */
const mutations: readonly (readonly [from: string, to: string, told: string])[] = [
  ['<advskew>100<', '<advskew>0<', 'changed CARP VIP 198.51.100.1: advskew'],
  ['<failover_peerip>192.168.1.2<', '<failover_peerip>192.168.1.3<', 'changed DHCP server on LAN: failover_peerip'],
  ['<hostname>printer<', '<hostname>press<', 'changed static mapping 00:00:5e:00:53:10 (press) on LAN: hostname'],
  ['<address>192.168.1.30 192.168.1.31<', '<address>192.168.1.30<', 'changed alias webservers: address'],
  ['<mode>hybrid<', '<mode>automatic<', 'changed outbound NAT settings: mode'],
  ['<weight>1<', '<weight>2<', 'changed gateway WANGW: weight'],
  ['<name>plain<', '<name>other<', 'added user plain: \nremoved user other: '],
  ['<dnssec></dnssec>', '', 'changed DNS Resolver: dnssec'],
  [
    '<tracker>1600000002<',
    '<tracker>1600000009<',
    'changed firewall rule "Default allow LAN to any rule" on LAN: tracker',
  ],
];

for (const version of versions) {
  const [primary, before, after] = ['primary', 'secondary.before', 'secondary.after'].map(
    name => () => (skip ? '' : readFileSync(`${folder}/${version}.${name}.config.xml`, 'utf8')),
  ) as [() => string, () => string, () => string];

  test(`${version}: after a synchronisation nothing differs`, { skip }, () => {
    assert.deepEqual(differences(primary(), after()), []);
  });

  test(`${version}: the recorded one dropped empty sections, which means nothing`, { skip }, () => {
    assert.deepEqual(differences(primary(), before()), []);
  });

  test(`${version}: what is changed on the secondary is told of, by name and by what differs`, { skip }, () => {
    for (const [from, to, told] of mutations) {
      assert.ok(after().includes(from), from);
      assert.equal(differences(primary(), after().replace(from, to)).join('\n'), told);
    }
  });

  test(`${version}: what the secondary keeps for itself is not told of`, { skip }, () => {
    for (const [from, to] of [
      ['secondary-only alias', 'another'],
      ['[System Administrator]', '[root]'],
      ['<hostname>fw2<', '<hostname>fw9<'],
      ['<timezone>Etc/UTC<', '<timezone>Europe/Berlin<'],
    ] as const) {
      assert.ok(after().includes(from), from);
      assert.deepEqual(differences(primary(), after().replace(from, to)), [], from);
    }
  });
}

function differences(primaryText: string, secondaryText: string): string[] {
  const [primary, secondary] = [config(primaryText), config(secondaryText)];
  return drift(primary, secondary).map(
    each => `${each.kind} ${titleOf(each, { primary, secondary })}: ${each.children.join(', ')}`,
  );
}

function config(text: string): Config {
  return new Config(new XmlDocument('file:///config.xml', text));
}
