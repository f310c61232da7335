/**
 * Which elements of config.xml name something that stands elsewhere in it, and where those things have their names. Data
 * alone: `model/references` reads a config by it. The places are those of facts.md §2 and of pfSense's source.
 */
import { natAndRoutes, rulesAndAliases } from './references/firewall.ts';
import { interfaceUsers } from './references/interfaces.ts';
import { servicesAndAccounts } from './references/services.ts';
import { vpns } from './references/vpn.ts';

/** What can be named. */
export type ReferenceKind =
  | 'alias'
  | 'interface'
  | 'interface-group'
  | 'gateway'
  | 'gateway-group'
  | 'schedule'
  | 'certificate'
  | 'ca'
  | 'crl'
  | 'limiter'
  | 'queue'
  | 'vip'
  | 'user'
  | 'group'
  | 'auth-server'
  | 'openvpn-server'
  | 'phase1'
  | 'port-forward'
  | 'associated-rule';

/** Where the things of one kind stand, and how they are called. */
export interface DefinitionSource {
  readonly kind: ReferenceKind;
  /** The elements from below the root, such as `aliases/alias`; `*` is any name. */
  readonly items: string;
  /** Further ones of that name lie within them, at any depth: queues. */
  readonly nested?: string;
  /** The child that holds the name; absent where the element's own name is it: `interfaces/opt1`. */
  readonly name?: string;
  /** Names that pfSense gives a meaning of their own there, so that nothing is called so. */
  readonly except?: readonly string[];
  /** The children whose text tells a person what it is, the first that is there. */
  readonly labels: readonly string[];
}

/** What a name at some place may be a name of. */
export interface ReferenceTarget {
  readonly kind: ReferenceKind;
  /** What stands in front of the name, or may stand there: `_vip`. One of them, the first that fits. */
  readonly prefixes?: readonly string[];
  /** Without one of the prefixes it is none. */
  readonly isPrefixed?: true;
  /** What may stand behind the name: `wanip` is the address of `wan`. */
  readonly suffixes?: readonly string[];
}

/** One child of the items that names something. */
export interface ReferenceSlot {
  /** The path from the item; empty for the name of the item's own element, as in `dhcpd/opt1`. */
  readonly at: string;
  readonly targets: readonly ReferenceTarget[];
  /** Between several names; blanks around a name do not count. */
  readonly separator?: string;
  /** Of a text such as `GATEWAY|1|address`, which of the parts between the bars it is, from 0. */
  readonly field?: number;
  /** What else may stand there and means something to pfSense itself; in any case of letters. */
  readonly words?: readonly string[];
  /** The element means something only where another child of the item (a path) is, or is not, of that form. */
  readonly onlyIf?: SlotCondition;
  /** What may be something else, where nothing is called so: a host, a service, a thing that only the firewall knows. */
  readonly mayBeElse?: RegExp;
  /**
   * What comes of a name that nothing has, as the end of a sentence. Absent where it does no harm, or nobody has seen
   * what it does: then it is worth a warning at most.
   */
  readonly effect?: string;
  /** The effect is that of a list none of whose names anything has; pfSense passes over one among others. */
  readonly isOneOfList?: true;
  /** The rule that says it already. */
  readonly toldBy?: string;
}

export type SlotCondition =
  | { readonly child: string; readonly matches: RegExp }
  | { readonly child: string; readonly differs: RegExp };

/** Elements that name things, with what they are to a person. */
export interface ReferenceSource {
  /** The elements from below the root, such as `filter/rule`; `*` is any name. */
  readonly items: string;
  /** Further ones of that name lie within them, at any depth. */
  readonly nested?: string;
  /** What a message calls one: `Firewall rule`, with the first of its labels in brackets. */
  readonly title: string;
  readonly labels: readonly string[];
  /** The item is switched off by a child of that name. */
  readonly offWith?: string;
  /** The item is switched off without a child of that name. */
  readonly offWithout?: string;
  /** Switched off, it still does something: always, or where a child (a path) is, or is not, of that form. */
  readonly stillWorks?: SlotCondition | 'always';
  /** All items are switched off unless an element elsewhere in the section is of that form. */
  readonly section?: { readonly path: string; readonly matches: RegExp };
  readonly slots: readonly ReferenceSlot[];
}

/** What a message calls a kind, and how its names look. */
export interface KindDescription {
  readonly title: string;
  /** What a text must look like to be such a name; anything else is not meant as one. */
  readonly shape: RegExp;
  /** Names that pfSense itself resolves (globals.inc), or that packages make and remove while it runs. */
  readonly known?: RegExp;
  /** The rule that speaks of names of this kind that nothing has. */
  readonly toldBy?: string;
}

const anyText = /^.+$/;

export const referenceKinds: Readonly<Record<ReferenceKind, KindDescription>> = {
  alias: {
    title: 'alias',
    // util.inc:is_validaliasname. A number is a port, and pfSense leaves out aliases that are called so.
    shape: /^(?!\d+$)\w+$/,
    known:
      /^(?:bogons|bogonsv6|sshguard|snort2c|virusprot|vpn_networks|negate_networks|tonatsubnets|_[a-z0-9]+_|\w+__network|pfb_\w+)$/i,
  },
  interface: { title: 'interface', shape: /^(?:wan|lan|opt\d+)$/ },
  'interface-group': { title: 'interface group', shape: /^(?!_)\w+$/ },
  gateway: { title: 'gateway', shape: /^[\w-]+$/, known: /^null[46]?$/i },
  'gateway-group': { title: 'gateway group', shape: /^(?!_)[\w-]+$/ },
  schedule: { title: 'schedule', shape: anyText },
  certificate: { title: 'certificate', shape: anyText },
  ca: { title: 'certificate authority', shape: anyText },
  crl: { title: 'certificate revocation list', shape: anyText },
  limiter: { title: 'limiter', shape: anyText },
  queue: { title: 'queue', shape: anyText },
  vip: { title: 'VIP', shape: anyText, toldBy: 'vip-reference-dangling' },
  user: { title: 'user', shape: /^\d+$/ },
  group: { title: 'group', shape: anyText },
  'auth-server': { title: 'authentication server', shape: anyText },
  'openvpn-server': { title: 'OpenVPN server', shape: /^\d+$/ },
  phase1: { title: 'IPsec phase 1', shape: /^\d+$/ },
  'port-forward': { title: 'port forward', shape: anyText },
  'associated-rule': { title: 'firewall rule', shape: anyText },
};

/** Where the names of each kind stand. */
export const definitionSources: readonly DefinitionSource[] = [
  { kind: 'alias', items: 'aliases/alias', name: 'name', labels: ['descr'] },
  { kind: 'interface', items: 'interfaces/*', labels: ['descr'] },
  { kind: 'interface-group', items: 'ifgroups/ifgroupentry', name: 'ifname', labels: ['descr'] },
  { kind: 'gateway', items: 'gateways/gateway_item', name: 'name', labels: ['descr'] },
  { kind: 'gateway-group', items: 'gateways/gateway_group', name: 'name', labels: ['descr'] },
  { kind: 'schedule', items: 'schedules/schedule', name: 'name', labels: ['descr'] },
  { kind: 'certificate', items: 'cert', name: 'refid', labels: ['descr', 'name'] },
  { kind: 'ca', items: 'ca', name: 'refid', labels: ['descr', 'name'] },
  { kind: 'crl', items: 'crl', name: 'refid', labels: ['descr', 'name'] },
  { kind: 'limiter', items: 'dnshaper/queue', nested: 'queue', name: 'name', labels: ['descr', 'description'] },
  { kind: 'queue', items: 'shaper/queue', nested: 'queue', name: 'name', labels: ['description', 'descr'] },
  { kind: 'vip', items: 'virtualip/vip', name: 'uniqid', labels: ['subnet', 'descr'] },
  { kind: 'user', items: 'system/user', name: 'uid', labels: ['name'] },
  { kind: 'group', items: 'system/group', name: 'name', labels: ['description'] },
  { kind: 'auth-server', items: 'system/authserver', name: 'name', labels: ['host'] },
  { kind: 'openvpn-server', items: 'openvpn/openvpn-server', name: 'vpnid', labels: ['description'] },
  { kind: 'phase1', items: 'ipsec/phase1', name: 'ikeid', labels: ['descr'] },
  { kind: 'port-forward', items: 'nat/rule', name: 'associated-rule-id', except: ['pass'], labels: ['descr'] },
  { kind: 'associated-rule', items: 'filter/rule', name: 'associated-rule-id', labels: ['descr'] },
];

/** Every place that names something. */
export const referenceSources: readonly ReferenceSource[] = [
  ...rulesAndAliases,
  ...natAndRoutes,
  ...interfaceUsers,
  ...vpns,
  ...servicesAndAccounts,
];
