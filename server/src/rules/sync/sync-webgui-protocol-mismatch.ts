import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import { valuePlace } from '../../model/read.ts';
import { readWebGui, type WebGui } from '../../model/webgui.ts';
import { setChildText, setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-webgui-protocol-mismatch',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'The GUI uses the same protocol on both nodes.',
  why: `The configuration sync talks to the other node's GUI, and pfSense has no setting for how: it takes the protocol and the port of
**its own** GUI. Where one node has \`http\` and the other \`https\`, the primary speaks the wrong one and nothing is synchronised.

The rule is silent where the primary synchronises to nobody, where a protocol is not written, and for a primary with
\`http\` on port 443, which sends by \`https\` all the same.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements); pfSense \`src/etc/inc/xmlrpc_client.inc\`,
\`src/etc/inc/system.inc\` (system_webgui_start).`,
  fix: 'Sets https on the node that has http; the primary is given the port of the secondary along with it.',
  messages: {
    differs:
      "The secondary's GUI uses {secondary}, the primary's {primary}: the configuration sync takes the primary's and does not get through.",
  },
  examples: {
    wrong: `
--- primary.xml
	<system>
		<webgui><protocol>https</protocol><port></port></webgui>
	</system>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<system>
		<webgui><protocol>http</protocol><port></port></webgui>
		                  ^^^^ error: The secondary's GUI uses http, the primary's https: the configuration sync takes the primary's and does not get through.
	</system>
`,
    right: `
--- primary.xml
	<system>
		<webgui><protocol>https</protocol><port></port></webgui>
	</system>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<system>
		<webgui><protocol>https</protocol><port></port></webgui>
	</system>
`,
  },
  *check({ primary, secondary }) {
    if (!primary.query(readHaSync).synchronizeToIp) return;
    const [here, there] = [primary.query(readWebGui), secondary.query(readWebGui)];
    if (!here.protocol || !there.protocol || here.protocol.value === there.protocol.value) return;
    if (here.protocol.value === 'http' && here.port?.value === 443) return;
    yield {
      at: valuePlace(there.protocol.element),
      message: 'differs',
      data: { primary: here.protocol.value, secondary: there.protocol.value },
      related: [{ at: valuePlace(here.protocol.element), message: `The primary's GUI uses ${here.protocol.value}.` }],
      fixes: () => encrypt({ primary, secondary }),
    };
  },
});

/** To go by http would send the sync's password in the clear, so that https is what both are given. */
function encrypt({ primary, secondary }: { readonly primary: Config; readonly secondary: Config }): Fix[] {
  const [here, there] = [primary.query(readWebGui), secondary.query(readWebGui)];
  if (there.protocol?.value === 'http') {
    const edits = [setText(secondary, there.protocol.element, 'https')];
    return [
      {
        title: 'Set https for the GUI of the secondary',
        applicability: 'dangerous',
        edits: [{ document: secondary.document, edits }],
      },
    ];
  }
  if (!here.protocol || !here.element) return [];
  const port = portText(secondary, there);
  const edits = [setText(primary, here.protocol.element, 'https')];
  // What listens on the primary's port now would keep it, and then the ports would differ.
  if (port !== portText(primary, here)) {
    edits.push(setChildText(primary, here.element, { name: 'port', text: port, after: ['protocol'] }));
  }
  return [
    {
      title: `Set https${edits.length > 1 ? ` and port ${there.effectivePort}` : ''} for the GUI of the primary`,
      applicability: 'dangerous',
      edits: [{ document: primary.document, edits }],
    },
  ];
}

function portText(config: Config, { element }: WebGui): string {
  return config.text(element?.child('port'));
}
