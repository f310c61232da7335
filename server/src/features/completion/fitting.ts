import { parseAddress } from '../../model/address.ts';
import { readBridges } from '../../model/bridges.ts';
import type { Config } from '../../model/config.ts';
import { aliasEntries } from '../../model/definitionDetails.ts';
import { readGatewayGroups, readGateways } from '../../model/gateways.ts';
import { readTargetSchema } from '../../model/outboundNat.ts';
import { readDynamicGateways } from '../../model/references/dynamicGateways.ts';
import { type Definition, definitionsOf, type Slot } from '../../model/references/references.ts';
import { readVersion } from '../../model/version.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Writing } from './writing.ts';

/** Whether pfSense's form would take a thing there: nothing names itself, and not everything can be named everywhere. */
export function fits(writing: Writing, slot: Slot, definition: Definition): boolean {
  const { element } = writing;
  const { element: item } = definition;
  if (element.branch === item.branch && item.start <= element.start && element.end <= item.end) return false;
  return checks[definition.kind]?.(writing, slot, definition) ?? true;
}

type Check = (writing: Writing, slot: Slot, definition: Definition) => boolean;

const checks: Readonly<Partial<Record<Definition['kind'], Check>>> = {
  alias: maybeNested,
  'auth-server': maybeAccounting,
  gateway: (writing, slot, { name }) => fitsGateway(writing, slot, name),
  'interface-group': ({ snapshot: { config } }, slot) => maybeNetwork(config, slot),
  'gateway-group': (writing, slot, { name }) => fitsGateway(writing, slot, name),
  interface: ({ snapshot, element }, slot, { element: item }) => {
    if (slot.source.items === 'bridges/bridged') return maybeBridged(snapshot.config, item, { slot, element });
    if (slot.source.items === 'nat/npt' && slot.slot.at !== 'interface') return maybeTracked(snapshot.config, item);
    return slot.slot.at !== 'rainterface';
  },
  limiter: (...asked) => isSwitchedOn(...asked) && besideAnother(...asked),
  queue: (...asked) => isSwitchedOn(...asked) && besideAnother(...asked),
  vip: maybeVip,
};

/** Whether an alias of one type takes one of another: hosts and networks go together (alias-utils.inc:alias_same_type). */
export function mayNest(type: string, other: string): boolean {
  const group = (each: string) => (each === 'network' ? 'host' : each);
  return group(type) === group(other);
}

/**
 * The types of alias that alone are taken at a place; absent where any may stand. OpenVPN knows aliases since 2.6
 * (openvpn.inc:openvpn_validate_cidr, openvpn_validate_tunnel_network); a route needs addresses that the file holds
 * (system_routes_edit.php); and what a 1:1 mapping leads to is no alias (firewall_nat_1to1.inc).
 */
export function aliasTypesTaken(config: Config, { slot, source }: Slot): readonly string[] | undefined {
  if (source.items.startsWith('openvpn/')) {
    if (isBefore(config, 22)) return [];
    return slot.at.startsWith('tunnel_') ? ['network'] : ['host', 'network'];
  }
  if (source.items === 'staticroutes/route') return ['host', 'network', 'url'];
  return source.items === 'nat/onetoone' && slot.at === 'source/address' ? [] : undefined;
}

/** Whether the file is of an older version than that; one without a version is taken for one of the newest. */
export function isBefore(config: Config, version: number): boolean {
  return (config.query(readVersion).number ?? Number.POSITIVE_INFINITY) < version;
}

/** The networks of a group's interfaces are meant by its name in two kinds of rule, since outbound rules name interfaces. */
function maybeNetwork(config: Config, { slot, source }: Slot): boolean {
  if (!slot.at.endsWith('/network')) return true;
  return /^(?:filter|nat\/outbound)\/rule$/.test(source.items) && config.query(readTargetSchema) === 'target_subnet';
}

/** NPt takes the prefix that an interface tracks, since 2.7 (firewall_nat_npt_edit.php:build_dsttype_list). */
function maybeTracked(config: Config, item: Element): boolean {
  return !isBefore(config, 22.6) && config.text(item.child('ipaddrv6')) === 'track6';
}

/** An alias takes none that holds it. Of thousands those alone are read that are asked about. */
function maybeNested(
  { snapshot: { config }, element }: Writing,
  { slot, source }: Slot,
  { name }: Definition,
): boolean {
  if (source.items !== 'aliases/alias') return true;
  // Aliases that are fetched hold others since 2.6 (pfsense-utils.inc:update_alias_url_data).
  if (slot.at === 'aliasurl' && isBefore(config, 22)) return false;
  const own = config.text(element.parent?.child('name'));
  const aliases = definitionsOf(config, 'alias');
  const seen = new Set<string>();
  const holdsOwn = (each: string): boolean => {
    if (each === own) return true;
    const alias = seen.has(each) ? undefined : aliases.get(each)?.[0];
    seen.add(each);
    if (!alias) return false;
    const fetched = alias.element.childrenNamed('aliasurl').map(each => config.text(each));
    return [...aliasEntries(config, alias.element), ...fetched].some(holdsOwn);
  };
  return own === '' || !holdsOwn(name);
}

/** Sessions are reported to RADIUS servers with a port for that (services_captiveportal.php). */
function maybeAccounting({ snapshot }: Writing, { slot }: Slot, { element }: Definition): boolean {
  if (slot.at !== 'radacct_server') return true;
  const text = (child: string) => snapshot.config.text(element.child(child));
  return text('type') === 'radius' && text('radius_acct_port') !== '';
}

/** Whether a gateway or a group of that name is of the family, and on the interface, that the place asks for. */
export function fitsGateway({ snapshot: { config }, element }: Writing, slot: Slot, name: string): boolean {
  const family = familyOf(config, name);
  const wanted = familyWanted(config, slot, element);
  if (wanted === 'none' || (wanted !== undefined && family !== undefined && family !== wanted)) return false;
  const saved = config.query(readGateways).find(each => each.name.value === name);
  if (saved?.isDisabled && leavesOutDisabled.has(slot.source.items)) return false;
  if (slot.source.items !== 'interfaces/*') return true;
  const on = saved?.interface?.value;
  return on === undefined || on === element.parent?.name;
}

/** Whose forms take no gateway that is switched off (gwlb.inc:return_gateways_array); the others tell of it. */
const leavesOutDisabled: ReadonlySet<string> = new Set(['filter/rule', 'gateways/gateway_group', 'system']);

/** The interface of a gateway, whether it stands in the file or pfSense makes it. */
function interfaceOf(config: Config, name: string): string | undefined {
  const saved = config.query(readGateways).find(each => each.name.value === name);
  const made = config.query(readDynamicGateways).find(each => each.name === name);
  return saved ? saved.interface?.value : made?.interfaceKey;
}

/** The family of a gateway, or of the first member of a group whose family is known. */
function familyOf(config: Config, name: string): 4 | 6 | undefined {
  const saved = config.query(readGateways).find(each => each.name.value === name);
  const made = config.query(readDynamicGateways).find(each => each.name === name);
  if (saved ?? made) return (saved ?? made)?.family;
  const group = config.query(readGatewayGroups).find(each => each.name.value === name);
  for (const { gateway } of group?.members ?? []) {
    const family = gateway === name ? undefined : familyOf(config, gateway);
    if (family) return family;
  }
  return undefined;
}

/** Of which family a gateway has to be there; `none` in a rule for both (firewall_rules_edit.php). */
function familyWanted(config: Config, { slot, source }: Slot, element: Element): 4 | 6 | 'none' | undefined {
  const beside = (child: string) => config.text(element.parent?.child(child));
  switch (source.items) {
    case 'interfaces/*':
    case 'gateways':
      return /6$/.test(slot.at) ? 6 : 4;
    case 'filter/rule': {
      // What leaves by NAT64 is IPv4.
      if (element.parent?.child('nat')) return undefined;
      const protocol = beside('ipprotocol');
      return protocol === 'inet46' ? 'none' : protocol === 'inet6' ? 6 : 4;
    }
    case 'staticroutes/route':
      return parseAddress(beside('network').split('/', 1)[0] ?? '')?.family;
    case 'system': {
      const place = Number(/^dns(\d+)gw$/.exec(slot.at)?.[1]);
      const server = element.parent?.childrenNamed('dnsserver')[place - 1];
      return parseAddress(config.text(server))?.family;
    }
    case 'gateways/gateway_group': {
      const others = element.parent?.childrenNamed('item').filter(each => !each.is(element)) ?? [];
      const names = others.map(each => config.text(each).split('|', 1)[0] ?? '');
      return names.map(each => familyOf(config, each)).find(family => family !== undefined);
    }
    default:
      return undefined;
  }
}

/** Which interfaces a bridge takes, and of which of its own its options speak (interfaces_bridge_edit.php). */
function maybeBridged(
  config: Config,
  item: Element,
  { slot: { slot }, element }: { readonly slot: Slot; readonly element: Element },
): boolean {
  const bridges = config.query(readBridges);
  const isMember = bridges.find(each => each.element.is(element.parent))?.members.includes(item.name) === true;
  if (slot.at !== 'members') return isMember === (slot.at !== 'span');
  if (/^(?:bridge|gre)/.test(config.text(item.child('if')))) return false;
  const wireless = item.child('wireless');
  if (wireless?.hasChildren && config.text(wireless.child('mode')) !== 'hostap') return false;
  return !bridges.some(each => !each.element.is(element.parent) && each.members.includes(item.name));
}

/** The two queues, and the two limiters, of a rule (firewall_rules_edit.php). */
const pairs: Readonly<Record<string, string>> = {
  ackqueue: 'defaultqueue',
  defaultqueue: 'ackqueue',
  dnpipe: 'pdnpipe',
  pdnpipe: 'dnpipe',
};

/** Neither is the other; and what limits one way is a limiter where that of the other way is, or a queue below one. */
function besideAnother({ snapshot: { config }, element }: Writing, { slot }: Slot, definition: Definition): boolean {
  const other = config.text(element.parent?.child(pairs[slot.at] ?? ''));
  if (other === '' || other === 'none') return true;
  if (other === definition.name) return false;
  if (slot.at !== 'pdnpipe') return true;
  const rows = definition.element.branch.top;
  const isLimiter = rows.childrenNamed('queue').some(row => config.text(row.child('name')) === other);
  return isLimiter === (definition.element.parent?.is(rows) === true);
}

/**
 * A queue that is switched on, in a tree that is: no rule is given another (shaper.inc:get_unique_queue_list). What
 * stands for an interface in the shaper is no queue of its own.
 */
function isSwitchedOn({ snapshot: { config } }: Writing, _slot: Slot, { kind, element }: Definition): boolean {
  let root = element;
  for (let above = root.parent; above?.parent; above = above.parent) root = above;
  if (kind === 'queue' && root.is(element)) return false;
  return [element, root].every(each => config.text(each.child('enabled')) !== '');
}

/** On a CARP VIP alone stands another VIP, and only such a one is master or backup (facts.md §2.2). */
function maybeVip(
  { snapshot: { config }, element }: Writing,
  { slot, source }: Slot,
  { element: item }: Definition,
): boolean {
  const mode = config.text(item.child('mode'));
  const isCarp = mode === 'carp';
  // The firewall itself has no address of the others (util.inc:get_configured_vip_list).
  if (!isCarp && mode !== 'ipalias') return false;
  const family = parseAddress(config.text(item.child('subnet')))?.family;
  if (source.items === 'virtualip/vip') return isCarp;
  // pfSense does not find the address that its form writes there (openvpn.inc).
  if (slot.at === 'serverbridge_interface') return false;
  if (slot.at === 'carpstatusvip') return isCarp && family === (source.items === 'dhcrelay6' ? 6 : 4);
  const on = config.query(readVirtualIps).find(each => each.element.is(item))?.interfaceKey;
  if (source.items === 'gateways/gateway_group') {
    const name = config.text(element).split('|', 1)[0] ?? '';
    const through = familyOf(config, name);
    return (through === undefined || through === family) && [undefined, on].includes(interfaceOf(config, name));
  }
  if (slot.at !== 'rainterface') return true;
  return isCarp && family === 6 && on === element.parent?.name;
}
