import type { Config } from '../model/config.ts';
import { readInterfaces } from '../model/interfaces.ts';
import { hasFlag } from '../model/read.ts';
import { type Definition, definitionsOf } from '../model/references/definitions.ts';
import { type ReferenceUse, usesOfNames } from '../model/references/references.ts';
import { readVersion } from '../model/version.ts';
import { type ReferenceKind, referenceKinds } from '../schema/references.ts';
import { readKnownAreas, readSyncPlan, type SyncArea, type SyncPart } from './sync/areas.ts';

/** Something of the primary that what it sends names, and that the secondary will not have. */
export interface LeftBehind {
  readonly definition: Definition;
  /** What is sent and names it, at least one. */
  readonly uses: readonly ReferenceUse[];
  readonly reason: LeftBehindReason;
}

export type LeftBehindReason =
  /** It would be sent, but for its own mark. */
  | { readonly is: 'nosync' }
  /** No box that is ticked sends it; this one would. */
  | { readonly is: 'off'; readonly area: SyncArea }
  /** pfSense synchronises nothing of the kind. */
  | { readonly is: 'never' };

/**
 * What the secondary will lack after a synchronisation though it is sent what names it. Nothing where the primary sends
 * nothing, or to a secondary of another config version, to which pfSense refuses to send. Interfaces and VIPs, of which
 * other rules speak, are left out, and places where a missing name does no harm.
 */
export function leftBehind(primary: Config, secondary: Config): readonly LeftBehind[] {
  if (primary.query(readVersion).text !== secondary.query(readVersion).text) return [];
  if ([primary, secondary].some(node => node.query(readInterfaces).size === 0)) return [];
  const sent = new Set(primary.query(readSyncPlan).map(({ part }) => part));
  return kinds.flatMap(kind => {
    const missing = missingOf({ primary, secondary }, kind, sent);
    if (missing.size === 0) return [];
    const uses = usesByName(primary, { kind, names: missing, sent });
    return [...missing.values()].flatMap(definition => {
      const found = uses.get(definition.name) ?? [];
      const reason = found.length > 0 ? reasonOf(primary, definition, sent) : undefined;
      return reason ? [{ definition, uses: found, reason }] : [];
    });
  });
}

/** In which part of a synchronisation the things of a kind are sent; absent for what is never sent. */
const parts: Partial<Readonly<Record<ReferenceKind, SyncPart>>> = {
  alias: 'aliases',
  gateway: 'gateways',
  'gateway-group': 'gateways',
  schedule: 'schedules',
  certificate: 'cert',
  ca: 'ca',
  crl: 'crl',
  limiter: 'dnshaper',
  queue: 'shaper',
  user: 'users',
  group: 'users',
  'auth-server': 'authservers',
  'openvpn-server': 'openvpn',
  phase1: 'ipsec',
  'port-forward': 'nat',
  'associated-rule': 'filter',
};

const kinds = (Object.keys(referenceKinds) as ReferenceKind[]).filter(kind => kind !== 'interface' && kind !== 'vip');

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

type Definitions = ReadonlyMap<string, readonly Definition[]>;

/** What the secondary lacks of the primary's things of a kind, as it was last worked out. */
interface Missing {
  readonly there: Definitions;
  readonly isSent: boolean;
  readonly missing: ReadonlyMap<string, Definition>;
}

const lastMissing = new WeakMap<Definitions, Missing>();

/** The primary's things of a kind that the secondary neither has nor is sent. */
function missingOf(
  { primary, secondary }: Nodes,
  kind: ReferenceKind,
  sent: ReadonlySet<SyncPart>,
): ReadonlyMap<string, Definition> {
  const part = parts[kind];
  const isSent = part !== undefined && sent.has(part);
  const [here, there] = [definitionsOf(primary, kind), definitionsOf(secondary, kind)];
  const known = lastMissing.get(here);
  if (known?.there === there && known.isSent === isSent) return known.missing;
  const missing = new Map<string, Definition>();
  for (const [name, definitions] of here) {
    const [definition] = definitions;
    if (!definition || there.has(name)) continue;
    if (isSent && definitions.some(each => !isMarked(each.element))) continue;
    missing.set(name, definition);
  }
  lastMissing.set(here, { there, isSent, missing });
  return missing;
}

/** What is sent and names one of these things, by name. */
function usesByName(
  primary: Config,
  {
    kind,
    names,
    sent,
  }: {
    readonly kind: ReferenceKind;
    readonly names: ReadonlyMap<string, Definition>;
    readonly sent: ReadonlySet<SyncPart>;
  },
): ReadonlyMap<string, readonly ReferenceUse[]> {
  const found = new Map<string, ReferenceUse[]>();
  for (const { use, name } of usesOfNames(primary, kind, names)) {
    const part = partOf(use.slot.source.items);
    if (!use.isActive || use.slot.slot.effect === undefined || part === undefined || !sent.has(part)) continue;
    if (isMarked(use.item) || isOwnAccount(primary, use)) continue;
    const known = found.get(name);
    if (known) known.push(use);
    else found.set(name, [use]);
  }
  return found;
}

const systemParts: Readonly<Record<string, SyncPart>> = {
  'system/user': 'users',
  'system/group': 'users',
  'system/authserver': 'authservers',
};

/** The part in which items are sent. Kea's certificates are each node's own (rc.filter_synchronize). */
function partOf(items: string): SyncPart | undefined {
  const [section = ''] = items.split('/', 1);
  if (section === 'system') return systemParts[items];
  if (section === 'kea' || section === 'kea6') return undefined;
  return section as SyncPart;
}

/** Whether the item is marked to be left out of the synchronisation. */
function isMarked(item: Definition['element']): boolean {
  return hasFlag(item, 'nosync');
}

/** Accounts with a uid below 2000 that the secondary has are not replaced (xmlrpc.php). */
function isOwnAccount(primary: Config, { item, slot }: ReferenceUse): boolean {
  return slot.source.items === 'system/user' && Number(primary.text(item.child('uid'))) < 2000;
}

function reasonOf(primary: Config, definition: Definition, sent: ReadonlySet<SyncPart>): LeftBehindReason | undefined {
  const part = parts[definition.kind];
  if (part === undefined) return { is: 'never' };
  if (sent.has(part)) return { is: 'nosync' };
  const areas = primary.query(readKnownAreas).filter(area => area.parts.includes(part));
  const [area] = areas.sort((one, other) => one.parts.length - other.parts.length);
  return area && { is: 'off', area };
}
