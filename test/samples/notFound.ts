/** What need not be noticed when it is broken, and why. */
export interface Breakage {
  /** Absent for every way. */
  readonly way?: 'remove' | 'change' | 'swap';
  /** Absent for both nodes. */
  readonly side?: 'primary' | 'secondary';
  /** Only elements that hold nothing. */
  readonly isEmpty?: true;
  /** Paths from below the root, of any item of a list: `*` is any part of a name, `**` any steps, one at least. */
  readonly paths: readonly string[];
  readonly reason: string;
}

export const notFound: readonly Breakage[] = [
  {
    way: 'remove',
    isEmpty: true,
    paths: ['**'],
    reason:
      'pfSense reads an empty element and none alike; the flags that mean something by standing there are noticed.',
  },
  {
    paths: ['**/created', '**/created/**', '**/updated', '**/updated/**', 'revision', 'revision/**', 'lastchange'],
    reason: 'They tell who saved what and when. Nothing depends on them, and each save changes them.',
  },
  {
    way: 'remove',
    paths: [
      'version',
      'interfaces',
      'system',
      'system/timeservers',
      'system/webgui',
      'system/webgui/protocol',
      'interfaces/*/if',
      'interfaces/*/descr',
      'virtualip/vip/uniqid',
      'vlans/vlan/vlanif',
    ],
    reason: 'pfSense always writes them. A file without them is an excerpt, of which rules guess nothing.',
  },
  {
    way: 'remove',
    paths: [
      'kea/ha/*',
      'kea6/ha/*',
      'virtualip/vip/advbase',
      'virtualip/vip/type',
      'system/optimization',
      'system/webgui/ssl-certref',
      'system/bogons',
      'system/bogons/**',
      'dhcpdv6/*/ramode',
      'dhcpdv6/*/rapriority',
    ],
    reason: 'Where they are missing pfSense takes a default, which is what stood there or as good.',
  },
  {
    way: 'remove',
    side: 'primary',
    paths: [
      'dhcpd',
      'dhcpd/*',
      'dhcpdv6/*',
      'dnshaper',
      'shaper',
      'ipsec',
      'openvpn',
      'unbound',
      'wol',
      'staticroutes',
      'gateways/defaultgw*',
      'system/group',
      'system/group/**',
    ],
    reason:
      'What the primary has not it does not send, and the secondary keeps its own: a synchronisation would change nothing.',
  },
  {
    side: 'primary',
    paths: ['hasync/synchronize*'],
    way: 'remove',
    reason:
      'An area in which the pair has nothing may stay off (sync-area-off); and a primary without a target is one whose synchronisation was switched off.',
  },
  {
    way: 'change',
    paths: [
      'hasync/synchronize*',
      'interfaces/*/enable',
      'interfaces/*/blockpriv',
      'interfaces/*/blockbogons',
      'kea/ha/enable',
      'kea6/ha/enable',
      'rrd/enable',
      'system/ipv6allow',
      'system/disablesegmentationoffloading',
      'system/disablelargereceiveoffloading',
      'system/hn_altq_enable',
      'system/webgui/loginautocomplete',
    ],
    reason: 'They say yes by standing there, whatever they hold.',
  },
  {
    way: 'swap',
    paths: [
      'interfaces/*/ipaddr',
      'interfaces/*/ipaddrv6',
      'kea/ha/role',
      'kea6/ha/role',
      'hasync/username',
      'hasync/pfhostid',
      'staticroutes',
    ],
    reason:
      'Each is right on either node as long as both have another; nothing else in the files says which belongs where.',
  },
  {
    paths: ['interfaces/*/ipaddrv6'],
    way: 'change',
    side: 'secondary',
    reason: 'Another free address of the same network is as good.',
  },
  {
    paths: ['hasync/password', 'hasync/username', 'hasync/pfhostid', 'system/user/*-hash'],
    reason:
      'Whether a password is the other node’s cannot be seen; the secondary’s own name for it is not used; any host id will do that is not the peer’s.',
  },
  {
    paths: ['interfaces/wan/gateway', 'interfaces/wan/gatewayv6'],
    way: 'remove',
    reason: 'A node may have its default route from elsewhere; that a gateway which is named exists is noticed.',
  },
  {
    paths: ['dhcpdv6', 'dhcpdv6/**'],
    reason: 'ISC’s DHCPv6 server is never synchronised and knows no fail-over, so that each node may have its own.',
  },
  {
    paths: [
      'filter/separator',
      'filter/separator/**',
      'nat/separator',
      'nat/separator/**',
      'widgets',
      'widgets/**',
      'vlans/vlan/descr',
      'vlans/vlan/pcp',
      'diag',
      'diag/**',
      'rrd',
      'rrd/**',
    ],
    reason: 'They are for the eye, or a node’s own measure of priority; no traffic depends on them being the same.',
  },
  {
    paths: [
      'cron',
      'cron/**',
      'snmpd',
      'snmpd/**',
      'syslog',
      'syslog/**',
      'system/disablelargereceiveoffloading',
      'system/disablenatreflection',
      'system/disablesegmentationoffloading',
      'system/dnsserver',
      'system/domain',
      'system/hn_altq_enable',
      'system/hostname',
      'system/ipv6allow',
      'system/language',
      'system/maximumtableentries',
      'system/powerd_*',
      'system/ssh',
      'system/ssh/**',
      'system/timeservers',
      'system/timezone',
      'system/webgui/*',
    ],
    reason:
      'A node’s own settings, which pfSense never synchronises and which may differ; the catalogue asks nothing of them but what is noticed.',
  },
  {
    paths: ['system/group', 'system/group/**', 'system/user/*', 'system/nextuid', 'system/nextgid'],
    reason:
      'Accounts below uid 2000 and the groups all and admins stay each node’s own (xmlrpc.php), and the counters follow the accounts.',
  },
];
