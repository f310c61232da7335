import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-subnet-overlap.ts';
import fc from '../../../harness/fastCheck.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

test('interface-subnet-overlap: at the later in the file, whichever is the wider', () => {
  checkRule(
    rule,
    `	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>10.9.0.2</ipaddr><subnet>24</subnet></opt1>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		                                           ^^^^^^^^ error: LAN's subnet 10.0.0.0/8 overlaps with that of OPT1, 10.9.0.0/24.
		<opt2><enable></enable><if>vmx3</if><ipaddr>10.9.0.9</ipaddr><subnet>24</subnet></opt2>
		                                            ^^^^^^^^ error: OPT2 and OPT1 are in the same subnet, 10.9.0.0/24.
	</interfaces>
`,
  );
  checkNoFix(
    rule,
    interfaces(iface('lan', 'vmx1', { address: '10.0.0.2/8' }), iface('opt1', 'vmx2', { address: '10.0.0.2/8' })),
  );
});

test('interface-subnet-overlap: in IPv6 too', () => {
  checkRule(
    rule,
    `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddrv6>2001:db8::2</ipaddrv6><subnetv6>48</subnetv6></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddrv6>2001:db8:0:1::2</ipaddrv6><subnetv6>64</subnetv6></opt1>
		                                              ^^^^^^^^^^^^^^^ error: OPT1's subnet 2001:db8:0:1::/64 overlaps with that of LAN, 2001:db8::/48.
	</interfaces>
`,
  );
});

test('interface-subnet-overlap: silent about neighbours, tunnels, disabled and dynamic interfaces, and link-local addresses', () => {
  const lan = iface('lan', 'vmx1', { address: '10.0.0.2/24' });
  for (const other of [
    iface('opt1', 'vmx2', { address: '10.0.1.2/24' }),
    iface('opt1', 'ovpns1', { address: '10.0.0.3/24' }),
    iface('opt1', 'vmx2', { address: '10.0.0.3/24', isEnabled: false }),
    iface('opt1', 'vmx2', { address: 'dhcp' }),
    iface('opt1', 'vmx2', { address: '10.0.0.3/x' }),
    iface('opt1', 'vmx2'),
  ]) {
    checkRule(rule, interfaces(lan, other));
    checkRule(rule, interfaces(other, lan));
  }
  checkRule(
    rule,
    interfaces(iface('lan', 'vmx1', { address6: 'fe80::1/64' }), iface('opt1', 'vmx2', { address6: 'fe80::2/64' })),
  );
});

test('interface-subnet-overlap: speaks where any two overlap, and only then', () => {
  const network = fc.record({ third: fc.integer({ min: 0, max: 7 }), length: fc.constantFrom(21, 22, 23, 24, 32) });
  fc.assert(
    fc.property(fc.array(network, { maxLength: 6 }), networks => {
      const lines = networks.map(({ third, length }, i) =>
        iface(`opt${i}`, `vmx${i}`, { address: `10.0.${third}.7/${length}` }),
      );
      const isHeld = ({ third, length }: (typeof networks)[number], other: (typeof networks)[number]) => {
        const shift = Math.max(24 - Math.min(length, other.length), 0);
        return third >> shift === other.third >> shift;
      };
      const expected = networks.some((one, i) => networks.slice(i + 1).some(other => isHeld(one, other)));
      const found = findingsIn([rule], parseFixture(interfaces(...lines))).length > 0;
      assert.equal(found, expected);
    }),
  );
});
