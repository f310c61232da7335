import { formatSubnet } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { definitionDetail, interfaceAddresses } from '../../model/definitionDetails.ts';
import { interfaceName, readInterfaces, tunnelTitles } from '../../model/interfaces.ts';
import { readTargetSchema } from '../../model/outboundNat.ts';
import { readDynamicGateways } from '../../model/references/dynamicGateways.ts';
import { type Definition, definitionsOf, labelOf, type Slot, slotsAt } from '../../model/references/references.ts';
import { interfaceNetwork } from '../../schema/references/targets.ts';
import type { ReferenceKind, ReferenceTarget } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import { aliasTypesTaken, fits, fitsGateway, isBefore, mayNest } from './fitting.ts';
import { isSubsequence, mostItems } from './item.ts';
import type { Candidate, Writing } from './writing.ts';

/** What may be named there. */
export interface NamedValues {
  readonly candidates: readonly Candidate[];
  /** Whether some that what was typed cannot mean were left out. */
  readonly isCut: boolean;
}

/** What may be named there: aliases, interfaces, gateways, certificates …, and the words that pfSense gives a meaning. */
export function namedValues(writing: Writing): NamedValues {
  const slots = slotsAt(writing.snapshot.config, writing.element).filter(
    ({ slot }) => slot.field === undefined || slot.field === writing.index,
  );
  const names = slots.flatMap(slot => targetsOf(slot).map(target => namesOf(writing, slot, target)));
  return {
    candidates: [...names.flatMap(({ candidates }) => candidates), ...slots.flatMap(wordsOf)],
    isCut: names.some(({ isCut }) => isCut),
  };
}

/** A port forward leads to a host, and seldom to the firewall's own address, which the table has first. */
function targetsOf({ slot, source }: Slot): readonly ReferenceTarget[] {
  return source.items === 'nat/rule' && slot.at === 'target' ? [...slot.targets].reverse() : slot.targets;
}

const localhost = { lo0: 'Localhost' } as const;
/** The forms have L2TP clients as well, and pfSense leaves a rule with them out (filter.inc:filter_generate_address). */
const clients = { pppoe: 'PPPoE clients' } as const;
const networks = { '(self)': 'This firewall (self)', ...clients } as const;
const anyOrLocalhost = { any: 'Any', ...localhost } as const;
const allOrLocalhost = { all: 'All', ...localhost } as const;

/**
 * The words that pfSense's forms write beside names, with what the web interface calls them, by the place in the table of
 * references. What else that table knows to be no name, old releases wrote, or it means nothing there.
 */
export const offeredWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'filter/rule/interface': { ...tunnelTitles, any: 'Any, of a floating rule' },
  'filter/rule/source/network': networks,
  'filter/rule/destination/network': networks,
  'nat/rule/interface': tunnelTitles,
  'nat/rule/source/network': clients,
  'nat/rule/destination/network': networks,
  'nat/rule/associated-rule-id': { pass: 'Pass' },
  'nat/outbound/rule/interface': tunnelTitles,
  'nat/outbound/rule/source/network': { any: 'Any', '(self)': networks['(self)'] },
  'nat/onetoone/interface': tunnelTitles,
  'gateways/defaultgw4': { '-': 'None' },
  'gateways/defaultgw6': { '-': 'None' },
  'gateways/gateway_group/item': { address: 'Interface address' },
  'virtualip/vip/interface': localhost,
  'hasync/pfsyncinterface': { lo0: 'Loopback' },
  'unbound/active_interface': allOrLocalhost,
  'unbound/outgoing_interface': allOrLocalhost,
  'dnsmasq/interface': localhost,
  'ntpd/interface': localhost,
  'snmpd/bindip': localhost,
  'syslog/sourceip': localhost,
  'openvpn/openvpn-server/interface': anyOrLocalhost,
  'openvpn/openvpn-client/interface': anyOrLocalhost,
  'openvpn/openvpn-server/authmode': { 'Local Database': 'Local database' },
  'ipsec/phase1/interface': localhost,
  'ipsec/client/user_source': { 'Local Database': 'Local database' },
  'dhcpdv6/*/rainterface': { interface: 'The interface itself' },
  'dnshaper/queue/bandwidth/item/bwsched': { none: 'None' },
  'dnsupdates/dnsupdate/updatesource': { none: 'Do not specify', ...localhost },
  'dhcrelay/carpstatusvip': { none: 'None' },
  'dhcrelay6/carpstatusvip': { none: 'None' },
  'captiveportal/*/auth_server': { 'Local Auth - Local Database': 'Local database' },
  'captiveportal/*/auth_server2': { 'Local Auth - Local Database': 'Local database' },
  ...Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`system/dns${i + 1}gw`, { none: 'None' }])),
  'system/webgui/authmode': { 'Local Database': 'Local database' },
  'system/authserver/ldap_caref': { global: 'Global root CA list' },
};

function wordsOf({ slot, source }: Slot): readonly Candidate[] {
  const words = offeredWords[`${source.items}/${slot.at}`] ?? {};
  // Among the slots of one place some may be for other kinds of item: only an IP alias stands on lo0.
  const known = Object.entries(words).filter(([value]) => slot.words?.includes(value));
  return known.map(([value, title]) => ({ value, detail: () => title, kind: 'word' }));
}

function namesOf(writing: Writing, slot: Slot, target: ReferenceTarget): NamedValues {
  const { config } = writing.snapshot;
  const all = [...definitionsOf(config, target.kind).values()].flatMap(([first]) => first ?? []);
  const named = target.kind === 'alias' ? aliasesFor(writing, slot, all) : all;
  const meant = firstMeant(writing, named);
  const fitting = likeliestFirst(
    config,
    slot,
    meant.filter(each => fits(writing, slot, each)),
  );
  const made = target.kind === 'gateway' ? dynamicGateways(writing, slot) : [];
  return {
    candidates: [...fitting.flatMap(each => formsOf(writing, target, each)), ...made],
    isCut: meant.length < named.length,
  };
}

/**
 * Certificates of the sort that is meant before others, and those without a private key, which no form of pfSense offers
 * but to a user (certs.inc:cert_build_list), behind all.
 */
function likeliestFirst(config: Config, { source }: Slot, all: readonly Definition[]): readonly Definition[] {
  if (all[0]?.kind !== 'certificate') return all;
  const isOfUser = source.items === 'system/user';
  const wanted = isOfUser || source.items === 'openvpn/openvpn-client' ? 'user' : 'server';
  const rankOf = ({ element }: Definition) => {
    const text = (child: string) => config.text(element.child(child));
    return (text('type') === wanted ? 0 : 1) + (isOfUser || text('prv') !== '' ? 0 : 2);
  };
  return [...all].sort((one, other) => rankOf(one) - rankOf(other));
}

/** The gateways that pfSense makes of interfaces, which stand in the file only once somebody has saved them. */
function dynamicGateways(writing: Writing, slot: Slot): readonly Candidate[] {
  const { config } = writing.snapshot;
  // An interface that learns its gateway has none to be chosen.
  if (slot.source.items === 'interfaces/*') return [];
  return config
    .query(readDynamicGateways)
    .filter(({ name }) => fitsGateway(writing, slot, name))
    .map(({ name, interfaceKey }) => ({
      value: name,
      detail: () => `Dynamic, on ${interfaceName(config, interfaceKey)}`,
      kind: 'reference',
    }));
}

/** Of thousands of names those that what is typed can mean, and no more of them than are shown, but for one that tells of the rest. */
function firstMeant({ typed, others }: Writing, all: readonly Definition[]): readonly Definition[] {
  const [first] = all;
  if (!first || all.length <= mostItems || namelessKinds.has(first.kind)) return all;
  const found: Definition[] = [];
  for (const each of all) {
    if (isSubsequence(typed, each.name)) found.push(each);
    // What does not fit is left out later: the list itself, and what stands in it.
    if (found.length > mostItems + others.size + 1) break;
  }
  return found;
}

/** Ports are named by aliases of ports, addresses by all others. There may be thousands of both. */
function aliasesFor(
  { snapshot: { config }, element }: Writing,
  slot: Slot,
  all: readonly Definition[],
): readonly Definition[] {
  const wanted = takesPorts(slot);
  const isNested = slot.source.items === 'aliases/alias';
  const own = isNested ? config.text(element.parent?.child('type')) : '';
  const types = config.ofElements(
    readType,
    all.map(({ element }) => element),
  );
  const taken = aliasTypesTaken(config, slot);
  const isTaken = (type: string) => taken?.includes(type) ?? type.includes('port') === wanted;
  const isMeant = (type: string) => (own === '' ? isTaken(type) : mayNest(own, type));
  return all.filter((_, i) => isMeant(types[i] ?? ''));
}

/** For {@link Config.ofElements}. */
function readType(element: Element, config: Config): string {
  return config.text(element.child('type'));
}

function takesPorts({ slot }: Slot): boolean {
  if (/port$/.test(slot.at)) return true;
  const { onlyIf } = slot;
  return onlyIf?.child === 'type' && 'matches' in onlyIf && onlyIf.matches.test('port');
}

/** Kinds whose names are numbers or signs that say nothing to a person. */
const namelessKinds: ReadonlySet<ReferenceKind> = new Set([
  'certificate',
  'ca',
  'crl',
  'vip',
  'user',
  'openvpn-server',
  'phase1',
  'port-forward',
  'associated-rule',
]);

function formsOf(writing: Writing, target: ReferenceTarget, definition: Definition): readonly Candidate[] {
  const { config } = writing.snapshot;
  const { kind, name } = definition;
  const subject = { kind: 'definition', of: kind, name } as const;
  const base = { kind: 'reference', subject } as const;
  const value = prefixOf(writing, target, definition) + name;
  if (target === interfaceNetwork) return networkForms(writing, name).map(each => ({ ...base, ...each }));
  if (!namelessKinds.has(kind)) return [{ ...base, value, detail: () => definitionDetail(config, definition) }];
  const label = labelOf(config, definition) ?? name;
  const detail = () => (kind === 'vip' ? definitionDetail(config, definition) : value);
  return [{ ...base, value, label, detail }];
}

/** `_vip`, or in front of an authentication server its type (facts.md §2.2; services_captiveportal.php). */
function prefixOf(
  { snapshot }: Writing,
  { kind, prefixes = [], isPrefixed }: ReferenceTarget,
  { element }: Definition,
): string {
  if (isPrefixed) return prefixes[0] ?? '';
  if (kind !== 'auth-server') return '';
  const type = snapshot.config.text(element.child('type'));
  return prefixes.find(prefix => prefix.startsWith(`${type} `)) ?? '';
}

/** The one place whose words depend on the version (facts.md §2.4). */
export const outboundTarget = 'nat/outbound/rule/target';

/**
 * An interface's network, and its address, where either is meant (facts.md §2.4, §2.6). Outbound rules name interfaces
 * since the version that has changed their targets: before, pfSense handed the word to pf as it stood.
 */
function networkForms({ snapshot, place }: Writing, key: string): readonly Pick<Candidate, 'value' | 'detail'>[] {
  const { config } = snapshot;
  const found = config.query(readInterfaces).get(key);
  if (!found) return [];
  const subnets = [found.ipv4, found.ipv6].flatMap(each => (each ? [formatSubnet(each.subnet)] : []));
  const title = interfaceName(config, key);
  const network = { value: key, detail: () => [`${title} network`, ...subnets].join(' ') };
  const addresses = interfaceAddresses(config, found);
  const address = { value: `${key}ip`, detail: () => [`${title} address`, ...addresses].join(' ') };
  if (place.path.startsWith('nat/outbound/rule/')) {
    if (config.query(readTargetSchema) !== 'target_subnet') return [];
    return place.path === outboundTarget ? [address] : [network];
  }
  // NAT leads to one address, which pfSense names since 2.5, and a phase 2 joins networks.
  if (/\/(?:target|external)$/.test(place.path)) return isBefore(config, 21) ? [] : [address];
  if (place.path === 'filter/rule/nat/source') return [address];
  return place.path.startsWith('ipsec/') ? [network] : [network, address];
}
