import { replacementVhid } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { addressText, readCarpVips, type VirtualIp, vhidOf, vipInterfaceName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-vhid-duplicate',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'No two CARP VIPs of an interface have the same VHID.',
  why: `For pfSense a VIP is its interface and its VHID. Two on one interface share one password, advskew and state, those of
the VIP that was set up last, and the configuration sync, which finds a VIP again by interface and VHID alone, mixes them
up. The form refuses it ("VHID … is already in use on interface …. Pick a unique number on this interface.").

An IPv4 and an IPv6 VIP with the same VHID work as far as the kernel is concerned, since one CARP group may have addresses
of both families. The form refuses them all the same and the sync mixes them up, so this is a warning.

The same VHID on two interfaces is fine: the virtual MAC address has to be unique on each network only. A further address
for a VIP belongs on an IP alias whose interface is the CARP VIP.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`, \`src/usr/local/www/xmlrpc.php\`.`,
  fix: `Gives the later VIP the VHID that it has on the peer, where that is free here, else the next free VHID on both nodes.`,
  messages: {
    duplicate: 'VHID {vhid} on {interface} is used twice, by {first} and {address}.',
    families: 'VHID {vhid} on {interface} is used twice, by {first} and {address}; pfSense wants one VHID for each.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>192.0.2.10</subnet>
		</vip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			      ^ error: VHID 1 on wan is used twice, by 192.0.2.10 and 192.0.2.20.
			<subnet_bits>24</subnet_bits>
			<subnet>192.0.2.20</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>192.0.2.10</subnet>
		</vip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>198.51.100.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer }) {
    const earlier = new Map<string, VirtualIp[]>();
    for (const vip of node.query(readCarpVips)) {
      const vhid = vhidOf(vip);
      if (vhid === undefined || !vip.vhid || vip.interfaceKey === undefined) continue;
      const key = `${vip.interfaceKey} ${vhid}`;
      const others = earlier.get(key) ?? [];
      earlier.set(key, [...others, vip]);
      // One of the same family is the graver mistake, so that is the one to tell of.
      const first = others.find(other => !areTwoFamilies(other, vip)) ?? others[0];
      if (!first) continue;
      const address = addressText(node, vip);
      const data = { vhid, interface: vipInterfaceName(node, vip), first: addressText(node, first), address };
      const twoFamilies = areTwoFamilies(first, vip);
      yield {
        at: vip.vhid.element.contentPlace,
        message: twoFamilies ? 'families' : 'duplicate',
        data,
        severity: twoFamilies ? 'warning' : 'error',
        related: first.vhid ? [{ at: first.vhid.element.contentPlace, message: `The VHID of ${data.first}.` }] : [],
        fixes: () => {
          const change = replacementVhid(vip, { node, peer });
          if (!change) return [];
          return [
            {
              title: `Set the VHID of ${address} to ${change.vhid}${change.targets.length > 1 ? ' on both nodes' : ''}`,
              applicability: 'suggestion',
              edits: change.targets.map(target => ({
                document: target.config.document,
                edits: [setVipField(target.config, target.vip, { name: 'vhid', text: String(change.vhid) })],
              })),
            },
          ];
        },
      };
    }
  },
});

function areTwoFamilies(one: VirtualIp, other: VirtualIp): boolean {
  const [first, second] = [one.address?.value.family, other.address?.value.family];
  return first !== undefined && second !== undefined && first !== second;
}
