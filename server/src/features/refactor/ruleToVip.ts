import { type Address, formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readOutboundNat } from '../../model/outboundNat.ts';
import { targetEdits } from '../../model/outboundNatEdits.ts';
import { isFromAnywhere, ownAddressRules } from '../../model/outboundTargets.ts';
import { ownDestination, redirect } from '../../model/ownDestinations.ts';
import { peerElementOf } from '../../model/peerElement.ts';
import { readNatPeer } from '../../model/portForwards.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { editsOf, itemAsked, type Offer, type Question, type Refactoring } from './refactoring.ts';

/** A rule as it can be given a CARP VIP in place of an interface's own address. */
interface Conversion {
  readonly interfaceKey: string;
  readonly address: Address;
  readonly edits: readonly TextEdit[];
}

type Reader = (nodes: Nodes, rule: Element) => readonly Conversion[];

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

/**
 * Makes a rule that names an interface's own address, which stays with its node, name the CARP VIP that moves with the
 * master: the destination of firewall rules and port forwards, and the target of outbound NAT.
 */
export const ruleToVip: Refactoring = {
  kind: 'refactor.rewrite',
  offers: question => {
    for (const [path, read] of Object.entries(readers)) {
      const rule = itemAsked(question, path);
      if (rule) return offersOf(question, rule, read);
    }
    return [];
  },
};

const readers: Readonly<Record<string, Reader>> = {
  'filter/rule': destinations,
  'nat/rule': destinations,
  'nat/outbound/rule': targets,
};

function offersOf({ snapshot: { config, peer } }: Question, rule: Element, read: Reader): readonly Offer[] {
  const same = peer && peerElementOf(rule, { node: config, peer });
  const there = peer && same ? read({ node: peer, peer: config }, same) : [];
  return read({ node: config, peer }, rule).flatMap(({ interfaceKey, address, edits }) => {
    const title = `Use the CARP VIP ${formatAddress(address)} instead of ${interfaceName(config, interfaceKey)}'s own address`;
    const own = editsOf(config, edits);
    const other = there.find(each => formatAddress(each.address) === formatAddress(address));
    const offer: Offer = { title, edits: () => own };
    if (!peer || !other) return [offer];
    return [offer, { title: `${title}, on both nodes`, edits: () => [...own, ...editsOf(peer, other.edits)] }];
  });
}

function destinations(nodes: Nodes, rule: Element): readonly Conversion[] {
  const { node } = nodes;
  const { value, isInverted } = readNatPeer(node, rule.child('destination'));
  if (!value || isInverted) return [];
  const family = familyOf(node.text(rule.child('ipprotocol')));
  const own = ownDestination(nodes, value.value, family);
  return (
    (own?.vips ?? [])
      // A rule for both families names no address of one (firewall_rules_edit.php).
      .filter(({ address }) => family === address.family)
      .map(({ address }) => ({ interfaceKey: own!.key, address, edits: [redirect(node, value, address)] }))
  );
}

function familyOf(text: string): 4 | 6 | 'both' {
  if (text === 'inet46') return 'both';
  return text === 'inet6' ? 6 : 4;
}

/** A rule for any source is left alone: with a VIP as its target the backup's own connections would break. */
function targets({ node, peer }: Nodes, rule: Element): readonly Conversion[] {
  const { rules } = node.query(readOutboundNat);
  if (!rules.some(each => each.element.is(rule))) return [];
  const found = ownAddressRules(node, peer).find(each => each.rule.element.is(rule));
  if (!found || isFromAnywhere(found.rule)) return [];
  return found.vips.map(({ address }) => ({
    interfaceKey: found.outbound.interface.key,
    address,
    edits: targetEdits(node, found.rule, address),
  }));
}
