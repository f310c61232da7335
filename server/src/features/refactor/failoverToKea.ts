import type { Config } from '../../model/config.ts';
import { readDhcpBackend } from '../../model/dhcp.ts';
import { haveEqualPools, readServedScopes } from '../../model/dhcpPools.ts';
import { knowsKeaHa, readRunningKeaHas } from '../../model/keaHa.ts';
import { planKeaHa } from '../../model/keaHaSetup.ts';
import { insertSection, setText } from '../../model/write.ts';
import { mergedEdits } from '../../syntax/edits.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { editsOf, elementAsked, type Offer, type Refactoring } from './refactoring.ts';

/**
 * Makes a pair whose DHCP servers share their leases by ISC's fail-over do so by Kea's high availability: the backend, the
 * two ends on the SYNC interface, a rule that lets each other in, and no fail-over peers, which Kea does not read (facts.md
 * §2.5).
 */
export const failoverToKea: Refactoring = {
  kind: 'refactor.rewrite',
  offers: question => {
    const { config, peer, role } = question.snapshot;
    const section = elementAsked(question)?.branch.nameAt(0);
    if (!peer || !role || (section !== 'dhcpd' && section !== 'dhcpbackend')) return [];
    const [primary, secondary] = role === 'primary' ? [config, peer] : [peer, config];
    if (![primary, secondary].every(hasFailover)) return [];
    return offersOf(primary, secondary);
  },
};

const title = 'Convert ISC DHCP fail-over to Kea’s high availability, on both nodes';

function offersOf(primary: Config, secondary: Config): readonly Offer[] {
  if (!haveEqualPools({ primary, secondary })) {
    return [
      { title, refusal: 'Kea’s high availability divides one pool, and the two nodes do not have the same pools.' },
    ];
  }
  const plan = planKeaHa(primary, secondary);
  if (!plan) {
    const refusal =
      'The host names and the SYNC addresses of the two nodes have to tell them apart, and no high availability may be set up by half.';
    return [{ title, refusal }];
  }
  const edits = () =>
    plan.nodes.flatMap(({ config, edits: own }) =>
      editsOf(config, mergedEdits([...own, ...backendEdits(config), ...peerEdits(config)])),
    );
  return [{ title, edits }];
}

/** Whether the node runs ISC's server with a fail-over peer, on a release that could run Kea with high availability. */
function hasFailover(config: Config): boolean {
  if (config.query(readDhcpBackend).value !== 'isc' || !knowsKeaHa(config)) return false;
  if (config.query(readRunningKeaHas).length > 0) return false;
  return [...config.query(readServedScopes).values()].some(({ scope }) => scope.failoverPeer !== undefined);
}

function backendEdits(config: Config): readonly TextEdit[] {
  const { element } = config.query(readDhcpBackend);
  if (element) return [setText(config, element, 'kea')];
  const inserted = insertSection(config, '<dhcpbackend>kea</dhcpbackend>');
  return inserted ? [inserted] : [];
}

function peerEdits(config: Config): readonly TextEdit[] {
  const scopes = config.top('dhcpd')?.children() ?? [];
  return scopes
    .flatMap(scope => scope.child('failover_peerip') ?? [])
    .filter(peer => config.text(peer) !== '')
    .map(peer => setText(config, peer, ''));
}
