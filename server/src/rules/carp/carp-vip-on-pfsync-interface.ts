import { readHaSync, readPfsyncInterface } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { childPlace, valuePlace } from '../../model/read.ts';
import { readCarpVips, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-vip-on-pfsync-interface',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'No CARP VIP stands on the SYNC interface.',
  why: `The SYNC network joins the two nodes and nothing else, and each of them is reached there by its own address. A CARP VIP serves nobody on it, and does
harm: with preemption a fault of the cable between the nodes then moves **all** VIPs, and a sync target or pfsync peer that names the VIP reaches
whoever is master, most often the sender itself.

Where pfsync shares the WAN or the LAN, VIPs are right there (\`pfsync-interface-shared\` tells of that). Before you remove the VIP, see that nothing
refers to it; then remove it on the primary, and the sync takes it off the secondary.

Source: Netgate's documentation, "High Availability Configuration Example" ("There is no shared CARP VIP on this interface"); carp(4).`,
  messages: {
    vip: 'The CARP VIP {vip} stands on {interface}, which is for the two nodes alone (pfsync).',
  },
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>opt1</interface><vhid>3</vhid><subnet_bits>24</subnet_bits><subnet>172.16.1.1</subnet></vip>
		                                 ^^^^ warning: The CARP VIP 172.16.1.1 (VHID 3) stands on SYNC (opt1), which is for the two nodes alone (pfsync).
	</virtualip>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node }) {
    const { isPfsyncEnabled, pfsyncInterface } = node.query(readHaSync);
    const one = node.query(readPfsyncInterface);
    if (!isPfsyncEnabled || !pfsyncInterface || !one?.isEnabled || one.key === 'wan' || one.key === 'lan') return;
    for (const vip of node.query(readCarpVips)) {
      if (vip.interfaceKey !== one.key) continue;
      yield {
        at: childPlace(vip.element, 'interface'),
        message: 'vip',
        data: { vip: vipName(node, vip), interface: interfaceName(node, one.key) },
        related: [{ at: valuePlace(pfsyncInterface.element), message: 'The interface that pfsync uses.' }],
      };
    }
  },
});
