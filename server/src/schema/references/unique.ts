/** Names and numbers of which each must stand once in a config. */
export interface UniqueKey {
  /** The elements from below the root, such as `aliases/alias`; `*` is any name. */
  readonly items: string;
  /** Further ones of that name lie within them, at any depth. */
  readonly nested?: string;
  /** The children whose texts together are the key; an item without one of them has none. */
  readonly children: readonly string[];
  /** What a message calls it, with the texts in braces in the order of `children`. */
  readonly title: string;
  /** What comes of two that are the same, as the end of a sentence. */
  readonly effect: string;
  /** pfSense tells two apart that differ in the case of letters alone, unless this says otherwise. */
  readonly ignoresCase?: true;
  /** An item with a child of that name does not count: it is switched off. */
  readonly offWith?: string;
  /** An item without a child of that name does not count. */
  readonly offWithout?: string;
  /** Nothing breaks: the two only get mixed up in what the web interface shows. */
  readonly isHarmless?: true;
}

const first = 'pfSense uses the first of the two';
const last = 'pfSense uses the last of the two';

/** What pfSense's forms keep apart, and what becomes of it where they were gone around (facts.md §2; the source of each section). */
export const uniqueKeys: readonly UniqueKey[] = [
  {
    items: 'aliases/alias',
    children: ['name'],
    title: 'alias {0}',
    effect: 'which of the two a rule gets depends on where it is named',
  },
  // The description in capitals is the interface's name in the ruleset (filter.inc:filter_generate_aliases).
  {
    items: 'interfaces/*',
    children: ['descr'],
    title: 'interface description {0}',
    effect: 'the rules of both end up on one of the two',
    ignoresCase: true,
    offWithout: 'enable',
  },
  {
    items: 'ifgroups/ifgroupentry',
    children: ['ifname'],
    title: 'interface group {0}',
    effect: last,
  },
  { items: 'gateways/gateway_item', children: ['name'], title: 'gateway {0}', effect: last },
  { items: 'gateways/gateway_group', children: ['name'], title: 'gateway group {0}', effect: last },
  { items: 'schedules/schedule', children: ['name'], title: 'schedule {0}', effect: first },
  { items: 'cert', children: ['refid'], title: 'certificate refid {0}', effect: first },
  { items: 'ca', children: ['refid'], title: 'certificate authority refid {0}', effect: first },
  { items: 'crl', children: ['refid'], title: 'revocation list refid {0}', effect: first },
  {
    items: 'virtualip/vip',
    children: ['uniqid'],
    title: 'VIP uniqid {0}',
    effect: 'what stands on the one may end up on the other',
  },
  {
    items: 'filter/rule',
    children: ['tracker'],
    title: 'tracker id {0}',
    effect: 'counters, states and log entries of the two rules run together',
    offWith: 'disabled',
    isHarmless: true,
  },
  { items: 'system/user', children: ['name'], title: 'user name {0}', effect: 'only one of the two can log in' },
  {
    items: 'system/user',
    children: ['uid'],
    title: 'uid {0}',
    effect: 'the two users are one to the system and share their groups',
  },
  { items: 'system/group', children: ['name'], title: 'group name {0}', effect: first },
  { items: 'system/group', children: ['gid'], title: 'gid {0}', effect: 'the two groups are one to the system' },
  { items: 'system/authserver', children: ['name'], title: 'authentication server {0}', effect: first },
  {
    items: 'openvpn/openvpn-server',
    children: ['vpnid'],
    title: 'VPN id {0} of an OpenVPN server',
    effect: 'the two take the same device and the one stops the other',
    offWith: 'disable',
  },
  {
    items: 'openvpn/openvpn-client',
    children: ['vpnid'],
    title: 'VPN id {0} of an OpenVPN client',
    effect: 'the two take the same device and the one stops the other',
    offWith: 'disable',
  },
  {
    items: 'ipsec/phase1',
    children: ['ikeid'],
    title: 'IKE id {0}',
    effect: 'phase 2 entries of the one are added to the other, too',
    offWith: 'disabled',
  },
  {
    items: 'vlans/vlan',
    children: ['if', 'tag'],
    title: 'VLAN {1} on {0}',
    effect: 'both rows are one device',
  },
  { items: 'laggs/lagg', children: ['laggif'], title: 'LAGG {0}', effect: 'both rows are one device' },
  { items: 'bridges/bridged', children: ['bridgeif'], title: 'bridge {0}', effect: 'both rows are one device' },
];
