import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, haSyncPlace, pfsyncInterfaceFault, readHaSync, setHaSync } from '../../model/hasync.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { isPacketFilterOff } from '../../model/packetFilter.ts';
import type { Read } from '../../model/read.ts';
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

Off on both nodes may be a decision, for example where the nodes have different NICs: then it is a warning, on the primary. With
pf turned off on both there are no states, and nothing is said.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/usr/local/www/system_hasync.php\`,
\`src/etc/inc/interfaces.inc\` (interfaces_sync_setup).`,
  fix: "Turns pfsync on; where the node has no interface chosen for it, the other node's is taken along if the node has that interface. Peers that are wrong are set right with it.",
  messages: {
    one: 'pfsync is off on the {here}, but enabled on the {there}: connections do not survive a fail-over.',
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
	 ^^^^^^ error: pfsync is off on the secondary, but enabled on the primary: connections do not survive a fail-over.
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
      if (isPacketFilterOff(primary) && isPacketFilterOff(secondary)) return;
      const at = haSyncPlace(here, 'pfsyncenabled');
      if (at) yield { at, message: 'both', severity: 'warning', fixes: () => turnOn({ off: [primary, secondary] }) };
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
      fixes: () => turnOn({ off: [off], on }),
    };
  },
});

/**
 * Turns pfsync on; the interface of `on` is taken where the node has chosen none. Peers that are wrong, which nobody has
 * noticed while pfsync was off, are mended with it. No fix where no interface is chosen, where the nodes would use
 * different ones, or one that cannot carry it (`pfsync-interface-invalid`).
 */
function turnOn({ off, on }: { readonly off: readonly Config[]; readonly on?: Config }): Fix[] {
  const configs = on ? [...off, on] : off;
  const example = on?.query(readHaSync).pfsyncInterface?.value;
  const keys = configs.map(config => {
    const own = config.query(readHaSync).pfsyncInterface?.value;
    if (own !== undefined || config === on || example === undefined) return own;
    return config.query(readInterfaces).has(example) ? example : undefined;
  });
  const [key] = keys;
  if (key === undefined || keys.some(each => each !== key)) return [];
  if (configs.some(config => pfsyncInterfaceFault(config, key))) return [];
  const hasPeer = configs.some(config => config.query(readHaSync).pfsyncPeer);
  const peers: string[] = [];
  const edits = configs.flatMap((config, i) => {
    const sync = config.query(readHaSync);
    const other = configs[1 - i];
    const peer = hasPeer && other ? wantedPeer(sync.pfsyncPeer, pfsyncAddressOn(other, key)) : undefined;
    if (peer !== undefined) peers.push(peer);
    const values = {
      ...(config !== on && { pfsyncenabled: 'on' }),
      ...(peer !== undefined && { pfsyncpeerip: peer }),
      ...(config !== on && !sync.pfsyncInterface && { pfsyncinterface: key }),
    };
    return Object.keys(values).length > 0 ? [{ document: config.document, edits: setHaSync(config, values) }] : [];
  });
  // A peer that is none and that cannot be mended (`pfsync-peer-invalid`) is for a person to settle first.
  const isUnmended = peers.length === 0 && configs.some(config => isNoAddress(config.query(readHaSync).pfsyncPeer));
  if (isUnmended || edits.some(each => each.edits.length === 0)) return [];
  const nodes = off.length > 1 ? ' on both nodes' : '';
  const more = peers.length > 0 ? `, with the ${peers.length > 1 ? 'peers' : 'peer'} ${peers.join(' and ')}` : '';
  return [{ title: `Turn pfsync on${nodes}${more}`, applicability: 'suggestion', edits }];
}

/** The peer that a node must have in place of what it has; absent where that is right, or cannot be told. */
function wantedPeer(peer: Read<string> | undefined, expected: Address | undefined): string | undefined {
  if (expected?.family !== 4) return undefined;
  const written = addressOf(peer);
  if (written && sameAddress(written.value, expected)) return undefined;
  return formatAddress(expected);
}

function isNoAddress(peer: Read<string> | undefined): boolean {
  return peer !== undefined && !addressOf(peer);
}

/** The address by which a node is reached on an interface; absent where it is not static or the interface is disabled. */
function pfsyncAddressOn(config: Config, key: string): Address | undefined {
  const one = config.query(readInterfaces).get(key);
  return one?.isEnabled ? one.ipv4?.address.value : undefined;
}

/** The root's name: where a section that is missing would have to be. */
function rootPlace({ document: { tree } }: Config): Place {
  const { root, spine } = tree;
  return { anchor: spine, from: (root?.start ?? 0) + 1 - spine.start, to: (root?.nameEnd ?? 1) - spine.start };
}
