import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

/** Firewall > Virtual IPs: firewall_virtual_ip_edit.php, firewall_virtual_ip.inc:saveVIP (facts.md §2.2). */
const vip = group(
  'An address of the firewall beside those of its interfaces.',
  {
    mode: choice('The kind of address.', {
      ipalias: 'IP Alias',
      carp: 'CARP',
      proxyarp: 'Proxy ARP',
      other: 'Other',
    }),
    interface: text('The interface; of an IP alias also a CARP address or lo0.'),
    noexpand: flag('Of a network: its addresses are not listed one by one in forms.'),
    vhid: integer('Of CARP: the number of the group, the same on both nodes and unlike any other in the network.', {
      min: 1,
      max: 255,
    }),
    advskew: integer('Of CARP: the node with the lower skew becomes master.', { max: 254 }, { default: '0' }),
    advbase: integer('Of CARP: seconds between two advertisements.', { min: 1, max: 254 }, { default: '1' }),
    password: text('Of CARP: the password of the group, the same on both nodes.'),
    uniqid: text('By which other settings refer to the address, with _vip before it.'),
    descr: text('What the address is for.'),
    type: choice(
      'Whether it is one address or a network.',
      { single: 'Single address', network: 'Network' },
      {
        default: 'single',
        isOpen: true,
      },
    ),
    subnet_bits: integer('The prefix length.', { max: 128 }),
    subnet: value('The address.', { type: 'address' }),
    range: group('Of Proxy ARP: addresses from one to another, which old releases could write.', {
      from: value('The first address.', { type: 'address' }),
      to: value('The last address.', { type: 'address' }),
    }),
  },
  { docs: 'firewall/virtual-ip-addresses.html' },
);

const area = (what: string, options: { readonly since?: number; readonly until?: number } = {}): ElementSchema =>
  ticked(`The primary copies ${what} to the secondary.`, 'on', options);

/** System > High Availability: system_hasync.php, rc.filter_synchronize (facts.md §2.3). */
const hasync = group(
  'How this firewall and its partner keep states and settings alike.',
  {
    pfsyncenabled: ticked('States are exchanged with the partner by pfsync.', 'on'),
    adminsync: ticked('The settings of the user admin are copied as well, which overwrites its password.', 'on', {
      since: 19.2,
    }),
    synchronizeusers: area('users and groups'),
    synchronizeauthservers: area('authentication servers'),
    synchronizecerts: area('certificates, authorities and revocation lists'),
    synchronizerules: area('firewall rules'),
    synchronizeschedules: area('schedules of firewall rules'),
    synchronizealiases: area('aliases'),
    synchronizenat: area('NAT settings'),
    synchronizeipsec: area('IPsec settings'),
    synchronizeopenvpn: area('OpenVPN settings, and with them certificates'),
    synchronizedhcpd: area('DHCP server settings'),
    synchronizekea6: area('DHCPv6 server settings of Kea', { since: 23.4 }),
    synchronizedhcrelay: area('DHCP relay settings', { since: 21.8 }),
    synchronizedhcrelay6: area('DHCPv6 relay settings', { since: 21.8 }),
    synchronizewol: area('wake-on-LAN settings'),
    synchronizestaticroutes: area('static routes and gateways'),
    synchronizevirtualip: area('virtual IP addresses'),
    synchronizetrafficshaper: area('traffic shaper queues'),
    synchronizetrafficshaperlimiter: area('traffic shaper limiters'),
    synchronizednsforwarder: area('DNS resolver and forwarder settings'),
    synchronizecaptiveportal: area('captive portals'),
    synchronizelb: area('load balancer settings', { until: 21.4 }),
    pfhostid: value(
      'The number by which states of this node are told from those of its partner, which must have another.',
      { type: 'hexadecimal', digits: 8 },
      { since: 22.6 },
    ),
    pfsyncpeerip: value(
      'The address of the partner that states are sent to; empty to send them to all.',
      {
        type: 'address',
        family: 4,
      },
      { default: '224.0.0.240' },
    ),
    pfsyncinterface: text('The interface over which states are exchanged.'),
    synchronizetoip: value(
      'The address of the secondary, to which the primary copies settings; empty on the secondary.',
      {
        type: 'address',
      },
    ),
    username: text('The user at the secondary under whose name settings are copied.', { default: 'admin' }),
    password: text('The password of that user.'),
    new_password: text('A password that is about to take the place of the one above.', { since: 19.2 }),
  },
  { docs: 'highavailability/settings.html' },
);

export const highAvailabilitySections: Readonly<Record<string, ElementSchema>> = {
  virtualip: group('Virtual IP addresses.', { vip }, { docs: 'firewall/virtual-ip-addresses.html' }),
  virtualip_carp_maintenancemode: flag(
    'This node is in persistent CARP maintenance mode: it takes the skew 254 and leaves its addresses to the partner.',
  ),
  hasync,
};
