import { readHaSync } from '../../model/hasync.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { readCarpVips } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'hasync-missing',
  topic: 'sync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A node with CARP VIPs has its High Availability page filled in.',
  why: `CARP moves addresses from one node to the other, and nothing more. Without state synchronisation every connection breaks when it does, and without
configuration synchronisation the other node's rules are whatever somebody last typed there. A file with CARP VIPs and no \`hasync\` at all is of
a pair that was set up by half: nobody has ever saved *System > High Availability*.

Silent: where all VIPs are on disabled interfaces; and where the peer has pfsync on (\`pfsync-disabled\` tells it).

Source: Netgate's documentation, "High Availability Configuration Example"; pfSense \`src/etc/inc/interfaces.inc\`
(interfaces_sync_setup).`,
  messages: {
    missing: 'This node has CARP VIPs, but synchronises neither states nor its configuration: there is no hasync.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
	 ^^^^^^^^^ warning: This node has CARP VIPs, but synchronises neither states nor its configuration: there is no hasync.
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node, peer }) {
    const section = node.top('virtualip');
    if (!section || node.query(readHaSync).element || peer?.query(readHaSync).isPfsyncEnabled) return;
    const interfaces = node.query(readInterfaces);
    const isLive = node.query(readCarpVips).some(vip => interfaces.get(vip.interfaceKey ?? '')?.isEnabled);
    if (isLive) yield { at: section.namePlace, message: 'missing' };
  },
});
