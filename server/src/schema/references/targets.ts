import type { ReferenceTarget } from '../references.ts';

/** What a place that takes an interface may name; `_lloc` stands for an interface's link-local address (interfaces.inc). */
export const interfaceKey: ReferenceTarget = { kind: 'interface' };
export const listenInterface: ReferenceTarget = { kind: 'interface', prefixes: ['_lloc'] };
/** With `_stf` behind it for a 6rd or 6to4 tunnel on the interface (services_dyndns_edit.php). */
export const dynamicDnsInterface: ReferenceTarget = { kind: 'interface', prefixes: ['_lloc'], suffixes: ['_stf'] };
export const interfaceGroup: ReferenceTarget = { kind: 'interface-group' };
/** `wan` for its network, `wanip` for its address (filter.inc:filter_generate_address). */
export const interfaceNetwork: ReferenceTarget = { kind: 'interface', suffixes: ['ip', 'ip4', 'ip6'] };
export const vip: ReferenceTarget = { kind: 'vip', prefixes: ['_vip'], isPrefixed: true };
export const alias: ReferenceTarget = { kind: 'alias' };
export const gateway: ReferenceTarget = { kind: 'gateway' };
export const gatewayGroup: ReferenceTarget = { kind: 'gateway-group' };

/** Interfaces of the ruleset that stand in no section of interfaces (filter.inc:filter_generate_optcfg_array), and groups that packages fill. */
export const rulesetInterfaces: readonly string[] = [
  'any',
  'l2tp',
  'pptp',
  'pppoe',
  'enc0',
  'ipsec',
  'openvpn',
  'wireguard',
  'tailscale',
  'lo0',
  'all',
];

/** Networks that are words (util.inc:get_specialnet). */
export const networkWords: readonly string[] = ['any', '(self)', 'self', 'pptp', 'pppoe', 'l2tp', 'openvpn', 'none'];

/** Where a service may listen besides the interfaces. */
export const listenWords: readonly string[] = ['all', 'any', 'lo0', 'localhost', 'none'];

/** How a service from /etc/services may be called. An alias may be called so too, so a name of that form is never said to be missing. */
export const serviceName = /^[a-z0-9][a-z0-9-]{0,14}$/;
