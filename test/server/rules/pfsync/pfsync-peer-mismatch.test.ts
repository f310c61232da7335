import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-peer-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const sync = (address: string, isEnabled = true) => interfaces(iface('opt1', 'vmx2', { address, isEnabled }));
const on = (more: Readonly<Record<string, string>>) =>
  hasync({ pfsyncenabled: 'on', ...more, pfsyncinterface: 'opt1' });
const here = sync('172.16.1.2/24');
const there = sync('172.16.1.3/24');

function silent(primary: string, secondary: string) {
  assert.deepEqual(findingsIn([rule], parseFixture(pair(primary, secondary))), []);
}

test('pfsync-peer-mismatch: one with a peer, one without', () => {
  checkRule(
    rule,
    `--- primary.xml
${here}${on({ pfsyncpeerip: '172.16.1.3' })}--- secondary.xml
${there}	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncpeerip></pfsyncpeerip>
		 ^^^^^^^^^^^^ error: The secondary has no pfsync peer, but the primary has one: they do not hear each other.
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  );
});

test('pfsync-peer-mismatch: multicast on both, or each other, is fine', () => {
  silent(here + on({}), there + on({ pfsyncpeerip: '' }));
  silent(here + on({ pfsyncpeerip: '172.16.1.3' }), there + on({ pfsyncpeerip: '172.16.1.2' }));
});

test('pfsync-peer-mismatch: what the file does not settle is not told', () => {
  const peer = on({ pfsyncpeerip: '172.16.1.9' });
  silent(sync('dhcp') + peer, sync('dhcp') + peer);
  silent(sync('172.16.1.2/24', false) + peer, sync('172.16.1.3/24', false) + peer);
  silent(here + peer, there + hasync({ pfsyncenabled: 'on', pfsyncinterface: 'lan', pfsyncpeerip: '172.16.1.2' }));
  silent(here + peer, there + hasync({ pfsyncinterface: 'opt1', pfsyncpeerip: '172.16.1.2' }));
  silent(here + on({ pfsyncpeerip: 'fw-b' }), there + on({ pfsyncpeerip: '172.16.1.2' }));
});

test("pfsync-peer-mismatch: the fixes set the other node's address, on either node", () => {
  checkFix(rule, {
    before: pair(here + on({ pfsyncpeerip: '172.16.1.2' }), there + on({ pfsyncpeerip: '172.16.1.2' })),
    after: pair(here + on({ pfsyncpeerip: '172.16.1.3' }), there + on({ pfsyncpeerip: '172.16.1.2' })),
    title: 'Set the pfsync peer 172.16.1.3 on the primary',
  });
  checkFix(rule, {
    before: pair(here + on({ pfsyncpeerip: '172.16.1.3' }), there + on({})),
    after: pair(here + on({ pfsyncpeerip: '172.16.1.3' }), there + on({ pfsyncpeerip: '172.16.1.2' })),
    title: 'Set the pfsync peer 172.16.1.2 on the secondary',
  });
});
