import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { formatAddress, formatSubnet } from './address.ts';
import type { Config } from './config.ts';
import { type InternalNetwork, readInternalNetworks } from './internalNetworks.ts';
import { type OutboundRule, readOutboundNat } from './outboundNat.ts';
import { insertBefore, type Translation, targetEdits, translationSources } from './outboundNatEdits.ts';
import { tooWideRules } from './outboundSources.ts';
import {
  type CarpAddress,
  isFromAnywhere,
  isSentByNodes,
  type OutboundInterface,
  ownAddressRules,
  readOutboundInterfaces,
  takesAllOf,
} from './outboundTargets.ts';
import { insertChild, insertSection, setText } from './write.ts';

/** An interface through which connections leave with the node's own address, because no rule says otherwise. */
export interface Untranslated {
  readonly outbound: OutboundInterface;
  /** The first IPv4 CARP VIP: the one to leave with. Automatic NAT knows no IPv6. */
  readonly vip: CarpAddress;
}

/**
 * Where the automatic rules alone decide: in automatic mode on every interface, in hybrid mode on those for which no rule
 * of the file counts that takes more than the nodes' own connections. Empty where no internal network is translated.
 */
export function untranslated(config: Config, peer: Config | undefined): readonly Untranslated[] {
  const { mode, rules } = config.query(readOutboundNat);
  if ((mode !== 'automatic' && mode !== 'hybrid') || config.query(readInternalNetworks).length === 0) return [];
  return [...config.query(readOutboundInterfaces).values()].flatMap(outbound => {
    const vip = outbound.vips.find(each => each.address.family === 4);
    const counts = (rule: OutboundRule) =>
      !rule.isDisabled &&
      rule.interface?.value === outbound.interface.key &&
      !isSentByNodes({ config, peer }, rule, outbound);
    return vip && (mode === 'automatic' || !rules.some(counts)) ? [{ outbound, vip }] : [];
  });
}

/** What a fix does to one file, and what it may say of it. */
export interface OutboundPlan {
  readonly config: Config;
  readonly edits: readonly TextEdit[];
  /** `10.0.0.0/24 to 192.0.2.1 on WAN`; empty where the rules are there and only the mode is wrong. */
  readonly summary: string;
}

/**
 * Translates the internal networks to the CARP VIPs: mode hybrid, the missing rules behind those which are there, and the
 * CARP VIP in those which would count then and name the node's own address. Absent where nothing is to be done, and where a
 * rule would begin to count that gives the nodes' own connections the VIP.
 */
export function planTranslation(config: Config, peer: Config | undefined): OutboundPlan | undefined {
  const wanted = untranslated(config, peer);
  if (wanted.length === 0) return undefined;
  const { mode, rules } = config.query(readOutboundNat);
  // In automatic mode the file's rules sleep, and one that a person must look at first is not to be woken.
  if (mode === 'automatic' && tooWideRules(config).length > 0) return undefined;
  const own = ownAddressRules(config, peer);
  // Rules that take everything stay as they are; what is added above them leaves them the nodes' own connections.
  const catchAll = own.map(({ rule }) => rule).filter(isFromAnywhere);
  const translations = wanted.flatMap(({ outbound, vip }) => {
    const present = rules.filter(rule => rule.interface?.value === outbound.interface.key && !catchAll.includes(rule));
    return config
      .query(readInternalNetworks)
      .filter(({ subnet }) => !present.some(rule => takesAllOf(config, rule, subnet)))
      .map((network): Translation => ({ network, interface: outbound.interface, address: vip.address }));
  });
  const repointed = own.filter(({ rule }) => !isFromAnywhere(rule));
  const sources = translations.flatMap(translation => translationSources(config, translation));
  const edits = [
    ...repointed.flatMap(({ rule, vips }) => targetEdits(config, rule, vips[0].address)),
    ...modeAndRules(config, { sources, before: catchAll[0]?.element }),
  ];
  return edits.length === 0 ? undefined : { config, edits, summary: summarise(translations) };
}

/** What a plan does, as a verb phrase: `Switch outbound NAT to hybrid and translate 10.0.0.0/24 to 192.0.2.1 on WAN`. */
export function translationTitle({ config, summary }: OutboundPlan): string {
  const isHybrid = config.query(readOutboundNat).mode === 'hybrid';
  const steps = [isHybrid ? '' : 'switch outbound NAT to hybrid', summary && `translate ${summary}`];
  const title = steps.filter(Boolean).join(' and ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The rules that make the networks leave with the VIP of one interface, above the rule that takes everything. */
export function planAbove(config: Config, rule: OutboundRule, through: Untranslated): OutboundPlan {
  const translations = config.query(readInternalNetworks).map(
    (network): Translation => ({
      network,
      interface: through.outbound.interface,
      address: through.vip.address,
    }),
  );
  const sources = translations.flatMap(translation => translationSources(config, translation));
  return { config, edits: [insertBefore(rule.element, sources)], summary: summarise(translations) };
}

interface Additions {
  readonly sources: readonly string[];
  /** The rule above which the new ones must stand; at the end where there is none. */
  readonly before: Element | undefined;
}

function modeAndRules(config: Config, { sources, before }: Additions): TextEdit[] {
  const { element, mode, modeElement } = config.query(readOutboundNat);
  if (element && modeElement) {
    const modes = mode === 'hybrid' ? [] : [setText(config, modeElement, 'hybrid')];
    if (sources.length === 0) return modes;
    const added = before ? insertBefore(before, sources) : insertChild(element, { source: sources.join('\n') });
    return [...modes, added];
  }
  const source = ['<mode>hybrid</mode>', ...sources].join('\n');
  if (element) {
    const [first] = element.children();
    return [first && before ? insertBefore(first, [source]) : insertChild(element, { source })];
  }
  const outbound = `<outbound>\n\t${source.replace(/\n/g, '\n\t')}\n</outbound>`;
  const nat = config.top('nat');
  if (nat) return [insertChild(nat, { source: outbound })];
  const section = insertSection(config, `<nat>\n\t${outbound.replace(/\n/g, '\n\t')}\n</nat>`);
  return section ? [section] : [];
}

function summarise(translations: readonly Translation[]): string {
  const networks = unique(translations.map(({ network }) => network));
  const targets = [
    ...new Set(translations.map(({ address, interface: to }) => `${formatAddress(address)} on ${to.title}`)),
  ];
  if (networks.length === 0) return '';
  const what =
    networks.length > 2 ? `${networks.length} networks` : networks.map(each => formatSubnet(each.subnet)).join(' and ');
  return `${what} to ${targets.join(' and ')}`;
}

function unique(networks: readonly InternalNetwork[]): readonly InternalNetwork[] {
  return [...new Set(networks)];
}
