import type { Config } from '../../model/config.ts';
import type { DhcpPool, DhcpRange } from '../../model/dhcp.ts';
import {
  formatStretch,
  rangeEdits,
  type SharedScope,
  sameStretch,
  sharedScopes,
  stretchOf,
  synchronisesDhcp,
} from '../../model/dhcpPools.ts';
import { isServable } from '../../model/dhcpTaken.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readVersion } from '../../model/version.ts';
import { dedented, insertChild, removeElement } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'dhcp-pool-mismatch',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Where fail-over is set up, both nodes have the same pools.',
  why: `Two DHCP servers in fail-over divide **one** pool between them and tell each other what they gave away. An address
that only one of them knows is never balanced, and after a fail-over nobody renews it: with ISC the pools stay in
\`recover\`, with Kea the partner refuses the lease.

Fail-over is set up where either node names a fail-over peer for the interface (ISC), or has high availability
enabled (Kea: \`kea/ha\`, for all interfaces). Without fail-over the opposite holds: see \`dhcp-pool-overlap\`. An interface
that is served on one node only says nothing.

Where the primary synchronises its DHCP settings, its pools replace the secondary's at its next save.

Source: Netgate's documentation, "DHCP failover"; pfSense \`src/etc/rc.filter_synchronize\`, \`src/etc/inc/services.inc\`.`,
  messages: {
    differs:
      'The pool of {interface} is {here} on the secondary and {there} on the primary; with fail-over both must be equal.',
    missing:
      'The secondary has no pool {there} on {interface}, which the primary has; with fail-over both must be equal.',
    extra: 'The primary has no pool {here} on {interface}, which the secondary has; with fail-over both must be equal.',
  },
  fix: "Copies the primary's pool to the secondary; the other way round where the primary's cannot be given away.",
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
			<failover_peerip>10.0.0.3</failover_peerip>
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
				<from>10.0.0.100</from>
				<to>10.0.0.150</to>
				    ^^^^^^^^^^ error: The pool of LAN is 10.0.0.100–10.0.0.150 on the secondary and 10.0.0.100–10.0.0.199 on the primary; with fail-over both must be equal.
			</range>
			<failover_peerip>10.0.0.2</failover_peerip>
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
				<to>10.0.0.199</to>
			</range>
			<failover_peerip>10.0.0.3</failover_peerip>
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
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
			<failover_peerip>10.0.0.2</failover_peerip>
		</lan>
	</dhcpd>
`,
  },
  *check({ primary, secondary }) {
    for (const shared of sharedScopes(primary, secondary)) {
      if (!shared.hasFailover) continue;
      const [there, here] = unmatched(shared);
      const name = interfaceName(secondary, shared.secondary.scope.key);
      const both = { primary, secondary, shared, name };
      for (let i = 0; i < Math.max(there.length, here.length); i++) {
        const report = compare(both, there[i], here[i]);
        if (report) yield report;
      }
    }
  },
});

interface Ranged {
  readonly pool: DhcpPool;
  readonly range: DhcpRange;
}

interface Both {
  readonly primary: Config;
  readonly secondary: Config;
  readonly shared: SharedScope;
  /** What messages call the interface. */
  readonly name: string;
}

/** The pools that only one node has, the primary's and the secondary's: the order of additional pools means nothing. */
function unmatched({ primary, secondary }: SharedScope): readonly [readonly Ranged[], readonly Ranged[]] {
  const [there, here] = [ranged(primary.scope.pools), ranged(secondary.scope.pools)];
  const only = (some: readonly Ranged[], others: readonly Ranged[]) =>
    some.filter(({ range }) => !others.some(other => sameStretch(stretchOf(range), stretchOf(other.range))));
  return [only(there, here), only(here, there)];
}

function ranged(pools: readonly DhcpPool[]): readonly Ranged[] {
  return pools.flatMap(pool => (pool.range ? [{ pool, range: pool.range }] : []));
}

function compare(both: Both, there: Ranged | undefined, here: Ranged | undefined) {
  if (there && here) return differing(both, there.range, here.range);
  if (there) return missing(both, there);
  return here && extra(both, here);
}

function differing(both: Both, there: DhcpRange, here: DhcpRange) {
  const differs = here.from.value.bits === there.from.value.bits ? 'to' : 'from';
  const wanted = formatStretch(stretchOf(there));
  return {
    at: here[differs].element.contentPlace,
    message: 'differs' as const,
    data: { interface: both.name, here: formatStretch(stretchOf(here)), there: wanted },
    related: [{ at: there[differs].element.contentPlace, message: `The primary's pool: ${wanted}.` }],
    fixes: () => equalise(both, there, here),
  };
}

/** The primary's pool to the secondary; the other way round where the primary's cannot be given away and the secondary's can. */
function equalise({ primary, secondary, shared }: Both, there: DhcpRange, here: DhcpRange): Fix[] {
  const [theirs, ours] = [stretchOf(there), stretchOf(here)];
  if (isServable({ node: secondary, peer: primary, served: shared.secondary }, theirs)) {
    return [
      {
        title: `Set the pool to ${formatStretch(theirs)} on the secondary`,
        // The sync would do the same; without one, the secondary's pool may be the one that is meant.
        applicability: synchronisesDhcp(primary) ? 'safe' : 'suggestion',
        edits: [{ document: secondary.document, edits: rangeEdits(secondary, here, theirs) }],
      },
    ];
  }
  if (!isServable({ node: primary, peer: secondary, served: shared.primary }, ours)) return [];
  return [
    {
      title: `Set the pool to ${formatStretch(ours)} on the primary`,
      applicability: 'suggestion',
      edits: [{ document: primary.document, edits: rangeEdits(primary, there, ours) }],
    },
  ];
}

function missing(both: Both, only: Ranged) {
  const wanted = formatStretch(stretchOf(only.range));
  return {
    at: both.shared.secondary.scope.element.namePlace,
    message: 'missing' as const,
    data: { interface: both.name, there: wanted },
    related: [{ at: only.range.from.element.contentPlace, message: `The primary's pool: ${wanted}.` }],
    fixes: () => copy(both, only),
  };
}

/** An additional pool as it is written, which only a file of the same encoding reads in the same way. */
function copy({ primary, secondary, shared }: Both, { pool, range }: Ranged): Fix[] {
  if (pool.element.is(shared.primary.scope.element)) return [];
  if (primary.query(readVersion).entities !== secondary.query(readVersion).entities) return [];
  if (!isServable({ node: secondary, peer: primary, served: shared.secondary }, stretchOf(range))) return [];
  const child = { source: dedented(pool.element), after: ['pool', 'range'] };
  return [
    {
      title: `Copy the pool ${formatStretch(stretchOf(range))} to the secondary`,
      applicability: synchronisesDhcp(primary) ? 'safe' : 'suggestion',
      edits: [{ document: secondary.document, edits: [insertChild(shared.secondary.scope.element, child)] }],
    },
  ];
}

function extra({ secondary, shared, name }: Both, { pool, range }: Ranged) {
  const isAdditional = !pool.element.is(shared.secondary.scope.element);
  const title = `Remove the pool ${formatStretch(stretchOf(range))} from the secondary`;
  return {
    at: range.from.element.contentPlace,
    message: 'extra' as const,
    data: { interface: name, here: formatStretch(stretchOf(range)) },
    related: [{ at: shared.primary.scope.element.namePlace, message: "The primary's DHCP server." }],
    fixes: (): Fix[] =>
      isAdditional
        ? [
            {
              title,
              applicability: 'dangerous',
              edits: [{ document: secondary.document, edits: [removeElement(pool.element)] }],
            },
          ]
        : [],
  };
}
