import type { ConfigVersion } from '../../model/version.ts';
import { isSameSection } from '../sameSection.ts';
import { isList, type SectionMap, type SectionValue } from '../xmlRpc/value.ts';
import { isReplacedWhole } from './replacedWhole.ts';

/** A section before a restore, and what the restore is sent of it. */
export interface Sending {
  readonly local: SectionValue | undefined;
  readonly sent: SectionValue;
}

/**
 * What a node holds of a section after restore_config_section (xmlrpc.php; facts.md §1.5): what it replaces, what it merges
 * key by key, and what it keeps of its own. Undefined for a section that it then has not.
 */
export function receive(name: string, sending: Sending, version: ConfigVersion): SectionValue | undefined {
  const { local, sent } = sending;
  if (name === 'captiveportal') return receiveZones(sending);
  if (isReplacedWhole(name, version)) return name === 'kea' || name === 'kea6' ? receiveKea(sending) : sent;
  if (!isMap(sent)) return sent === '' ? local : sent;
  const received = name === 'virtualip' ? receiveVips(sent, mapOf(local)) : sent;
  const accounts = name === 'system' ? receiveAccounts(received, mapOf(local)) : received;
  return mergedInto(mapOf(local), accounts);
}

/** A key of a section replaces the key; one that is not sent stays. An empty list is not written. */
function mergedInto(local: SectionMap, sent: SectionMap): SectionMap {
  const merged = new Map(local);
  for (const [key, value] of sent) {
    if (isList(value) && value.length === 0) merged.delete(key);
    else merged.set(key, value);
  }
  return merged;
}

/** What a zone says about synchronising back stays each node's own; zones that are not sent are gone (facts.md §1.5, no. 3). */
function receiveZones({ local, sent }: Sending): SectionValue {
  if (!isMap(sent)) return sent;
  const zones = new Map<string, SectionValue>();
  for (const [name, zone] of sent)
    zones.set(name, isMap(zone) ? receiveZone(zone, mapOf(mapOf(local).get(name))) : zone);
  return zones;
}

function receiveZone(sent: SectionMap, local: SectionMap): SectionMap {
  const zone = new Map(sent);
  for (const key of ['enablebackwardsync', 'backwardsyncip', 'backwardsyncuser', 'backwardsyncpassword']) {
    const own = local.get(key);
    if (own !== undefined) zone.set(key, own);
    // Where there is no password of its own, pfSense takes away another key than it means to.
    else zone.delete(key === 'backwardsyncpassword' ? 'vouchersyncpass' : key);
  }
  return zone;
}

/** In Kea's high availability a node keeps its own name and certificates (facts.md §1.5, no. 8). */
function receiveKea({ local, sent }: Sending): SectionValue {
  const own = mapOf(mapOf(local).get('ha'));
  const ha = new Map(mapOf(mapOf(sent).get('ha')));
  const hasTls = own.has('tls');
  const isMutual = hasTls && own.has('mutualtls');
  const keep = (key: string, isKept: boolean) => {
    const value = own.get(key);
    if (isKept && value !== undefined && value !== '') ha.set(key, value);
    else ha.delete(key);
  };
  keep('localname', true);
  keep('scertref', hasTls);
  keep('ccertref', isMutual);
  for (const [key, isKept] of [
    ['tls', hasTls],
    ['mutualtls', isMutual],
  ] as const) {
    if (isKept) ha.set(key, '');
    else ha.delete(key);
  }
  const section = new Map(mapOf(sent));
  if (ha.size > 0) section.set('ha', ha);
  else section.delete('ha');
  return section.size === 0 ? '' : section;
}

/** IP aliases and proxy ARP on an interface stay, and come first (facts.md §1.5, no. 5). */
function receiveVips(sent: SectionMap, local: SectionMap): SectionMap {
  const own = listIn(local, 'vip').filter(staysVip);
  return new Map([...sent, ['vip', [...own, ...listIn(sent, 'vip')]]]);
}

/** Whether the receiver of a synchronisation keeps a VIP of its own, whatever it is sent. */
export function staysVip(vip: SectionValue): boolean {
  const [mode, on] = [textIn(vip, 'mode'), textIn(vip, 'interface')];
  const isOnCarp = on.startsWith('_vip');
  if (mode === 'carp' || (mode === 'ipalias' && (isOnCarp || on.includes('lo0')))) return false;
  return ((mode === 'ipalias' || mode === 'proxyarp') && !isOnCarp) || on.includes('lo0');
}

/**
 * Users and groups are looked at only where both are sent: those of the system stay, all others become what is sent
 * (facts.md §1.5, no. 4).
 */
function receiveAccounts(sent: SectionMap, local: SectionMap): SectionMap {
  const [users, groups] = [listIn(sent, 'user'), listIn(sent, 'group')];
  if (users.length === 0 || groups.length === 0) return sent;
  const user = mergedAccounts(listIn(local, 'user'), users, each => isSystemUser(each));
  const group = mergedAccounts(listIn(local, 'group'), groups, each => isSystemGroup(each));
  return new Map([...sent, ['user', user], ['group', group]]);
}

function mergedAccounts(
  local: readonly SectionValue[],
  sent: readonly SectionValue[],
  isOwn: (account: SectionValue) => boolean,
): readonly SectionValue[] {
  const here = new Map(local.map(account => [textIn(account, 'name'), account]));
  const there = new Set(sent.map(account => textIn(account, 'name')));
  const taken = sent.map(account => {
    const own = here.get(textIn(account, 'name'));
    return own !== undefined && isOwn(account) ? own : account;
  });
  return [
    ...taken,
    ...local.filter(account => !there.has(textIn(account, 'name')) && (isOwn(account) || isForever(account))),
  ];
}

export function isSystemUser(user: SectionValue): boolean {
  return toInteger(textIn(user, 'uid')) < 2000;
}

export function isSystemGroup(group: SectionValue): boolean {
  return toInteger(textIn(group, 'gid')) < 1999;
}

/** auth.inc:local_sync_accounts deletes nothing beyond 65,000. */
function isForever(account: SectionValue): boolean {
  return Math.max(toInteger(textIn(account, 'uid')), toInteger(textIn(account, 'gid'))) > 65_000;
}

/**
 * Whether pfSense would do to users and groups what it is sent. It goes through the list with a count that shrinks as it
 * takes accounts out, so that of several the last may stay; it knows them by name, so that of two with one name, or without any, it
 * takes the other; and from 23.4 on who is changed leaves the groups (facts.md §1.5, no. 4).
 */
export function areAccountsReliable(
  local: SectionMap,
  wanted: SectionMap,
  { version: { number = Number.POSITIVE_INFINITY }, systemUsers }: AccountRules,
): boolean {
  if ([local, wanted].some(accounts => ['user', 'group'].some(key => !areNamed(listIn(accounts, key))))) return false;
  const users = replacedAccounts(
    listIn(local, 'user'),
    listIn(wanted, 'user'),
    user => systemUsers === 'kept' && isSystemUser(user),
  );
  const groups = replacedAccounts(listIn(local, 'group'), listIn(wanted, 'group'), isSystemGroup);
  if (users.length > 1 || groups.length > 1) return false;
  // Beyond 65,000 nothing is taken out, so that what is changed stands there twice.
  if ([...users, ...groups].some(isForever)) return false;
  if (number < 23.4) return true;
  // By the number that it is sent for a changed user, by its own for one that goes.
  const changed = new Map(listIn(wanted, 'user').map(user => [textIn(user, 'name'), user]));
  return !users.some(user => isMember(local, textIn(changed.get(textIn(user, 'name')) ?? user, 'uid')));
}

export interface AccountRules {
  readonly version: ConfigVersion;
  /** `replaced` where `adminsync` is sent along. */
  readonly systemUsers: 'kept' | 'replaced';
}

/** Whether each has a name of its own. */
function areNamed(accounts: readonly SectionValue[]): boolean {
  const names = new Set(accounts.map(account => textIn(account, 'name')));
  return !names.has('') && names.size === accounts.length;
}

function isMember(local: SectionMap, uid: string): boolean {
  return listIn(local, 'group').some(group => isMap(group) && listIn(group, 'member').includes(uid));
}

/** Those that pfSense takes out, to put another in their place or none. */
function replacedAccounts(
  local: readonly SectionValue[],
  wanted: readonly SectionValue[],
  isOwn: (account: SectionValue) => boolean,
): readonly SectionValue[] {
  const there = new Map(wanted.map(account => [textIn(account, 'name'), account]));
  return local.filter(account => {
    const other = there.get(textIn(account, 'name'));
    // Whose it is, pfSense tells by the number that it is sent, where it is sent one.
    if (other === undefined) return !isOwn(account) && !isForever(account);
    return !isOwn(other) && !isSameSection('account', account, other);
  });
}

function toInteger(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

export function listIn(map: SectionMap, key: string): readonly SectionValue[] {
  const list = map.get(key);
  return list !== undefined && isList(list) ? list : [];
}

export function textIn(value: SectionValue, key: string): string {
  const text = isMap(value) ? value.get(key) : undefined;
  return typeof text === 'string' ? text : '';
}

export function mapOf(value: SectionValue | undefined): SectionMap {
  return value !== undefined && isMap(value) ? value : new Map();
}

export function isMap(value: SectionValue): value is SectionMap {
  return value instanceof Map;
}
