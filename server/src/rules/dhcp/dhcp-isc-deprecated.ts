import { readDhcpBackend } from '../../model/dhcp.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { valuePlace } from '../../model/read.ts';
import { readVersion } from '../../model/version.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-isc-deprecated',
  topic: 'dhcp',
  severity: 'info',
  isOffByDefault: true,
  since: '0.1.0',
  summary: 'The DHCP server is Kea, not ISC.',
  why: `ISC has ended the life of its DHCP server, and pfSense calls it deprecated; Kea is the other one to choose from pfSense 2.7.1 on, with
high availability from 2.8 on. The way over is no switch alone: the fail-over of ISC has to be taken out and that of Kea set up, and some
settings do not come along.

It is a matter of plan, so this rule is off until somebody turns it on. Silent before 2.7.1, and where no DHCP server runs.

Source: Netgate's documentation, "Converting a High Availability pair to Kea"; pfSense \`src/etc/inc/pfsense-utils.inc\` (dhcp_is_backend).`,
  messages: {
    isc: "The DHCP server is ISC's, which is deprecated; Kea takes its place.",
  },
  examples: {
    wrong: `
	<version>24.0</version>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan><enable></enable></lan>
	</dhcpd>
	<dhcpbackend>isc</dhcpbackend>
	             ^^^ info: The DHCP server is ISC's, which is deprecated; Kea takes its place.
`,
    right: `
	<version>24.0</version>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan><enable></enable></lan>
	</dhcpd>
	<dhcpbackend>kea</dhcpbackend>
`,
  },
  *check({ node }) {
    const { value, element } = node.query(readDhcpBackend);
    if (value === 'kea' || (node.query(readVersion).number ?? 0) < 23.3) return;
    const section = node.top('dhcpd');
    if (!section || node.query(readServedScopes).size === 0) return;
    yield { at: element ? valuePlace(element) : section.namePlace, message: 'isc' };
  },
});
