import { readHaSync, readPfsyncInterface } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { blocksAsPrivate } from '../../model/privateNetworks.ts';
import { readText } from '../../model/read.ts';
import { removeElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-interface-blocks-private',
  topic: 'pfsync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The SYNC interface blocks neither private nor bogon networks.',
  why: `"Block private networks" drops whatever comes from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (and fc00::/7), **before** any rule of yours is
looked at. The SYNC network most often is such a one, so that neither states nor the configuration get through. Netgate says to check neither
this nor "Block bogon networks" there.

Where the address of the interface is not private, on the member of a bridge, with pf turned off, and for bogon networks, it is only needless, and told as an information; on an interface with a
gateway, which leads to the Internet, it is not told then.

Source: Netgate's documentation, "High Availability Configuration Example" (SYNC interface); pfSense \`src/etc/inc/filter.inc\`.`,
  fix: 'Takes the flag off, on an interface without a gateway.',
  messages: {
    blocks: '{interface} blocks private networks, and its own is one: what the other node sends is dropped.',
    needless: '{interface} blocks {what} networks, which the SYNC interface should not.',
  },
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet><blockpriv></blockpriv></opt1>
		                                                                                                                  ^^^^^^^^^ warning: SYNC (opt1) blocks private networks, and its own is one: what the other node sends is dropped.
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
    if (!one?.isEnabled || !node.query(readHaSync).isPfsyncEnabled) return;
    const hasGateway = readText(node, one.element, 'gateway') !== undefined;
    for (const flag of ['blockpriv', 'blockbogons'] as const) {
      const element = one.element.child(flag);
      if (!element) continue;
      const isBlocked =
        flag === 'blockpriv' && one.ipv4 !== undefined && blocksAsPrivate(node, one, one.ipv4.address.value);
      if (!isBlocked && hasGateway) continue;
      const what = flag === 'blockpriv' ? 'private' : 'bogon';
      const place = {
        at: element.namePlace,
        fixes: () =>
          hasGateway
            ? []
            : [
                {
                  title: `Stop blocking ${what} networks on ${interfaceName(node, one.key)}`,
                  applicability: 'suggestion' as const,
                  edits: [{ document: node.document, edits: [removeElement(element)] }],
                },
              ],
      };
      const name = interfaceName(node, one.key);
      if (isBlocked) yield { ...place, message: 'blocks', data: { interface: name } };
      else yield { ...place, message: 'needless', severity: 'info', data: { interface: name, what } };
    }
  },
});
