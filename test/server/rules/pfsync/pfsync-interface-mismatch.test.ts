import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const both = interfaces(iface('lan', 'vmx1'), iface('opt1', 'vmx2', { descr: 'SYNC' }));
const uses = (key: string) => hasync({ pfsyncenabled: 'on', pfsyncinterface: key });

test('pfsync-interface-mismatch: a node without an interface is told on the name', () => {
  checkRule(
    rule,
    `--- primary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface></pfsyncinterface>
		 ^^^^^^^^^^^^^^^ error: pfsync has no interface on the primary; on the secondary it uses SYNC (opt1).
	</hasync>
--- secondary.xml
${both}${uses('opt1')}`,
  );
});

test('pfsync-interface-mismatch: equal, off on either, or none at all is silent', () => {
  const silent = (primary: string, secondary: string) =>
    assert.deepEqual(findingsIn([rule], parseFixture(pair(primary, secondary))), []);
  silent(uses('opt1'), uses('opt1'));
  silent(uses('opt1'), hasync({ pfsyncinterface: 'lan' }));
  silent(hasync({ pfsyncenabled: 'on' }), hasync({ pfsyncenabled: 'on' }));
});

test("pfsync-interface-mismatch: the fix sets the other node's interface, where the node has it", () => {
  checkFix(rule, {
    before: pair(both + uses('opt1'), both + uses('lan')),
    after: pair(both + uses('opt1'), both + uses('opt1')),
    title: 'Set SYNC (opt1) on the secondary',
  });
  checkFix(rule, {
    before: pair(both + hasync({ pfsyncenabled: 'on' }), both + uses('opt1')),
    after: pair(both + uses('opt1'), both + uses('opt1')),
    title: 'Set SYNC (opt1) on the primary',
  });
  checkNoFix(rule, pair(both + uses('opt1'), interfaces(iface('lan', 'vmx1')) + uses('lan')));
});

test('pfsync-interface-mismatch: no fix that would bring a wrong peer to light', () => {
  const node = (host: number, peer: string, key: string) =>
    interfaces(iface('opt1', 'vmx2', { address: `172.16.1.${host}/24` })) +
    hasync({ pfsyncenabled: 'on', pfsyncpeerip: peer, pfsyncinterface: key });
  checkNoFix(rule, pair(node(2, '172.16.1.2', ''), node(3, '172.16.1.2', 'opt1')));
  checkFix(rule, {
    before: pair(node(2, '172.16.1.3', ''), node(3, '172.16.1.2', 'opt1')),
    after: pair(node(2, '172.16.1.3', 'opt1'), node(3, '172.16.1.2', 'opt1')),
  });
});
