import { readHaSync, readPfsyncInterface } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { valuePlace } from '../../model/read.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-interface-shared',
  topic: 'pfsync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'pfsync has an interface of its own, neither WAN nor LAN.',
  why: `pfsync has neither encryption nor a password: whoever is in its network can read the states of the firewall and send some of their own. And it
is busy: on an interface with other traffic it takes bandwidth from that, and is late where the network is full, just when it is needed. pfSense's form
recommends an interface other than LAN, a dedicated one best.

It works all the same, so this is a warning. Another interface that has a CARP VIP is \`carp-vip-on-pfsync-interface\`.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/usr/local/www/system_hasync.php\`; pfsync(4).`,
  messages: {
    shared: 'pfsync shares {interface} with everything else there; it should have an interface of its own.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>lan</pfsyncinterface>
		                 ^^^ warning: pfsync shares LAN with everything else there; it should have an interface of its own.
	</hasync>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node }) {
    const { isPfsyncEnabled, pfsyncInterface } = node.query(readHaSync);
    const one = node.query(readPfsyncInterface);
    if (!isPfsyncEnabled || !pfsyncInterface || !one?.isEnabled) return;
    if (one.key !== 'wan' && one.key !== 'lan') return;
    const data = { interface: interfaceName(node, one.key) };
    yield { at: valuePlace(pfsyncInterface.element), message: 'shared', data };
  },
});
