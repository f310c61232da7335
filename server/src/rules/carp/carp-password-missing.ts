import { childPlace } from '../../model/read.ts';
import { pairCarpVips } from '../../model/vipPairs.ts';
import { carpKey, readLiveCarpVips, vipInterfaceName, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-password-missing',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A CARP VIP has a password.',
  why: `The password signs the advertisements by which the nodes agree who is master. Without one pfSense hands none to the
kernel, which then signs with a key of zeros: the VIP works, but any host on the network can announce itself as its master
and take the address over. pfSense's form demands a password ("A CARP password that is shared between the two VHID members
must be specified."), so that a VIP without one was written by hand or by a tool, and cannot be saved in the GUI any more.

A password of nothing but spaces is none, because pfSense takes spaces out. Where only one of the two nodes has no
password, they do not hear each other; that is \`carp-password-mismatch\`, and this rule says nothing. Neither does it for
a VIP on a disabled interface, where no CARP runs.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`, \`src/etc/inc/interfaces.inc\`
(interface_carp_configure); FreeBSD carp(4).`,
  messages: {
    missing: 'CARP VIP {vip} on {interface} has no password: any host on that network can take it over.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password></password>
			 ^^^^^^^^ warning: CARP VIP 192.168.1.10 (VHID 1) on wan has no password: any host on that network can take it over.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password><![CDATA[example]]></password>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer }) {
    const open = node.query(readLiveCarpVips).filter(vip => carpKey(vip) === '');
    if (open.length === 0) return;
    const pairs = peer ? pairCarpVips({ primary: node, secondary: peer }).pairs : [];
    const counterparts = new Map(pairs.map(pair => [pair.primary, pair.secondary]));
    for (const vip of open) {
      const other = counterparts.get(vip);
      if (other && carpKey(other) !== '') continue;
      yield {
        at: childPlace(vip.element, 'password'),
        message: 'missing',
        data: { vip: vipName(node, vip), interface: vipInterfaceName(node, vip) },
      };
    }
  },
});
