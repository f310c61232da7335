import { readHaSync, readPfsyncInterface } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readText, valuePlace } from '../../model/read.ts';
import { removeElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-interface-gateway',
  topic: 'pfsync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The SYNC interface has no gateway.',
  why: `pfSense takes an interface with a gateway for one that leads to the Internet: its rules send replies by that gateway (\`reply-to\`), automatic
outbound NAT translates what leaves by it, and the gateway is pinged and may become the default. Between two firewalls there is nothing to
go to: answers to the other node go astray.

Silent on the WAN, which needs its gateway (\`pfsync-interface-shared\` tells of it).

Source: Netgate's documentation, "High Availability Configuration Example" (SYNC interface); pfSense \`src/etc/inc/filter.inc\`
(interface_has_gateway).`,
  fix: 'Takes the gateway off the interface; the gateway itself stays.',
  messages: {
    gateway: '{interface} carries pfsync and has the gateway {gateway}; the SYNC network leads nowhere.',
  },
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet><gateway>SYNCGW</gateway></opt1>
		                                                                                                                          ^^^^^^ warning: SYNC (opt1) carries pfsync and has the gateway SYNCGW; the SYNC network leads nowhere.
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
    right: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node }) {
    const one = node.query(readPfsyncInterface);
    if (!one?.isEnabled || one.key === 'wan' || !node.query(readHaSync).isPfsyncEnabled) return;
    for (const field of ['gateway', 'gatewayv6']) {
      const gateway = readText(node, one.element, field);
      if (!gateway || gateway.value === 'none') continue;
      const name = interfaceName(node, one.key);
      yield {
        at: valuePlace(gateway.element),
        message: 'gateway',
        data: { interface: name, gateway: gateway.value },
        fixes: () => [
          {
            title: `Take the gateway ${gateway.value} off ${name}`,
            applicability: 'dangerous',
            edits: [{ document: node.document, edits: [removeElement(gateway.element)] }],
          },
        ],
      };
    }
  },
});
