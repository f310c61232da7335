import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/hasync-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkNoFix, findingsIn } from '../../../harness/rule.ts';

const lan = interfaces(iface('lan', 'vmx1', { address: '10.0.0.2/8' }));
const vip = (mode: string) =>
  `\t<virtualip>\n\t\t<vip><mode>${mode}</mode><interface>lan</interface><vhid>1</vhid><subnet>10.0.0.1</subnet></vip>\n\t</virtualip>\n`;

function found(source: string): number {
  return findingsIn([rule], parseFixture(source)).length;
}

test('hasync-missing: silent with a section, be it empty, and without a CARP VIP that runs', () => {
  assert.equal(found(lan + vip('carp')), 1);
  assert.equal(found(`${lan + vip('carp')}\t<hasync></hasync>\n`), 0);
  assert.equal(found(lan + vip('ipalias')), 0);
  assert.equal(found(vip('carp')), 0, 'the interface is not there');
  const disabled = interfaces(iface('lan', 'vmx1', { address: '10.0.0.2/8', isEnabled: false }));
  assert.equal(found(disabled + vip('carp')), 0);
});

test('hasync-missing: a peer with pfsync on leaves the word to pfsync-disabled', () => {
  const node = lan + vip('carp');
  assert.equal(found(pair(node, node + hasync({ pfsyncenabled: 'on' }))), 0);
  assert.equal(found(pair(node, node + hasync({ pfsyncenabled: '' }))), 1);
  assert.equal(found(pair(node, node)), 2);
});

test('hasync-missing: what belongs there only a person knows', () => {
  checkNoFix(rule, lan + vip('carp'));
});
