import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import type { Element } from '../../syntax/tree.ts';
import type { SyncPart } from './areas.ts';

/** Parts that are sent only where the primary has something in them; an empty one of the others empties the secondary's. */
const sentWithContent: ReadonlySet<SyncPart> = new Set([
  'dhcpd',
  'dhcpdv6',
  'dhcrelay',
  'dhcrelay6',
  'dnsmasq',
  'kea',
  'kea6',
  'unbound',
  'voucher',
]);

/** Whether a primary whose box for the part is ticked sends it (rc.filter_synchronize). */
export function isSent(primary: Config, part: SyncPart): boolean {
  if (part === 'users') {
    // The receiver touches accounts only where it gets both.
    const system = primary.top('system');
    return Boolean(system?.child('user')?.hasChildren && system.child('group')?.hasChildren);
  }
  if (part === 'kea') return hasContent(primary, 'kea') && hasContent(primary, 'dhcpd');
  if (part === 'kea6') return hasContent(primary, 'kea6') && hasContent(primary, 'dhcpdv6');
  // Up to 2.4 an empty captive portal was not sent.
  const isOld = (primary.query(readVersion).number ?? Number.POSITIVE_INFINITY) < 21;
  if (part === 'captiveportal' && isOld) return hasContent(primary, part);
  return !sentWithContent.has(part) || hasContent(primary, part);
}

/**
 * Whether a VIP is each node's own: IP aliases and proxy ARP on an interface are neither sent nor taken away
 * (rc.filter_synchronize:backup_vip_config_section, xmlrpc.php:restore_config_section).
 */
export function isOwnVip(vip: Element, config: Config): boolean {
  const mode = config.text(vip.child('mode'));
  if (mode !== 'ipalias' && mode !== 'proxyarp') return false;
  const on = config.text(vip.child('interface'));
  return !on.includes('_vip') && !on.includes('lo0');
}

function hasContent(primary: Config, section: string): boolean {
  return primary.top(section)?.hasChildren === true;
}
