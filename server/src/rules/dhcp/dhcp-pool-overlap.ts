import { formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type DhcpPool, type DhcpRange, readDhcpBackend } from '../../model/dhcp.ts';
import {
  formatStretch,
  intersection,
  longestBeside,
  rangeEdits,
  type ServedScope,
  type SharedScope,
  type Stretch,
  sameStretch,
  sharedScopes,
  stretchOf,
  synchronisesDhcp,
} from '../../model/dhcpPools.ts';
import { isServable } from '../../model/dhcpTaken.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { carpScopesWithoutHa } from '../../model/keaWithoutHa.ts';
import { makesDhcpPrimary, readCarpVips } from '../../model/virtualIps.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'dhcp-pool-overlap',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Without fail-over no address is in the pools of both nodes.',
  why: `Two DHCP servers on one network that know nothing of each other both answer a client, and each gives away the addresses
of its own pool. An address that is in both pools ends up with two clients.

Either the servers agree with each other, or they share no address:

- ISC DHCP: a fail-over peer on the interface, on both nodes. Then the pools must be **equal** (\`dhcp-pool-mismatch\`).
- Kea: high availability for all interfaces (\`kea/ha\`), on both nodes. A fail-over peer does nothing there.
- Or the network's pool is split between the nodes, which works only while DHCP settings are not synchronised.

An interface that is served on one node only says nothing, nor does a pool that gives no address to unknown clients. Where both nodes
serve a network with CARP VIPs by Kea, from pfSense 2.8 on, \`kea-ha-missing\` tells of it.

Source: Netgate's documentation, "DHCP failover"; pfSense \`src/etc/inc/services.inc\`.`,
  messages: {
    overlap:
      'The pools of {interface} overlap: both nodes give away {common}, and no fail-over is set up between them.',
  },
  fix: "Sets up ISC's fail-over on both nodes where the interface has a CARP VIP, or, where DHCP is not synchronised, splits the pool.",
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
		</lan>
	</dhcpd>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.150</from>
				      ^^^^^^^^^^ error: The pools of LAN overlap: both nodes give away 10.0.0.150–10.0.0.199, and no fail-over is set up between them.
				<to>10.0.0.249</to>
			</range>
		</lan>
	</dhcpd>
`,
    right: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.149</to>
			</range>
		</lan>
	</dhcpd>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.150</from>
				<to>10.0.0.249</to>
			</range>
		</lan>
	</dhcpd>
`,
  },
  *check({ primary, secondary }) {
    const told = new Set(carpScopesWithoutHa(primary, secondary).map(({ primary: { scope } }) => scope.key));
    for (const shared of sharedScopes(primary, secondary)) {
      if (shared.hasFailover || told.has(shared.primary.scope.key)) continue;
      for (const here of openRanges(shared.secondary)) {
        const overlap = firstOverlap(here, openRanges(shared.primary));
        if (!overlap) continue;
        const { there, common } = overlap;
        yield {
          at: (common.from === here.from.value.bits ? here.from : here.to).element.contentPlace,
          message: 'overlap',
          data: { interface: interfaceName(secondary, shared.secondary.scope.key), common: formatStretch(common) },
          related: [
            {
              at: there.from.element.contentPlace,
              message: `The primary's pool: ${formatStretch(stretchOf(there))}.`,
            },
          ],
          fixes: () => {
            const nodes = { primary, secondary, shared };
            return [...failover(nodes), ...split(nodes, { there, here })];
          },
        };
      }
    }
  },
});

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
  readonly shared: SharedScope;
}

function openRanges({ scope }: ServedScope): readonly DhcpRange[] {
  return scope.pools.filter((pool: DhcpPool) => !pool.deniesUnknownClients).flatMap(pool => pool.range ?? []);
}

function firstOverlap(
  here: DhcpRange,
  others: readonly DhcpRange[],
): { readonly there: DhcpRange; readonly common: Stretch } | undefined {
  for (const there of others) {
    const common = intersection(stretchOf(there), stretchOf(here));
    if (common) return { there, common };
  }
  return undefined;
}

/** ISC's fail-over takes its roles from the CARP VIPs of the interface; without a fitting one both nodes would call themselves secondary. */
function failover({ primary, secondary, shared }: Nodes): Fix[] {
  const { key } = shared.primary.scope;
  const isIsc = [primary, secondary].every(node => node.query(readDhcpBackend).value === 'isc');
  const hasVip = primary
    .query(readCarpVips)
    .some(vip => vip.parent?.kind === 'interface' && vip.parent.key === key && makesDhcpPrimary(vip));
  const [there, ...more] = shared.primary.scope.pools;
  const [here, ...others] = shared.secondary.scope.pools;
  if (!isIsc || !hasVip || !there.range || !here.range || more.length + others.length > 0) return [];
  const pool = stretchOf(there.range);
  // A node cannot be its own peer; that both have one address is another rule's finding, and comes first.
  if (sameAddress(shared.primary.ipv4.address.value, shared.secondary.ipv4.address.value)) return [];
  if (!isServable({ node: secondary, peer: primary, served: shared.secondary }, pool)) return [];
  return [
    {
      title: `Set up fail-over for ${interfaceName(primary, key)} with the pool ${formatStretch(pool)} on both nodes`,
      applicability: 'suggestion',
      edits: [
        { document: primary.document, edits: [peerEdit(primary, shared.primary, shared.secondary)] },
        {
          document: secondary.document,
          edits: [...rangeEdits(secondary, here.range, pool), peerEdit(secondary, shared.secondary, shared.primary)],
        },
      ],
    },
  ];
}

function peerEdit(config: Config, own: ServedScope, other: ServedScope) {
  const text = formatAddress(other.ipv4.address.value);
  return setChildText(config, own.scope.element, { name: 'failover_peerip', text, after: ['range'] });
}

/** A split lasts only while the primary does not send its own pool to the secondary. */
function split(
  { primary, secondary }: Nodes,
  { there, here }: { readonly there: DhcpRange; readonly here: DhcpRange },
): Fix[] {
  if (synchronisesDhcp(primary)) return [];
  const [whole, own] = [stretchOf(there), stretchOf(here)];
  if (!sameStretch(whole, own)) {
    const rest = longestBeside(own, whole);
    return rest
      ? [
          {
            title: `Set the secondary's pool to ${formatStretch(rest)}`,
            applicability: 'suggestion',
            edits: [{ document: secondary.document, edits: rangeEdits(secondary, here, rest) }],
          },
        ]
      : [];
  }
  if (whole.from === whole.to) return [];
  const middle = (whole.from + whole.to) / 2n;
  const [first, second] = [
    { from: whole.from, to: middle },
    { from: middle + 1n, to: whole.to },
  ];
  return [
    {
      title: `Split the pool: ${formatStretch(first)} for the primary, ${formatStretch(second)} for the secondary`,
      applicability: 'suggestion',
      edits: [
        { document: primary.document, edits: rangeEdits(primary, there, first) },
        { document: secondary.document, edits: rangeEdits(secondary, here, second) },
      ],
    },
  ];
}
