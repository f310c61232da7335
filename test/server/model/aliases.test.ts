import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress } from '../../../server/src/model/address.ts';
import { aliasContent, readAliases } from '../../../server/src/model/aliases.ts';
import { parseFixture } from '../../harness/fixture.ts';

const { config } = parseFixture(`
	<aliases>
		<alias></alias>
		<alias><name>vips</name><type>host</type><address>192.0.2.10 2001:db8::10</address><descr><![CDATA[WAN VIPs]]></descr></alias>
		<alias><name>inside</name><type>network</type><address>10.0.0.0/8  172.16.1.1-172.16.1.9 vips</address><nosync></nosync></alias>
		<alias><name>web</name><type>port</type><address>80 443</address></alias>
		<alias><name>hosts</name><type>host</type><address>192.0.2.20 www.example.org</address></alias>
		<alias><name>table</name><type>urltable</type><address>https://example.org/list</address></alias>
		<alias><name>loop</name><type>host</type><address>loop other 192.0.2.30</address></alias>
		<alias><name>other</name><type>host</type><address>loop 192.0.2.31</address></alias>
		<alias><name>empty</name><type>host</type><address></address></alias>
		<alias><name>vips</name><type>host</type><address>192.0.2.99</address></alias>
	</aliases>
`).files[0]!;

function content(name: string) {
  const found = aliasContent(config, name);
  const text = (family: 4 | 6, bits: bigint) => formatAddress({ family, bits });
  return (
    found && [
      found.ranges.map(each => `${text(each.family, each.first)}-${text(each.family, each.last)}`),
      found.isComplete,
    ]
  );
}

test('aliases: by name, the first of two, with their elements', () => {
  const aliases = config.query(readAliases);
  assert.deepEqual([...aliases.keys()], ['vips', 'inside', 'web', 'hosts', 'table', 'loop', 'other', 'empty']);
  const vips = aliases.get('vips');
  assert.deepEqual(vips?.entries, ['192.0.2.10', '2001:db8::10']);
  assert.equal(vips?.addressElement?.name, 'address');
  assert.equal(vips?.descr?.value, 'WAN VIPs');
  assert.equal(vips?.isNotSynchronised, false);
  assert.equal(aliases.get('inside')?.isNotSynchronised, true);
  assert.deepEqual(aliases.get('empty')?.entries, []);
});

test('aliases: what they stand for, through other aliases', () => {
  assert.deepEqual(content('vips'), [['192.0.2.10-192.0.2.10', '2001:db8::10-2001:db8::10'], true]);
  assert.deepEqual(content('inside'), [
    ['10.0.0.0-10.255.255.255', '172.16.1.1-172.16.1.9', '192.0.2.10-192.0.2.10', '2001:db8::10-2001:db8::10'],
    true,
  ]);
  assert.deepEqual(content('empty'), [[], true]);
});

test('aliases: what only the firewall knows makes them incomplete', () => {
  assert.deepEqual(content('hosts'), [['192.0.2.20-192.0.2.20'], false]);
  assert.deepEqual(content('table'), [[], false]);
});

test('aliases: one that contains itself ends', () => {
  assert.deepEqual(content('loop'), [['192.0.2.31-192.0.2.31', '192.0.2.30-192.0.2.30'], true]);
});

test('aliases: ports and unknown names stand for no addresses', () => {
  assert.equal(content('web'), undefined);
  assert.equal(content('nobody'), undefined);
});
