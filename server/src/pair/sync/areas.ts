import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';

/** What the configuration sync sends as one piece: a section of the file, or one list of `system`. */
export type SyncPart =
  | 'users'
  | 'authservers'
  | 'aliases'
  | 'ca'
  | 'captiveportal'
  | 'cert'
  | 'crl'
  | 'dhcpd'
  | 'dhcpdv6'
  | 'dhcrelay'
  | 'dhcrelay6'
  | 'dnshaper'
  | 'dnsmasq'
  | 'filter'
  | 'gateways'
  | 'ipsec'
  | 'kea'
  | 'kea6'
  | 'load_balancer'
  | 'nat'
  | 'openvpn'
  | 'schedules'
  | 'shaper'
  | 'staticroutes'
  | 'unbound'
  | 'virtualip'
  | 'voucher'
  | 'wol';

/** One box of *System > High Availability*: what it turns on. */
export interface SyncArea {
  /** The child of `hasync`, such as `synchronizerules`. */
  readonly key: string;
  /** What the box is called, as a message goes on with it: `firewall rules`. */
  readonly title: string;
  readonly parts: readonly SyncPart[];
  /** The first config version whose pfSense has the box. */
  readonly since?: number;
  /** The first config version whose pfSense has it no longer. */
  readonly until?: number;
}

/** The first config version in which Kea's settings are synchronised; 23.3 is pfSense 2.7.2, which does not. */
const keaVersion = 23.4;

/** In the order of pfSense's form (system_hasync.php, rc.filter_synchronize of 2.4.5 to 2.9; facts.md §1.8). */
export const syncAreas: readonly SyncArea[] = [
  { key: 'synchronizeusers', title: 'users and groups', parts: ['users'] },
  { key: 'synchronizeauthservers', title: 'authentication servers', parts: ['authservers'] },
  { key: 'synchronizecerts', title: 'certificates', parts: ['cert', 'ca', 'crl'] },
  { key: 'synchronizerules', title: 'firewall rules', parts: ['filter', 'schedules'] },
  { key: 'synchronizeschedules', title: 'schedules', parts: ['schedules'] },
  { key: 'synchronizealiases', title: 'aliases', parts: ['aliases'] },
  { key: 'synchronizenat', title: 'NAT', parts: ['nat'] },
  { key: 'synchronizeipsec', title: 'IPsec', parts: ['ipsec'] },
  { key: 'synchronizeopenvpn', title: 'OpenVPN', parts: ['openvpn', 'cert', 'ca', 'crl'] },
  { key: 'synchronizedhcpd', title: 'DHCP server', parts: ['dhcpd', 'kea'] },
  { key: 'synchronizedhcrelay', title: 'DHCP relay', parts: ['dhcrelay'], since: 22.2 },
  { key: 'synchronizekea6', title: 'DHCPv6 server', parts: ['dhcpdv6', 'kea6'], since: keaVersion },
  { key: 'synchronizedhcrelay6', title: 'DHCPv6 relay', parts: ['dhcrelay6'], since: 22.2 },
  { key: 'synchronizewol', title: 'Wake-on-LAN', parts: ['wol'] },
  { key: 'synchronizestaticroutes', title: 'static routes', parts: ['staticroutes', 'gateways'] },
  { key: 'synchronizelb', title: 'load balancer', parts: ['load_balancer'], until: 21 },
  { key: 'synchronizevirtualip', title: 'virtual IPs', parts: ['virtualip'] },
  { key: 'synchronizetrafficshaper', title: 'traffic shaper', parts: ['shaper'] },
  { key: 'synchronizetrafficshaperlimiter', title: 'limiters', parts: ['dnshaper'] },
  { key: 'synchronizednsforwarder', title: 'DNS forwarder and resolver', parts: ['dnsmasq', 'unbound'] },
  { key: 'synchronizecaptiveportal', title: 'captive portal', parts: ['captiveportal', 'voucher'] },
];

/** The boxes that the file's version has; of an unknown version those of the newest. */
export function readKnownAreas(config: Config): readonly SyncArea[] {
  const number = config.query(readVersion).number ?? Number.POSITIVE_INFINITY;
  return syncAreas.filter(({ since = 0, until }) => since <= number && (until === undefined || number < until));
}

/** The boxes that are ticked, whatever the box holds, as pfSense asks (rc.filter_synchronize). */
export function readTickedAreas(config: Config): readonly SyncArea[] {
  const hasync = config.top('hasync');
  if (!hasync) return [];
  return config.query(readKnownAreas).filter(area => config.text(hasync.child(area.key)) !== '');
}

/** A part that the node sends, and the box that has it sent: the one for nothing else where several do. */
export interface PlannedPart {
  readonly part: SyncPart;
  readonly area: SyncArea;
}

/**
 * What a node sends when it synchronises, as far as its boxes tell: nothing without a target. What stands in the parts
 * is not looked at.
 */
export function readSyncPlan(config: Config): readonly PlannedPart[] {
  const hasync = config.top('hasync');
  if (config.text(hasync?.child('synchronizetoip')) === '') return [];
  const areas = config.query(readTickedAreas);
  const planned = new Map<SyncPart, SyncArea>();
  for (const area of areas) {
    for (const part of area.parts) {
      const before = planned.get(part);
      if (isSentBy(config, part) && !(before && before.parts.length <= area.parts.length)) planned.set(part, area);
    }
  }
  return [...planned].map(([part, area]) => ({ part, area }));
}

/** Whether the node sends a part when it synchronises, as far as its boxes tell. */
export function sends(config: Config, wanted: SyncPart): boolean {
  return config.query(readSyncPlan).some(({ part }) => part === wanted);
}

/** Parts that came to a box later than the box itself. Up to 17.3, that of 2.4.1, pfSense looked for vouchers under a wrong name. */
function isSentBy(config: Config, part: SyncPart): boolean {
  const number = config.query(readVersion).number ?? Number.POSITIVE_INFINITY;
  if (part === 'kea') return number >= keaVersion;
  return part !== 'voucher' || number > 17.3;
}
