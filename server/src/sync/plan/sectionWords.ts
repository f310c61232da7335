import type { SectionEffect } from './plan.ts';

/** Where a section is found in pfSense's web interface; what is not here has no page of its own. */
const pages: Readonly<Record<string, string>> = {
  aliases: 'Firewall > Aliases',
  bridges: 'Interfaces > Assignments > Bridges',
  captiveportal: 'Services > Captive Portal',
  cert: 'System > Certificates',
  dhcpbackend: 'System > Advanced > Networking',
  dhcpdv6: 'Services > DHCPv6 Server',
  gateways: 'System > Routing',
  gifs: 'Interfaces > Assignments > GIFs',
  gres: 'Interfaces > Assignments > GREs',
  hasync: 'System > High Availability',
  ifgroups: 'Interfaces > Assignments > Interface Groups',
  installedpackages: 'System > Package Manager and the pages of the packages',
  interfaces: 'Interfaces > Assignments',
  kea: 'Services > DHCP Server',
  kea6: 'Services > DHCPv6 Server',
  laggs: 'Interfaces > Assignments > LAGGs',
  ntpd: 'Services > NTP',
  ppps: 'Interfaces > Assignments > PPPs',
  snmpd: 'Services > SNMP',
  staticroutes: 'System > Routing > Static Routes',
  syslog: 'Status > System Logs > Settings',
  system: 'System',
  virtualip: 'Firewall > Virtual IPs',
  vlans: 'Interfaces > Assignments > VLANs',
  voucher: 'Services > Captive Portal > Vouchers',
};

/**
 * What pfSense acts on as soon as it has received it (facts.md §1.5, no. 11). Gateways are among it: behind every restore
 * xmlrpc.php:filter_configure runs the filter, the routing and the gateway monitors, which is all that the page of the
 * gateways does to apply them.
 */
const actedOn: ReadonlySet<string> = new Set([
  ...[
    'aliases',
    'captiveportal',
    'dhcpd',
    'dhcpdv6',
    'dhcrelay',
    'dhcrelay6',
    'dnshaper',
    'dnsmasq',
    'filter',
    'gateways',
  ],
  ...['ipsec', 'kea', 'kea6', 'nat', 'openvpn', 'schedules', 'shaper', 'staticroutes', 'unbound', 'virtualip'],
]);

export function effectOf(name: string): SectionEffect {
  return actedOn.has(name) ? 'at once' : 'after a reboot or a save in the GUI';
}

/** Why a restore does not reach the rest, and what to do, in one or two sentences. */
export function byHandWords(name: string): string {
  const where = pages[name] === undefined ? 'in the web interface' : `under ${pages[name]}`;
  if (name === 'installedpackages') return `Packages are installed and set up on each firewall: do it ${where}.`;
  if (name === 'voucher') return `Vouchers change while they are used: do it ${where}.`;
  const reason = reasons[name] ?? 'A restore adds and replaces, but takes nothing away here.';
  return `${reason} Do it ${where}, or allow exact replacement by exec_php.`;
}

const reasons: Readonly<Record<string, string>> = {
  virtualip: 'A restore leaves IP aliases and proxy ARP that the firewall has on an interface as they are.',
  system: 'A restore takes no setting away, and leaves users and groups of the system as they are.',
  kea: "A restore leaves the firewall's own name and certificates in Kea's high availability as they are.",
  kea6: "A restore leaves the firewall's own name and certificates in Kea's high availability as they are.",
  captiveportal: 'A restore leaves what a zone says about synchronising back as it is.',
};

/** Of users and groups that the primary copies on, and may not get right. */
export const copiedUsersWords =
  "pfSense's synchronisation does not always bring several changed or removed users or groups in one go. Look at System > User Manager of the secondary afterwards, and finish there by hand.";
