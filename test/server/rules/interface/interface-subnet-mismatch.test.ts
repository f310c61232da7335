import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-subnet-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const lan = (fields: InterfaceFields, nic = 'vmx1') => interfaces(iface('lan', nic, fields));

test('interface-subnet-mismatch: another network is told at the address, and has no fix', () => {
  const here = lan({ address: '192.0.2.2/24' });
  checkRule(
    rule,
    `${pair(
      here,
      `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>198.51.100.3</ipaddr><subnet>24</subnet></lan>
		                                           ^^^^^^^^^^^^ error: LAN is in 198.51.100.0/24 on the secondary, but in 192.0.2.0/24 on the primary.
	</interfaces>
`,
    )}`,
  );
  checkNoFix(rule, pair(here, lan({ address: '198.51.100.3/25' })));
});

test('interface-subnet-mismatch: silent where each node has an address of its own and a gateway outside of it', () => {
  const gateway = (flag: string) =>
    `	<gateways>\n		<gateway_item><interface>lan</interface><gateway>10.0.0.1</gateway><name>GW</name>${flag}</gateway_item>\n	</gateways>\n`;
  const found = (length: number, flag: string) =>
    findingsIn(
      [rule],
      parseFixture(
        pair(
          lan({ address: `192.0.2.2/${length}` }) + gateway(flag),
          lan({ address: `198.51.100.3/${length}` }) + gateway(flag),
        ),
      ),
    ).length;
  assert.equal(found(32, '<nonlocalgateway></nonlocalgateway>'), 0);
  assert.equal(found(32, ''), 1);
  assert.equal(found(24, '<nonlocalgateway></nonlocalgateway>'), 1);
});

test("interface-subnet-mismatch: the fix sets the primary's prefix length, in IPv6 too", () => {
  const four = lan({ address: '10.0.0.2/8' });
  checkFix(rule, {
    before: pair(four, lan({ address: '10.0.0.3/24' })),
    after: pair(four, lan({ address: '10.0.0.3/8' })),
  });
  const six = lan({ address6: '2001:db8::2/64' });
  checkFix(rule, {
    before: pair(six, lan({ address6: '2001:db8::3/48' })),
    after: pair(six, lan({ address6: '2001:db8::3/64' })),
    title: 'Set /64 on the secondary',
  });
});

test('interface-subnet-mismatch: dynamic addresses, tunnels, disabled interfaces and unreadable prefixes say nothing', () => {
  const silent = (primary: string, secondary: string) =>
    assert.deepEqual(findingsIn([rule], parseFixture(pair(primary, secondary))), []);
  const here = lan({ address: '192.0.2.2/24' });
  silent(here, lan({ address: 'dhcp' }));
  silent(here, lan({ address: '198.51.100.3/24', isEnabled: false }));
  silent(here, lan({ address: '192.0.2.3/x' }));
  silent(lan({ address: '192.0.2.2/24' }, 'ovpns1'), lan({ address: '198.51.100.2/24' }, 'ovpns1'));
});

test('interface-subnet-mismatch: the length that VIPs and pools fit is set, and none where neither fits', () => {
  const vip = (bits: number) =>
    `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>${bits}</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
`;
  const node = (address: string, bits: number) => lan({ address }) + vip(bits);
  checkFix(rule, {
    before: pair(node('10.0.0.2/16', 8), node('10.0.0.3/8', 8)),
    after: pair(node('10.0.0.2/8', 8), node('10.0.0.3/8', 8)),
    title: 'Set /8 on the primary',
  });
  checkNoFix(rule, pair(node('10.0.0.2/16', 16), node('10.0.0.3/8', 8)));
});
