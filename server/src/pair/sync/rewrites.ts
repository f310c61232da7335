import type { Config } from '../../model/config.ts';
import { readDhcpScopes } from '../../model/dhcp.ts';
import { readHostname } from '../../model/hostname.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import type { Element } from '../../syntax/tree.ts';
import type { SyncPart } from './areas.ts';
import type { SyncItem } from './items.ts';

/** Texts of children that the primary sends in place of those it has; absent for one that is not to be known. */
export type Rewrites = ReadonlyMap<string, string | undefined>;

/** What the rewrites take from elsewhere in the primary's file. */
export interface SendContext {
  readonly hostname: string;
  /** The primary's own address by interface key, where DHCP names a fail-over peer; absent where none is written down. */
  readonly failoverAddresses: ReadonlyMap<string, string | undefined>;
}

/** With the same key the rewrites of a part are the same, whatever was edited elsewhere. */
export function contextKeyOf(part: SyncPart, { hostname, failoverAddresses }: SendContext): string {
  if (part === 'kea' || part === 'kea6') return hostname;
  return part === 'dhcpd' ? JSON.stringify([...failoverAddresses]) : '';
}

export function readSendContext(primary: Config): SendContext {
  const hostname = primary.query(readHostname);
  const interfaces = primary.query(readInterfaces);
  const failoverAddresses = new Map<string, string | undefined>();
  for (const { key, failoverPeer } of primary.query(readDhcpScopes).values()) {
    const own = interfaces.get(key)?.ipv4?.address;
    if (failoverPeer) failoverAddresses.set(key, own && primary.text(own.element));
  }
  return { hostname, failoverAddresses };
}

/** What pfSense changes in an item that it sends (rc.filter_synchronize; facts.md §1.8); absent where it changes nothing. */
export function rewritesOf(
  item: SyncItem,
  primary: Config,
  { part, context }: { readonly part: SyncPart; readonly context: SendContext },
): Rewrites | undefined {
  const { element } = item;
  if (!element) return undefined;
  if (part === 'virtualip' && element.name === 'vip') return vipRewrites(element, primary);
  if (part === 'dhcpd' && context.failoverAddresses.has(element.name) && element.parent?.row === 0) {
    return new Map([['failover_peerip', context.failoverAddresses.get(element.name)]]);
  }
  if ((part === 'kea' || part === 'kea6') && element.name === 'ha') return keaRewrites(element, primary, context);
  return undefined;
}

/** 254 at most; an advskew that is not empty 100 more, so that the secondary comes second. */
function vipRewrites(vip: Element, primary: Config): Rewrites {
  const rewrites = new Map<string, string>();
  const skew = primary.text(vip.child('advskew'));
  if (skew !== '') rewrites.set('advskew', String(Math.min(wholeNumber(skew) + 100, 254)));
  const base = primary.text(vip.child('advbase'));
  if (base !== '') rewrites.set('advbase', String(Math.min(wholeNumber(base), 254)));
  return rewrites;
}

/** Both ends change places; the other node's name is this one's own, and its role the other one. */
function keaRewrites(ha: Element, primary: Config, { hostname }: SendContext): Rewrites {
  const text = (name: string) => primary.text(ha.child(name));
  const rewrites = new Map<string, string | undefined>();
  for (const [local, remote] of [
    ['localip', 'remoteip'],
    ['localport', 'remoteport'],
  ] as const) {
    rewrites.set(local, text(remote) || text(local));
    rewrites.set(remote, text(local) || text(remote));
  }
  rewrites.set('remotename', ha.child('localname') ? text('localname').trim() : hostname);
  const role = text('role') || 'primary';
  // Any other word ends the synchronisation with an error of PHP's.
  rewrites.set('role', role === 'primary' ? 'standby' : role === 'standby' ? 'primary' : undefined);
  return rewrites;
}

/** As PHP's intval reads it. */
function wholeNumber(text: string): number {
  return Number.parseInt(text, 10) || 0;
}
