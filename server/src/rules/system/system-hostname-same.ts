import { readText, valuePlace } from '../../model/read.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'system-hostname-same',
  topic: 'system',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The two nodes have different host names.',
  why: `With one name for both nobody can tell from a log line, a notification or the browser's tab which node speaks. Kea's high availability goes by names too:
where none are set it takes the host names, and two servers of one name find no partner in each other.

Host names are never synchronised; it happens when one node's config is restored on the other. Names are compared without regard to
case, and without the domain, which Kea leaves away.

Source: pfSense \`src/usr/local/pfSense/include/www/services_dhcp.inc\` (kea_defaults), \`src/etc/rc.filter_synchronize\`.`,
  messages: {
    same: 'Both nodes have the host name {name}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<system>
		<hostname>pfSense</hostname>
	</system>
--- secondary.xml
	<system>
		<hostname>pfSense</hostname>
		          ^^^^^^^ warning: Both nodes have the host name pfSense.
	</system>
`,
    right: `
--- primary.xml
	<system>
		<hostname>fw-a</hostname>
	</system>
--- secondary.xml
	<system>
		<hostname>fw-b</hostname>
	</system>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary, secondary].map(config => {
      const system = config.top('system');
      return system && readText(config, system, 'hostname');
    });
    if (!here || !there || here.value.toLowerCase() !== there.value.toLowerCase()) return;
    yield {
      at: valuePlace(there.element),
      message: 'same',
      data: { name: there.value },
      related: [{ at: valuePlace(here.element), message: "The primary's host name." }],
    };
  },
});
