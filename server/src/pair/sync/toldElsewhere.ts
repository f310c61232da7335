import { contains, parseAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { intersection, sharedScopes, stretchOf } from '../../model/dhcpPools.ts';
import { readHaSync } from '../../model/hasync.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { untranslated } from '../../model/outboundPlan.ts';
import { readTooWideRules } from '../../model/outboundSources.ts';
import { ownAddressRules } from '../../model/outboundTargets.ts';
import { vipsOn } from '../../model/virtualIps.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Difference } from './drift.ts';

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/** Children of items that a rule of their own holds against the primary's, by the path of the item. */
const toldChildren: Readonly<Record<string, readonly string[]>> = {
  // carp-skew-order, carp-skew-step, carp-skew-empty; carp-advbase-mismatch; carp-password-mismatch; vip-uniqid-mismatch;
  // carp-vip-missing-on-peer for VHID and address.
  'virtualip/vip': ['advskew', 'advbase', 'password', 'uniqid', 'vhid', 'subnet'],
  // Counters of the user manager, which say nothing that the accounts do not.
  system: ['nextuid', 'nextgid'],
};

/** What no rule of its own tells of a difference; absent where nothing is left. The file is told of once. */
export function untold(difference: Difference, nodes: Nodes): Difference | undefined {
  if (isItemTold(difference, nodes)) return undefined;
  if (difference.kind !== 'changed') return difference;
  const told = new Set(toldChildren[difference.path]);
  const children = difference.children.filter(name => !told.has(name) && !isChildTold(name, difference, nodes));
  return children.length === 0 ? undefined : { ...difference, children };
}

function isItemTold(difference: Difference, nodes: Nodes): boolean {
  const { path, kind } = difference;
  // kea-ha-missing, kea-ha-role, kea-ha-endpoints, kea-ha-timers-mismatch; what is disabled on both is of no account.
  if (path === 'kea/ha' || path === 'kea6/ha') return true;
  const isOneSided = kind === 'added' || kind === 'removed';
  if (path === 'virtualip/vip' && isOneSided) return isCopiedVip(difference, nodes);
  if (path === 'system/user' && kind === 'added') return isSyncUser(difference, nodes);
  if (/^dhcpd\/[^/]+\/pool$/.test(path)) return isPoolTold(difference, nodes);
  return false;
}

function isChildTold(name: string, difference: Difference, nodes: Nodes): boolean {
  const { path } = difference;
  // Each node downloads such an alias by itself, at its own time, and writes down what it got (pfsense-utils.inc:update_alias_url_data).
  if (path === 'aliases/alias' && name === 'address') return isDownloaded(difference, nodes);
  if (path === 'virtualip/vip' && name === 'interface') return namesVips(difference, nodes);
  // carp-vip-missing-on-peer and carp-mask-mismatch for the prefix length; carp-type.
  if (path === 'virtualip/vip' && (name === 'subnet_bits' || name === 'type')) return isCarp(difference, nodes);
  // sync-user-privilege.
  if (path === 'system/user') return (name === 'priv' || name === 'disabled') && isSyncUser(difference, nodes);
  if (path.startsWith('dhcpd/')) {
    // dhcp-failover-peer, dhcp-failover-nonak.
    if (name === 'failover_peerip' || name === 'nonak') return true;
    if (name === 'range') return isPoolTold(difference, nodes);
    if (name === 'gateway' || name === 'dnsserver') return isOwnAddressTold(name, difference, nodes);
  }
  // nat-outbound-automatic.
  if (path === 'nat/outbound' && name === 'mode') {
    return (
      untranslated(nodes.primary, nodes.secondary).length + untranslated(nodes.secondary, nodes.primary).length > 0
    );
  }
  if (path === 'nat/outbound/rule') {
    if (name.startsWith('target')) return isTargetTold(difference, nodes);
    return name === 'source' && isSourceTold(difference, nodes);
  }
  return namesVipOnOne(name, difference, nodes);
}

/**
 * vpn-endpoint-not-vip, dhcp-relay-not-carp, radvd-not-vip, dns-listens-without-vip: one node uses a CARP VIP where the
 * other uses an address of its own. Where nothing is chosen they do not speak.
 */
const followingVips: readonly (readonly [path: RegExp, children: readonly string[]])[] = [
  [/^openvpn\/openvpn-(?:server|client)$/, ['interface', 'ipaddr']],
  [/^ipsec\/phase1$/, ['interface']],
  [/^dhcrelay6?$/, ['carpstatusvip']],
  [/^dhcpdv6\/[^/]+$/, ['rainterface']],
  [/^unbound$/, ['active_interface']],
  [/^dnsmasq$/, ['interface']],
];

function namesVipOnOne(name: string, { path, primary, secondary }: Difference, nodes: Nodes): boolean {
  const child = followingVips.find(([pattern, children]) => pattern.test(path) && children.includes(name));
  if (!child) return false;
  const chosen = (element: Element | undefined, config: Config) =>
    config.text(element?.child(name === 'ipaddr' ? 'interface' : name));
  const both = [chosen(primary, nodes.primary), chosen(secondary, nodes.secondary)];
  const [here, there] = both.map(text => text.split(',').some(each => each.startsWith('_vip')));
  return both.every(text => text !== '') && here !== there;
}

/** nat-outbound-source-too-wide, on either node. */
function isSourceTold({ primary, secondary }: Difference, nodes: Nodes): boolean {
  const told = [...nodes.primary.query(readTooWideRules), ...nodes.secondary.query(readTooWideRules)];
  return told.some(({ rule }) => rule.element.is(primary) || rule.element.is(secondary));
}

function isDownloaded({ primary, secondary }: Difference, nodes: Nodes): boolean {
  const sources = [nodes.primary.text(primary?.child('aliasurl')), nodes.secondary.text(secondary?.child('aliasurl'))];
  return sources.every(source => source !== '');
}

/** carp-vip-missing-on-peer: CARP VIPs, and the aliases that stand on them. */
function isCopiedVip({ primary, secondary }: Difference, nodes: Nodes): boolean {
  const [vip, config] = primary ? [primary, nodes.primary] : [secondary, nodes.secondary];
  return isCarp({ primary, secondary }, nodes) || config.text(vip?.child('interface')).startsWith('_vip');
}

function isCarp({ primary, secondary }: Pick<Difference, 'primary' | 'secondary'>, nodes: Nodes): boolean {
  const [vip, config] = primary ? [primary, nodes.primary] : [secondary, nodes.secondary];
  return config.text(vip?.child('mode')) === 'carp';
}

/** vip-uniqid-mismatch, which gives all that names the VIP the primary's name for it. */
function namesVips({ primary, secondary }: Difference, nodes: Nodes): boolean {
  const names = [nodes.primary.text(primary?.child('interface')), nodes.secondary.text(secondary?.child('interface'))];
  return names.every(name => name.startsWith('_vip'));
}

/** sync-user-missing, sync-user-privilege. */
function isSyncUser({ primary }: Difference, nodes: Nodes): boolean {
  return nodes.primary.text(primary?.child('name')) === (nodes.primary.query(readHaSync).username?.value ?? 'admin');
}

/** dhcp-pool-mismatch with fail-over, dhcp-pool-overlap without. */
function isPoolTold({ path }: Difference, { primary, secondary }: Nodes): boolean {
  const key = path.split('/')[1];
  for (const shared of sharedScopes(primary, secondary)) {
    if (shared.primary.scope.key !== key) continue;
    const there = shared.secondary.scope.pools.flatMap(({ range }) => range ?? []);
    return (
      shared.hasFailover ||
      shared.primary.scope.pools.some(
        ({ range }) => range && there.some(other => intersection(stretchOf(range), stretchOf(other))),
      )
    );
  }
  return false;
}

/** dhcp-gateway-not-vip, dhcp-dns-not-vip: on an interface with a CARP VIP a node's own address, which an empty one means. */
function isOwnAddressTold(name: string, difference: Difference, nodes: Nodes): boolean {
  const key = difference.path.split('/')[1] ?? '';
  if (![nodes.primary, nodes.secondary].some(node => hasCarpVip(node, key))) return false;
  const own = [nodes.primary, nodes.secondary].flatMap(
    node => node.query(readInterfaces).get(key)?.ipv4?.address.value ?? [],
  );
  const isOwn = (element: Element | undefined, config: Config) => {
    const texts = element?.childrenNamed(name).map(child => config.text(child)) ?? [];
    if (texts.every(text => text === '')) return true;
    return texts.some(text => {
      const address = parseAddress(text);
      return address !== undefined && own.some(each => sameAddress(each, address));
    });
  };
  return isOwn(difference.primary, nodes.primary) || isOwn(difference.secondary, nodes.secondary);
}

function hasCarpVip(config: Config, key: string): boolean {
  const ipv4 = config.query(readInterfaces).get(key)?.ipv4;
  return vipsOn(config, key).some(
    ({ mode, address }) => mode === 'carp' && address && ipv4 && contains(ipv4.subnet, address.value),
  );
}

/** nat-outbound-not-vip, on either node. */
function isTargetTold({ primary, secondary }: Difference, nodes: Nodes): boolean {
  const told = [...ownAddressRules(nodes.primary, nodes.secondary), ...ownAddressRules(nodes.secondary, nodes.primary)];
  return told.some(({ rule }) => rule.element.is(primary) || rule.element.is(secondary));
}
