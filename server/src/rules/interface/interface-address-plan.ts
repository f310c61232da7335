import { type Address, contains, formatAddress, sameAddress } from '../../model/address.ts';
import { groupBy } from '../../model/grouping.ts';
import { sharedInterfaces } from '../../model/interfacePairs.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readLiveCarpVips, type VirtualIp } from '../../model/virtualIps.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'interface-address-plan',
  topic: 'interface',
  severity: 'info',
  isOffByDefault: true,
  since: '0.1.0',
  summary: 'On an interface the VIP, the primary and the secondary have three addresses in a row.',
  why: `Netgate's example gives each network the same scheme: the CARP VIP, then the primary, then the secondary, one address after
the other (10.0.0.1, .2, .3; 192.168.1.10, .11, .12). Who knows one network knows all of them. It is a matter of plan and
nothing breaks without it, so the rule is off until a manifest or a setting turns it on.

Of several CARP VIPs on an interface the lowest counts. Interfaces without a CARP VIP in their subnet (the SYNC interface), in
other subnets on the two nodes, with dynamic or IPv6 addresses, tunnels and disabled ones say nothing.

Source: Netgate's documentation, "Configuring High Availability" (example addressing plan).`,
  messages: {
    plan: '{interface}: the {node} has {address}; with the VIP {vip} the plan gives it {wanted}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.9</ipaddr><subnet>8</subnet></lan>
		                                           ^^^^^^^^ info: LAN: the secondary has 10.0.0.9; with the VIP 10.0.0.1 the plan gives it 10.0.0.3.
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>8</subnet></lan>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    const vips = groupBy(primary.query(readLiveCarpVips), vip => vip.interfaceKey ?? '');
    for (const pair of sharedInterfaces(primary, secondary)) {
      const [first, second] = [pair.primary.ipv4, pair.secondary.ipv4];
      if (!first || !second || !contains(first.subnet, second.address.value)) continue;
      const lowest = (vips.get(pair.key) ?? [])
        .flatMap(({ address }) => (address && contains(first.subnet, address.value) ? [address] : []))
        .reduce<VirtualIp['address']>((a, b) => (a && a.value.bits <= b.value.bits ? a : b), undefined);
      if (!lowest) continue;
      for (const [node, own, step] of [
        ['primary', first, 1n],
        ['secondary', second, 2n],
      ] as const) {
        const wanted: Address = { family: 4, bits: lowest.value.bits + step };
        if (sameAddress(own.address.value, wanted) || !contains(first.subnet, wanted)) continue;
        yield {
          at: own.address.element.contentPlace,
          message: 'plan',
          data: {
            interface: interfaceName(node === 'primary' ? primary : secondary, pair.key),
            node,
            address: formatAddress(own.address.value),
            vip: formatAddress(lowest.value),
            wanted: formatAddress(wanted),
          },
          related: [{ at: lowest.element.contentPlace, message: 'The CARP VIP.' }],
        };
      }
    }
  },
});
