import { formatSubnet, sameSubnet, subnetOf } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readGateways } from '../../model/gateways.ts';
import { sharedInterfaces } from '../../model/interfacePairs.ts';
import { type InterfaceAddress, interfaceName } from '../../model/interfaces.ts';
import { fitsSubnet } from '../../model/prefixLengths.ts';
import { hasFlag, valuePlace } from '../../model/read.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'interface-subnet-mismatch',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'On each interface both nodes are in the same network, with the same prefix length.',
  why: `The two nodes share each network: CARP advertisements, pfsync and the configuration sync go between addresses of one
subnet. With another prefix length one node takes neighbours for strangers (or the reverse), and a CARP VIP matches the
interface of one node only. In another network altogether the key leads to another wire, or an address is mistyped.

Tunnels may differ, and interfaces that either node has disabled say nothing, nor do dynamic addresses. Where a provider gives each
node an address with a prefix length of its own, /32 or /128, and a gateway outside of it ("Use non-local gateway"), the file does
not tell the network.

Source: Netgate's documentation, "Configuring High Availability" (addressing); pfSense/docs "Troubleshooting High Availability".`,
  fix: "Where only the prefix length differs: sets the primary's on the secondary, or the other way round where only that fits the VIPs and the DHCP pool.",
  messages: {
    prefix: '{title} has /{secondary} on the secondary, but /{primary} on the primary.',
    network: '{title} is in {secondary} on the secondary, but in {primary} on the primary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>16</subnet></opt1>
		                                                                       ^^ error: OPT1 has /16 on the secondary, but /24 on the primary.
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of sharedInterfaces(primary, secondary)) {
      for (const family of ['ipv4', 'ipv6'] as const) {
        const [here, there] = [pair.primary[family], pair.secondary[family]];
        if (!here || !there || sameSubnet(here.subnet, there.subnet)) continue;
        const title = interfaceName(secondary, pair.key);
        const length = here.prefixLength.value;
        if (!sameSubnet(subnetOf(there.address.value, length), here.subnet)) {
          if (areAlone(here, there) && [primary, secondary].every(node => hasNonLocalGateway(node, pair.key))) continue;
          yield {
            at: valuePlace(there.address.element),
            message: 'network',
            data: { title, primary: formatSubnet(here.subnet), secondary: formatSubnet(there.subnet) },
            related: [{ at: valuePlace(here.address.element), message: `The primary: ${formatSubnet(here.subnet)}.` }],
          };
          continue;
        }
        yield {
          at: valuePlace(there.prefixLength.element),
          message: 'prefix',
          data: { title, primary: length, secondary: there.prefixLength.value },
          related: [{ at: valuePlace(here.prefixLength.element), message: `The primary's prefix length: /${length}.` }],
          fixes: () => {
            const toSecondary = setLength({ config: secondary, name: 'secondary', key: pair.key }, there, here);
            return toSecondary ?? setLength({ config: primary, name: 'primary', key: pair.key }, here, there) ?? [];
          },
        };
      }
    }
  },
});

function areAlone(...addresses: readonly InterfaceAddress[]): boolean {
  return addresses.every(({ subnet }) => subnet.first === subnet.last);
}

function hasNonLocalGateway(config: Config, key: string): boolean {
  return config
    .query(readGateways)
    .some(({ element, interface: on }) => on?.value === key && hasFlag(element, 'nonlocalgateway'));
}

interface Side {
  readonly config: Config;
  readonly name: 'primary' | 'secondary';
  readonly key: string;
}

/** Gives an address the other one's prefix length; absent where that takes VIPs or a pool of the node out of its network. */
function setLength({ config, name, key }: Side, own: InterfaceAddress, other: InterfaceAddress): Fix[] | undefined {
  const length = other.prefixLength.value;
  const subnet = subnetOf(own.address.value, length);
  if (!sameSubnet(subnet, other.subnet) || !fitsSubnet(config, { key, subnet })) return undefined;
  const edits = [setText(config, own.prefixLength.element, String(length))];
  return [
    {
      title: `Set /${length} on the ${name}`,
      applicability: 'suggestion',
      edits: [{ document: config.document, edits }],
    },
  ];
}
