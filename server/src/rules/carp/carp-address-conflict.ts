import { formatSubnet } from '../../model/address.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { conflictsOf } from '../../model/vipConflicts.ts';
import { addressText, readCarpVips, vipInterfaceName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'carp-address-conflict',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The address of a CARP VIP belongs to nothing else.',
  why: `A CARP VIP is a third address, beside those of the two nodes: it moves from node to node, and theirs stay. Where it is also
an interface's address of either node, or that of another VIP, two machines answer for one address, or the VIP cannot be set
up at all. The network and the broadcast address of an IPv4 network shorter than /31 are no host's.

pfSense's form checks all this on the node itself ("This IP address is being used by another interface or VIP."), but not
against the peer, and the configuration sync checks nothing.

Interfaces that are disabled do not count, nor do link-local IPv6 addresses on other interfaces.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`.`,
  messages: {
    network: 'CARP VIP {address} is the network address of {subnet}.',
    broadcast: 'CARP VIP {address} is the broadcast address of {subnet}.',
    interface: 'CARP VIP {address} is also the address of {interface} on {node}.',
    vip: 'CARP VIP {address} is also the address of another VIP ({mode} on {interface}).',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.1</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
			        ^^^^^^^^ error: CARP VIP 10.0.0.1 is also the address of LAN on this node.
		</vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer, role }) {
    for (const vip of node.query(readCarpVips)) {
      if (!vip.address) continue;
      const at = vip.address.element.contentPlace;
      const address = addressText(node, vip);
      for (const conflict of conflictsOf(vip, { node, peer })) {
        if ('subnet' in conflict) {
          yield { at, message: conflict.kind, data: { address, subnet: formatSubnet(conflict.subnet) } };
        } else if ('vip' in conflict) {
          const other = conflict.vip;
          const data = { address, mode: modeNames[other.mode], interface: vipInterfaceName(node, other) };
          yield {
            at,
            message: 'vip',
            data,
            related: [{ at: childPlace(other.element, 'subnet'), message: 'The other VIP.' }],
          };
        } else {
          const side = conflict.kind === 'peer' ? otherNode(role) : 'this node';
          const name = interfaceName(conflict.kind === 'peer' && peer ? peer : node, conflict.interface.key);
          const place = conflict.address.address.element.contentPlace;
          const related = [{ at: place, message: `The address of ${name} on ${side}.` }];
          yield { at, message: 'interface', data: { address, interface: name, node: side }, related };
        }
      }
    }
  },
});

const modeNames = { carp: 'CARP', ipalias: 'IP alias', proxyarp: 'proxy ARP', other: 'of type "other"' } as const;
