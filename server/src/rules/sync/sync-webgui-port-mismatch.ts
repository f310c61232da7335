import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import { childPlace } from '../../model/read.ts';
import { readWebGui, type WebGui } from '../../model/webgui.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-webgui-port-mismatch',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'The GUI listens on the same port on both nodes.',
  why: `The configuration sync connects to the other node's GUI at the port of **its own** GUI; there is no setting for another one. Where
the secondary listens elsewhere, nothing is synchronised. No port means the protocol's own: 443 for \`https\`, 80 for \`http\`.

The rule is silent where the primary synchronises to nobody. Where the protocols differ too, which
\`sync-webgui-protocol-mismatch\` tells, only ports that do not come from the protocol are compared.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements); pfSense \`src/etc/inc/xmlrpc_client.inc\`.`,
  fix: "Sets the primary's port on the secondary.",
  messages: {
    differs:
      "The secondary's GUI listens on port {secondary}; the configuration sync connects to {primary}, the port of the primary's.",
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
		<webgui><protocol>https</protocol><port>8443</port></webgui>
		                                        ^^^^ error: The secondary's GUI listens on port 8443; the configuration sync connects to 443, the port of the primary's.
	</system>
`,
    right: `
--- primary.xml
	<system>
		<webgui><protocol>https</protocol><port>8443</port></webgui>
	</system>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<system>
		<webgui><protocol>https</protocol><port>8443</port></webgui>
	</system>
`,
  },
  *check({ primary, secondary }) {
    if (!primary.query(readHaSync).synchronizeToIp) return;
    const [here, there] = [primary.query(readWebGui), secondary.query(readWebGui)];
    const [mine, theirs] = [portOf(primary, here, here), portOf(secondary, there, here)];
    if (mine === undefined || theirs === undefined || mine === theirs) return;
    if (!here.element || !there.element) return;
    yield {
      at: childPlace(there.element, 'port'),
      message: 'differs',
      data: { primary: mine, secondary: theirs },
      related: [{ at: childPlace(here.element, 'port'), message: `The primary's GUI listens on port ${mine}.` }],
      fixes: () => setPort({ primary, secondary }, mine),
    };
  },
});

/** The port that a GUI listens on, or would with the primary's protocol; absent where the file does not tell. */
function portOf(config: Config, gui: WebGui, { protocol }: WebGui): number | undefined {
  if (gui.port) return gui.port.value;
  if (!protocol || config.text(gui.element?.child('port')) !== '') return undefined;
  return protocol.value === 'https' ? 443 : 80;
}

function setPort(nodes: { readonly primary: Config; readonly secondary: Config }, port: number): Fix[] {
  const { primary, secondary } = nodes;
  const [here, there] = [primary.query(readWebGui), secondary.query(readWebGui)];
  if (!there.element) return [];
  const text = here.port ? String(here.port.value) : '';
  const edits = [setChildText(secondary, there.element, { name: 'port', text, after: ['protocol'] })];
  return [
    {
      title: `Set port ${port} for the GUI of the secondary`,
      applicability: 'suggestion',
      edits: [{ document: secondary.document, edits }],
    },
  ];
}
