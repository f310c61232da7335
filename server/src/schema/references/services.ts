import type { ReferenceSource } from '../references.ts';
import {
  alias,
  dynamicDnsInterface,
  gateway,
  gatewayGroup,
  interfaceKey,
  listenInterface,
  listenWords,
  vip,
} from './targets.ts';

const tls = { child: 'tls', matches: /^/ } as const;
const asClient = 'the service has no such address';

/** Services, accounts and who may log in. */
export const servicesAndAccounts: readonly ReferenceSource[] = [
  {
    items: 'dhcpd/*',
    title: 'DHCP server',
    labels: [],
    offWithout: 'enable',
    // Static ARP entries are made all the same (interfaces.inc:interfaces_staticarp_configure).
    stillWorks: { child: 'staticarp', matches: /^/ },
    slots: [{ at: '', targets: [interfaceKey], effect: 'pfSense serves no addresses there' }],
  },
  {
    items: 'dhcpdv6/*',
    title: 'DHCPv6 server',
    labels: [],
    offWithout: 'enable',
    // Router advertisements go out all the same (services.inc:services_radvd_configure).
    stillWorks: { child: 'ramode', differs: /^disabled$/ },
    slots: [
      { at: '', targets: [interfaceKey], effect: 'pfSense serves no addresses there' },
      { at: 'rainterface', targets: [vip, interfaceKey], words: ['interface'] },
    ],
  },
  ...['dhcrelay', 'dhcrelay6'].map(
    (items): ReferenceSource => ({
      items,
      title: items === 'dhcrelay' ? 'DHCP relay' : 'DHCPv6 relay',
      labels: [],
      offWithout: 'enable',
      slots: [
        { at: 'interface', separator: ',', targets: [interfaceKey], effect: 'nothing is relayed there' },
        { at: 'carpstatusvip', targets: [vip], words: ['none'] },
      ],
    }),
  ),
  ...['kea/ha', 'kea6/ha'].map(
    (items): ReferenceSource => ({
      items,
      title: items === 'kea/ha' ? 'Kea high availability' : 'Kea high availability (IPv6)',
      labels: [],
      offWithout: 'enable',
      slots: [
        {
          at: 'scertref',
          targets: [{ kind: 'certificate' }],
          onlyIf: tls,
          effect: 'the nodes do not reach each other',
        },
        {
          at: 'ccertref',
          targets: [{ kind: 'certificate' }],
          onlyIf: tls,
          effect: 'the nodes do not reach each other',
        },
      ],
    }),
  ),
  {
    items: 'unbound',
    title: 'DNS Resolver',
    labels: [],
    offWithout: 'enable',
    slots: [
      { at: 'active_interface', separator: ',', targets: [vip, listenInterface], words: listenWords, effect: asClient },
      {
        at: 'outgoing_interface',
        separator: ',',
        targets: [vip, listenInterface],
        words: listenWords,
        effect: asClient,
      },
      {
        at: 'sslcertref',
        targets: [{ kind: 'certificate' }],
        onlyIf: { child: 'enablessl', matches: /^/ },
        effect: 'it has no certificate to answer with over TLS',
      },
    ],
  },
  {
    items: 'dnsmasq',
    title: 'DNS Forwarder',
    labels: [],
    offWithout: 'enable',
    slots: [{ at: 'interface', separator: ',', targets: [vip, listenInterface], words: listenWords, effect: asClient }],
  },
  {
    items: 'ntpd',
    title: 'NTP',
    labels: [],
    slots: [{ at: 'interface', separator: ',', targets: [vip, listenInterface], words: listenWords }],
  },
  {
    items: 'snmpd',
    title: 'SNMP',
    labels: [],
    offWithout: 'enable',
    slots: [{ at: 'bindip', separator: ',', targets: [vip, listenInterface], words: listenWords, effect: asClient }],
  },
  {
    items: 'syslog',
    title: 'Remote logging',
    labels: [],
    offWithout: 'enable',
    // The section is that of the local logs as well (syslog.inc:system_syslogd_start).
    stillWorks: 'always',
    slots: [{ at: 'sourceip', targets: [vip, listenInterface], words: listenWords }],
  },
  {
    items: 'dyndnses/dyndns',
    title: 'Dynamic DNS',
    labels: ['host', 'descr'],
    offWithout: 'enable',
    slots: [
      { at: 'interface', targets: [vip, dynamicDnsInterface, gatewayGroup], effect: 'its address is not sent' },
      { at: 'requestif', targets: [dynamicDnsInterface, gatewayGroup] },
    ],
  },
  {
    items: 'dnsupdates/dnsupdate',
    title: 'RFC 2136 update',
    labels: ['host', 'descr'],
    offWithout: 'enable',
    slots: [
      { at: 'interface', targets: [vip, listenInterface, gatewayGroup], effect: 'its address is not sent' },
      { at: 'updatesource', targets: [vip, listenInterface], words: [...listenWords, 'default'] },
    ],
  },
  {
    items: 'igmpproxy/igmpentry',
    title: 'IGMP proxy',
    labels: ['descr'],
    slots: [{ at: 'ifname', targets: [interfaceKey], effect: 'pfSense leaves it out' }],
  },
  {
    items: 'installedpackages/miniupnpd/config',
    title: 'UPnP IGD & PCP',
    labels: [],
    slots: [
      { at: 'ext_iface', targets: [interfaceKey] },
      { at: 'iface_array', separator: ',', targets: [interfaceKey] },
    ],
  },
  // Up to pfSense 2.4 (vslb.inc); later ones keep the section, and read none of it.
  {
    items: 'load_balancer/lbpool',
    title: 'Load balancer pool',
    labels: ['name'],
    slots: [{ at: 'port', targets: [alias], mayBeElse: /^.*$/ }],
  },
  {
    items: 'load_balancer/virtual_server',
    title: 'Load balancer virtual server',
    labels: ['name'],
    slots: ['ipaddr', 'port'].map(at => ({ at, targets: [alias], mayBeElse: /^.*$/ })),
  },
  {
    items: 'wol/wolentry',
    title: 'Wake-on-LAN',
    labels: ['descr'],
    slots: [{ at: 'interface', targets: [interfaceKey] }],
  },
  {
    items: 'captiveportal/*',
    title: 'Captive portal',
    labels: ['zone', 'descr'],
    offWithout: 'enable',
    slots: [
      { at: 'interface', separator: ',', targets: [interfaceKey], effect: 'the portal is not on it' },
      {
        at: 'certref',
        targets: [{ kind: 'certificate' }],
        onlyIf: { child: 'httpslogin', matches: /^/ },
        effect: 'nobody can log in over HTTPS',
      },
      ...['auth_server', 'auth_server2'].map(at => ({
        at,
        separator: ',',
        targets: [{ kind: 'auth-server', prefixes: ['radius - ', 'ldap - ', 'Local Auth - '] } as const],
        words: ['Local Database', 'Local Auth - Local Database'],
        onlyIf: { child: 'auth_method', matches: /^authserver$/ },
        effect: 'nobody is let in by it',
      })),
      {
        at: 'radacct_server',
        targets: [{ kind: 'auth-server' }],
        onlyIf: { child: 'radacct_enable', matches: /^/ },
        effect: 'no server is told of sessions',
      },
    ],
  },
  {
    items: 'system',
    title: 'System',
    labels: [],
    slots: [
      {
        at: 'webgui/ssl-certref',
        targets: [{ kind: 'certificate' }],
        onlyIf: { child: 'webgui/protocol', differs: /^http$/ },
      },
      { at: 'webgui/authmode', targets: [{ kind: 'auth-server' }], words: ['Local Database'] },
      // There may be any number of DNS servers (system.php); nobody has as many as this.
      ...Array.from({ length: 16 }, (_, i) => ({
        at: `dns${i + 1}gw`,
        targets: [gateway],
        words: ['none'],
        effect: 'the DNS server is asked by way of the routing table',
      })),
      { at: 'tftpinterface', separator: ',', targets: [interfaceKey] },
    ],
  },
  // The gateways that a widget of the dashboard leaves out (gateways.widget.php).
  ...['widgets/*', 'system/user/widgets/*'].map(
    (items): ReferenceSource => ({
      items,
      title: 'Dashboard widget',
      labels: [],
      slots: [{ at: 'gatewaysfilter', separator: ',', targets: [gateway], mayBeElse: /^.*$/ }],
    }),
  ),
  {
    items: 'system/user',
    title: 'User',
    labels: ['name'],
    slots: [
      { at: 'cert', targets: [{ kind: 'certificate' }] },
      // pfSense goes by the members of a group; this only tells where the account began.
      { at: 'groupname', targets: [{ kind: 'group' }], mayBeElse: /^.*$/ },
    ],
  },
  {
    items: 'system/group',
    title: 'Group',
    labels: ['name'],
    slots: [{ at: 'member', targets: [{ kind: 'user' }] }],
  },
  {
    items: 'system/authserver',
    title: 'Authentication server',
    labels: ['name'],
    slots: [
      {
        at: 'ldap_caref',
        targets: [{ kind: 'ca' }],
        words: ['global'],
        onlyIf: { child: 'ldap_urltype', matches: /SSL|TLS/ },
        effect: 'pfSense does not trust the server',
      },
      { at: 'radius_nasip_attribute', targets: [interfaceKey] },
    ],
  },
];
