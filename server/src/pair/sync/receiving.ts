import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import type { SyncPart } from './areas.ts';
import type { SyncItem } from './items.ts';

/** How the receiver of a synchronisation takes a part in (xmlrpc.php:restore_config_section; facts.md §1.5). */
export interface Receiving {
  /** What the primary does not have stays, for each name below the part; else the part is replaced whole. */
  readonly isMerged: boolean;
  /** Of a merged part: names that are sent also where the primary has nothing of them. */
  readonly alwaysSent: ReadonlySet<string>;
  /** Whether the secondary keeps its own of an item that both have. */
  keepsMatched(name: string, sent: SyncItem, primary: Config): boolean;
  /** Whether the secondary keeps an item that the primary does not send. */
  keepsExtra(name: string, local: SyncItem, secondary: Config): boolean;
}

/** Whose accounts are replaced. */
export interface AccountRules {
  readonly key: 'all' | 'ordinary';
}

/** `adminsync`, from 2.5 on: accounts of the system are the primary's too. */
export function readAccountRules(primary: Config): AccountRules {
  const isKnown = (primary.query(readVersion).number ?? Number.POSITIVE_INFINITY) >= 21;
  return { key: isKnown && primary.text(primary.find('hasync/adminsync')) === 'on' ? 'all' : 'ordinary' };
}

const nothing: ReadonlySet<string> = new Set();
const never = () => false;
const replaced: Receiving = { isMerged: false, alwaysSent: nothing, keepsMatched: never, keepsExtra: never };
const merged: Receiving = { ...replaced, isMerged: true };

/** All parts that are not here are replaced whole. */
const receivings: Readonly<Partial<Record<SyncPart, Receiving>>> = {
  authservers: { ...merged, alwaysSent: new Set(['authserver']) },
  dhcpdv6: merged,
  gateways: merged,
  // A primary without high availability sends the secondary the role and the name that go with its own defaults.
  kea: { ...replaced, keepsExtra: isDefaultHa },
  kea6: { ...replaced, keepsExtra: isDefaultHa },
  staticroutes: { ...merged, alwaysSent: new Set(['route']) },
  virtualip: { ...merged, alwaysSent: new Set(['vip']) },
  voucher: merged,
};

export function receivingOf(part: SyncPart, accounts: AccountRules): Receiving {
  if (part === 'users') return accountReceivings[accounts.key];
  return receivings[part] ?? replaced;
}

const accountReceivings: Readonly<Record<AccountRules['key'], Receiving>> = {
  ordinary: { ...merged, alwaysSent: nothing, keepsMatched: keepsSystemAccount, keepsExtra: keepsOwnAccount },
  all: { ...merged, alwaysSent: nothing, keepsMatched: keepsSystemGroup, keepsExtra: keepsOwnAccount },
};

/** Accounts below uid 2000, and groups below gid 1999: `all`, but not `admins`. */
function keepsSystemAccount(name: string, sent: SyncItem, primary: Config): boolean {
  if (name === 'user') return idOf(sent, 'uid', primary) < 2000;
  return keepsSystemGroup(name, sent, primary);
}

function keepsSystemGroup(name: string, sent: SyncItem, primary: Config): boolean {
  return name === 'group' && idOf(sent, 'gid', primary) < 1999;
}

/** auth.inc:local_sync_accounts deletes none of the system's, and none beyond 65,000. */
function keepsOwnAccount(name: string, local: SyncItem, secondary: Config): boolean {
  const id = idOf(local, name === 'user' ? 'uid' : 'gid', secondary);
  return id < (name === 'user' ? 2000 : 1999) || id > 65_000;
}

function idOf(item: SyncItem, child: 'uid' | 'gid', config: Config): number {
  return Number.parseInt(config.text(item.element?.child(child)), 10) || 0;
}

function isDefaultHa(name: string, { element }: SyncItem, secondary: Config): boolean {
  if (name !== 'ha' || !element) return false;
  const own = new Set(['role', 'remotename', 'localname', 'tls', 'mutualtls', 'scertref', 'ccertref']);
  return (
    element.children().every(child => own.has(child.name) || secondary.text(child) === '') && !element.child('enable')
  );
}
