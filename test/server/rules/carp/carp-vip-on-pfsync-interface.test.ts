import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vip-on-pfsync-interface.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, findingsIn } from '../../../harness/rule.ts';

const all = interfaces(
  iface('lan', 'vmx1', { address: '10.0.0.2/8' }),
  iface('opt1', 'vmx2', { address: '172.16.1.2/24' }),
);
const on = (key: string) => hasync({ pfsyncenabled: 'on', pfsyncinterface: key });
const vip = (key: string, mode = 'carp') =>
  `\t<virtualip>\n\t\t<vip><mode>${mode}</mode><interface>${key}</interface><vhid>3</vhid><subnet>172.16.1.1</subnet></vip>\n\t</virtualip>\n`;

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('carp-vip-on-pfsync-interface: CARP alone, on the interface of pfsync alone', () => {
  assert.deepEqual(found(all + vip('opt1') + on('opt1')), [
    'The CARP VIP 172.16.1.1 (VHID 3) stands on OPT1, which is for the two nodes alone (pfsync).',
  ]);
  checkNoFix(rule, all + vip('opt1') + on('opt1'));
  assert.deepEqual(found(all + vip('opt1', 'ipalias') + on('opt1')), []);
  assert.deepEqual(found(all + vip('lan') + on('opt1')), []);
});

test('carp-vip-on-pfsync-interface: silent where pfsync shares the LAN, where it is off, and on a disabled interface', () => {
  assert.deepEqual(found(all + vip('lan') + on('lan')), []);
  assert.deepEqual(found(all + vip('opt1') + hasync({ pfsyncinterface: 'opt1' })), []);
  const disabled = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.2/24', isEnabled: false }));
  assert.deepEqual(found(disabled + vip('opt1') + on('opt1')), []);
});
