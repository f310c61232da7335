import type { Config } from '../../model/config.ts';
import { haSyncPlace, readHaSync, setHaSync } from '../../model/hasync.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import type { Place } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'pfsync-disabled',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: 'State synchronisation (pfsync) is on, on both nodes.',
  why: `pfsync tells the other node of every connection that passes the firewall. It has to be on **on both**: a node that
does not listen knows no connection of its peer, and at a fail-over each of them breaks (and again at the way back). It is
never synchronised, so it is easily forgotten on the secondary.

Off on both nodes may be a decision, for example where the nodes have different NICs: then it is a warning, on the primary.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/usr/local/www/system_hasync.php\`,
\`src/etc/inc/interfaces.inc\` (interfaces_sync_setup).`,
  fix: "Turns pfsync on; where the node has no interface chosen for it, the other node's is taken along if the node has that interface.",
  messages: {
    one: 'pfsync is off on the {here}, but on on the {there}: connections do not survive a fail-over.',
    both: 'pfsync is off on both nodes: connections do not survive a fail-over.',
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
	 ^^^^^^ error: pfsync is off on the secondary, but on on the primary: connections do not survive a fail-over.
		<pfsyncinterface>opt1</pfsyncinterface>
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
    if (here.isPfsyncEnabled && there.isPfsyncEnabled) return;
    if (!here.isPfsyncEnabled && !there.isPfsyncEnabled) {
      const at = haSyncPlace(here, 'pfsyncenabled');
      if (at) yield { at, message: 'both', severity: 'warning', fixes: () => turnOn([primary, secondary]) };
      return;
    }
    const [off, on] = here.isPfsyncEnabled ? [secondary, primary] : [primary, secondary];
    const [name, other] = here.isPfsyncEnabled ? ['secondary', 'primary'] : ['primary', 'secondary'];
    const at = haSyncPlace(off.query(readHaSync), 'pfsyncenabled') ?? rootPlace(off);
    const onPlace = haSyncPlace(on.query(readHaSync), 'pfsyncenabled');
    yield {
      at,
      message: 'one',
      data: { here: name, there: other },
      related: onPlace ? [{ at: onPlace, message: `On the ${other} pfsync is on.` }] : [],
      fixes: () => turnOn([off], on),
    };
  },
});

/** Turns pfsync on; the interface of `example` is taken where a node has chosen none. */
function turnOn(configs: readonly Config[], example?: Config): Fix[] {
  const key = example?.query(readHaSync).pfsyncInterface?.value;
  const edits = configs.map(config => {
    const lacks = config.query(readHaSync).pfsyncInterface === undefined;
    const takes = lacks && key !== undefined && config.query(readInterfaces).has(key);
    const values = { pfsyncenabled: 'on', ...(takes && { pfsyncinterface: key }) };
    return { document: config.document, edits: setHaSync(config, values) };
  });
  if (edits.some(each => each.edits.length === 0)) return [];
  const title = configs.length > 1 ? 'Turn pfsync on on both nodes' : 'Turn pfsync on';
  return [{ title, applicability: 'suggestion', edits }];
}

/** The root's name: where a section that is missing would have to be. */
function rootPlace({ document: { tree } }: Config): Place {
  const { root, spine } = tree;
  return { anchor: spine, from: (root?.start ?? 0) + 1 - spine.start, to: (root?.nameEnd ?? 1) - spine.start };
}
