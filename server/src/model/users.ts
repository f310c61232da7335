import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { readHaSync } from './hasync.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** The privilege that XMLRPC asks of every account but uid 0: "System - HA node sync" (facts.md §1.1). */
export const syncPrivilege = 'system-xmlrpc-ha-sync';

/** A row of `system/user`. Password hashes are not read. */
export interface User {
  readonly element: Element;
  readonly name: Read<string>;
  /** As written; `0` is admin. */
  readonly uid: Read<string> | undefined;
  readonly isDisabled: boolean;
  /** `MM/DD/YYYY` as pfSense writes it; absent where the account never expires. */
  readonly expires: Read<string> | undefined;
  readonly descr: Read<string> | undefined;
  /** Its own privileges, without those of its groups. */
  readonly privileges: readonly Read<string>[];
}

/** A row of `system/group`. */
export interface Group {
  readonly element: Element;
  readonly name: Read<string>;
  readonly gid: Read<string> | undefined;
  /** The uids of its members. */
  readonly members: readonly Read<string>[];
  readonly privileges: readonly Read<string>[];
}

/** The accounts of a node in the order of the file; rows without a name are left out. */
export function readUsers(config: Config): readonly User[] {
  return (config.top('system')?.childrenNamed('user') ?? []).flatMap(element => {
    const name = readText(config, element, 'name');
    if (!name) return [];
    return [
      {
        element,
        name,
        uid: readText(config, element, 'uid'),
        isDisabled: hasFlag(element, 'disabled'),
        expires: readText(config, element, 'expires'),
        descr: readText(config, element, 'descr'),
        privileges: texts(config, element, 'priv'),
      },
    ];
  });
}

/** The groups of a node in the order of the file; rows without a name are left out. */
export function readGroups(config: Config): readonly Group[] {
  return (config.top('system')?.childrenNamed('group') ?? []).flatMap(element => {
    const name = readText(config, element, 'name');
    if (!name) return [];
    return [
      {
        element,
        name,
        gid: readText(config, element, 'gid'),
        members: texts(config, element, 'member'),
        privileges: texts(config, element, 'priv'),
      },
    ];
  });
}

/**
 * What an account may do: its own privileges and those of every group that has its uid as a member, and of the group `all`,
 * which everybody is in (auth.inc:get_user_privileges).
 */
export function effectivePrivileges(config: Config, user: User): ReadonlySet<string> {
  const uid = user.uid?.value;
  const groups = config
    .query(readGroups)
    .filter(({ name, members }) => name.value === 'all' || members.some(member => member.value === uid));
  return new Set([...user.privileges, ...groups.flatMap(group => group.privileges)].map(each => each.value));
}

/** Whether XMLRPC lets the account in: enabled, and uid 0 or holder of the sync privilege; "all pages" is not enough (facts.md §1.1). */
export function maySynchronize(config: Config, user: User): boolean {
  if (user.isDisabled) return false;
  return user.uid?.value === '0' || effectivePrivileges(config, user).has(syncPrivilege);
}

/** Whether LDAP or RADIUS tells who may log in: an account, or its groups, may then be known there alone (`system/webgui/authmode`). */
export function usesRemoteAccounts(config: Config): boolean {
  const mode = config.text(config.find('system/webgui/authmode'));
  return mode !== '' && mode !== 'Local Database';
}

/** The account by which the primary's configuration sync logs in on the other node (xmlrpc_client.inc). */
export function syncUserName(primary: Config): string {
  return primary.query(readHaSync).username?.value ?? 'admin';
}

/**
 * The names by which a node logs in on the other one, as far as they are written down: that of the configuration sync, and
 * those by which captive portals and vouchers tell the primary of sessions (services_captiveportal_hasync.php; up to pfSense
 * 2.4.5 services_captiveportal_vouchers.php).
 */
export function namesOnPeer(config: Config): readonly Read<string>[] {
  const zones = (section: string, child: string) =>
    (config.top(section)?.children() ?? []).map(zone => readText(config, zone, child));
  return [
    config.query(readHaSync).username,
    ...zones('captiveportal', 'backwardsyncuser'),
    ...zones('voucher', 'vouchersyncusername'),
  ].filter(read => read !== undefined);
}

function texts(config: Config, element: Element, name: string): readonly Read<string>[] {
  return element
    .childrenNamed(name)
    .map(child => ({ value: config.text(child), element: child }))
    .filter(read => read.value !== '');
}
