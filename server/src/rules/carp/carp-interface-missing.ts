import { isLinkLocal } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { readCarpVips, readVirtualIps, type VirtualIp, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-interface-missing',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The interface of a CARP VIP exists, is enabled and has an address.',
  why: `pfSense skips a CARP VIP whose interface does not exist (it files the notice "Interface specified for the virtual IP
address … does not exist. Skipping this VIP.") and, without a word, one whose interface is disabled. The address is then
on this node neither as master nor as backup.

An interface without an address of its own cannot carry a CARP VIP either: the advertisements have no source address, and
pfSense's form refuses it. An address that comes by DHCP or the like counts, and so does an IP alias on the interface. Where
the interface has an address, only of the other family, the form accepts the VIP; this is a warning then, and so is an
interface that is disabled on both nodes.

Source: pfSense \`src/etc/inc/interfaces.inc\` (interface_carp_configure),
\`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`.`,
  messages: {
    none: 'CARP VIP {vip} names no interface.',
    missing: 'CARP VIP {vip} is on the interface {key}, which does not exist: pfSense skips it.',
    unfit: 'CARP VIP {vip} is on {key}, which cannot carry one: it has to be on an interface such as wan or lan.',
    disabled: 'CARP VIP {vip} is on {interface}, which is disabled: pfSense skips it.',
    noAddress: 'CARP VIP {vip} is on {interface}, which has no address of its own.',
    noFamily: 'CARP VIP {vip} is on {interface}, which has no {family} address of its own.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>opt1</interface>
			           ^^^^ error: CARP VIP 10.0.0.1 (VHID 2) is on the interface opt1, which does not exist: pfSense skips it.
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
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
  *check({ node, peer }) {
    const interfaces = node.query(readInterfaces);
    // A file without any interface is a part of a config; it does not tell what exists.
    if (interfaces.size === 0) return;
    for (const vip of node.query(readCarpVips)) {
      const at = childPlace(vip.element, 'interface');
      const name = vipName(node, vip);
      if (!vip.parent) {
        yield { at, message: 'none', data: { vip: name } };
        continue;
      }
      if (vip.parent.kind !== 'interface') {
        yield { at, message: 'unfit', data: { vip: name, key: node.text(vip.parent.element) } };
        continue;
      }
      const { key } = vip.parent;
      const found = interfaces.get(key);
      if (!found) {
        yield { at, message: 'missing', data: { vip: name, key } };
        continue;
      }
      const data = { vip: name, interface: interfaceName(node, key) };
      const related = [{ at: found.element.namePlace, message: `The interface ${data.interface}.` }];
      if (!found.isEnabled) {
        const severity = peer?.query(readInterfaces).get(key)?.isEnabled === false ? 'warning' : 'error';
        yield { at, message: 'disabled', data, related, severity };
        continue;
      }
      const lack = lackOf(node, vip, found);
      if (lack === 'address') yield { at, message: 'noAddress', data, related };
      if (lack === 'family') {
        const family = vip.address?.value.family === 6 ? 'IPv6' : 'IPv4';
        yield { at, message: 'noFamily', data: { ...data, family }, related, severity: 'warning' };
      }
    }
  },
});

/** What the interface of a VIP lacks: any address, or one of the VIP's family. Tunnels are given theirs by what makes them. */
function lackOf(node: Config, vip: VirtualIp, parent: Interface): 'address' | 'family' | undefined {
  if (!vip.address || parent.isTunnel) return undefined;
  const { family } = vip.address.value;
  const has = {
    4: node.text(parent.element.child('ipaddr')) !== '',
    6: node.text(parent.element.child('ipaddrv6')) !== '',
  };
  for (const alias of node.query(readVirtualIps)) {
    const isHere = alias.parent?.kind === 'interface' && alias.parent.key === parent.key;
    if (alias.mode === 'ipalias' && isHere && alias.address) has[alias.address.value.family] = true;
  }
  if (has[family]) return undefined;
  // Each interface that speaks IPv6 has a link-local address, from which a link-local VIP can be advertised.
  if (isLinkLocal(vip.address.value)) return undefined;
  return has[4] || has[6] ? 'family' : 'address';
}
