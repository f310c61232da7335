import type { Config } from '../../model/config.ts';
import { haSyncPlace, readHaSync, setHaSync, wouldPfsyncPeersFit } from '../../model/hasync.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'pfsync-interface-mismatch',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: 'pfsync uses the same interface on both nodes.',
  why: `pfsync's messages are sent out of one interface and heard on one. Where the two nodes chose different keys, neither hears
the other, unless someone cabled the two networks together. Best is a network of its own, with nothing else in it.

Where pfsync is off on either node the rule is silent (\`pfsync-disabled\` is not).

Source: Netgate's documentation, "High Availability Settings" (pfsync).`,
  fix: "Sets the primary's interface on the secondary, where that has such an interface.",
  messages: {
    differs: 'pfsync uses {secondary} on the secondary, but {primary} on the primary.',
    missing: 'pfsync has no interface on the {here}; on the {there} it uses {interface}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
--- secondary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>wan</pfsyncinterface>
		                 ^^^ error: pfsync uses wan on the secondary, but opt1 on the primary.
	</hasync>
`,
    right: `
--- primary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
--- secondary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary.query(readHaSync), secondary.query(readHaSync)];
    if (!here.isPfsyncEnabled || !there.isPfsyncEnabled) return;
    const [one, other] = [here.pfsyncInterface, there.pfsyncInterface];
    if (one?.value === other?.value) return;
    const herePlace = haSyncPlace(here, 'pfsyncinterface');
    const therePlace = haSyncPlace(there, 'pfsyncinterface');
    if (!herePlace || !therePlace) return;
    if (one && other) {
      yield {
        at: therePlace,
        message: 'differs',
        data: { primary: interfaceName(primary, one.value), secondary: interfaceName(secondary, other.value) },
        related: [{ at: herePlace, message: `On the primary pfsync uses ${interfaceName(primary, one.value)}.` }],
        fixes: () => choose(secondary, { key: one.value, node: 'secondary', peer: primary }),
      };
    } else if (one) {
      yield {
        at: therePlace,
        message: 'missing',
        data: { here: 'secondary', there: 'primary', interface: interfaceName(primary, one.value) },
        related: [{ at: herePlace, message: `On the primary pfsync uses ${interfaceName(primary, one.value)}.` }],
        fixes: () => choose(secondary, { key: one.value, node: 'secondary', peer: primary }),
      };
    } else if (other) {
      yield {
        at: herePlace,
        message: 'missing',
        data: { here: 'primary', there: 'secondary', interface: interfaceName(secondary, other.value) },
        related: [
          { at: therePlace, message: `On the secondary pfsync uses ${interfaceName(secondary, other.value)}.` },
        ],
        fixes: () => choose(primary, { key: other.value, node: 'primary', peer: secondary }),
      };
    }
  },
});

interface Choice {
  readonly key: string;
  readonly node: string;
  readonly peer: Config;
}

/** Takes the interface of that key, where the node has it and no wrong pfsync peer comes to light with it. */
function choose(config: Config, { key, node, peer }: Choice): Fix[] {
  if (!config.query(readInterfaces).has(key) || !wouldPfsyncPeersFit({ node: config, peer }, key)) return [];
  const edits = setHaSync(config, { pfsyncinterface: key });
  const title = `Set ${interfaceName(config, key)} on the ${node}`;
  return [{ title, applicability: 'suggestion', edits: [{ document: config.document, edits }] }];
}
