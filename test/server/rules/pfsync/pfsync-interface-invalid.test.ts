import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-invalid.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const lan = iface('lan', 'vmx1', { address: '10.0.0.2/8' });
const sync = iface('opt1', 'vmx2', { descr: 'PFSYNC', address: '172.16.1.2/24' });
const on = (key: string) => hasync({ pfsyncenabled: 'on', pfsyncinterface: key });

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('pfsync-interface-invalid: each fault is told for what it is', () => {
  const bare = iface('opt2', 'vmx3', { descr: 'BARE' });
  const all = interfaces(lan, sync, bare);
  assert.deepEqual(found(all + on('opt9')), [
    'pfsync uses opt9, which this node does not have: no states are synchronised.',
  ]);
  assert.deepEqual(found(all + on('opt2')), [
    'pfsync uses BARE (opt2), which has no address: no states are synchronised.',
  ]);
  assert.deepEqual(found(all + on('')), ['pfsync is on, but has no interface: no states are synchronised.']);
});

test('pfsync-interface-invalid: silent on what works or cannot be told', () => {
  const six = iface('opt2', 'vmx3', { address6: '2001:db8::2/64' });
  const dynamic = iface('opt3', 'vmx4', { address: 'dhcp' });
  const all = interfaces(lan, sync, six, dynamic);
  for (const key of ['opt1', 'opt2', 'opt3', 'lo0', 'vmx2']) assert.deepEqual(found(all + on(key)), [], key);
  assert.deepEqual(found(all + hasync({ pfsyncenabled: '', pfsyncinterface: 'opt9' })), [], 'pfsync is off');
  assert.deepEqual(found(on('opt9')), [], 'a file without interfaces');
  assert.deepEqual(found(all), [], 'no hasync');
});

test('pfsync-interface-invalid: a missing choice that the peer has made is for pfsync-interface-mismatch', () => {
  const all = interfaces(lan, sync);
  assert.deepEqual(found(pair(all + on('opt1'), all + on(''))), []);
  assert.equal(found(pair(all + on(''), all + on(''))).length, 2);
});

test('pfsync-interface-invalid: a choice that is empty is told on its name, one that is missing on the section', () => {
  checkRule(
    rule,
    `${interfaces(lan)}	<hasync>
	 ^^^^^^ error: pfsync is on, but has no interface: no states are synchronised.
		<pfsyncenabled>on</pfsyncenabled>
	</hasync>
`,
  );
});

test('pfsync-interface-invalid: the fix chooses the one interface for it, unless the peer uses another', () => {
  const all = interfaces(lan, sync);
  checkFix(rule, { before: all + on('opt9'), after: all + on('opt1'), title: 'Use PFSYNC (opt1) for pfsync' });
  const two = interfaces(sync, iface('opt2', 'vmx3', { descr: 'SYNC 2', address: '172.16.2.2/24' }));
  checkNoFix(rule, two + on('opt9'));
  checkNoFix(rule, interfaces(lan) + on('opt9'));
  checkNoFix(rule, pair(all + on('opt9'), all + on('lan')));
});

test('pfsync-interface-invalid: no fix that would bring another mistake to light', () => {
  const node = (host: number) => interfaces(iface('opt1', 'vmx2', { descr: 'SYNC', address: `172.16.1.${host}/24` }));
  const to = (peer: string, key = 'opt1') => hasync({ pfsyncenabled: 'on', pfsyncpeerip: peer, pfsyncinterface: key });
  const other = node(3) + to('172.16.1.2');
  checkFix(rule, {
    before: pair(node(2) + to('172.16.1.3', 'opt9'), other),
    after: pair(node(2) + to('172.16.1.3'), other),
  });
  checkNoFix(rule, pair(node(2) + to('172.16.1.2', 'opt9'), other));
  checkNoFix(rule, pair(node(2) + to('', 'opt9'), other));
  checkNoFix(rule, pair(node(2) + to('172.16.1.3', 'opt9'), node(3) + to('172.16.1.9')));
  checkNoFix(rule, `${node(2)}\t<filter></filter>\n${to('', 'opt9')}`);
});
