import type { Config } from '../../model/config.ts';
import { readSyncPlan, type SyncPart } from '../../pair/sync/areas.ts';
import { isSent } from '../../pair/sync/sent.ts';
import { isMap, listIn, mapOf, staysVip } from '../restore/receive.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';

/** What a primary with this config takes on to the secondary by itself. */
export interface Synchronised {
  readonly parts: ReadonlySet<SyncPart>;
  /** The sections that hold them. */
  readonly sections: ReadonlySet<string>;
  readonly primary: Config;
}

export function synchronisedBy(primary: Config): Synchronised {
  const planned = primary.query(readSyncPlan).map(({ part }) => part);
  const parts = new Set(planned.filter(part => isSent(primary, part)));
  return { parts, sections: new Set([...parts].map(sectionOf)), primary };
}

export function sectionOf(part: SyncPart): string {
  return part === 'users' || part === 'authservers' ? 'system' : part;
}

/** The sections of a file in which all that the primary takes on is as `other` has it, so that only what is left differs. */
export function withoutSynchronised(
  wanted: SectionStates,
  other: SectionStates,
  { synchronised, keepsOwn }: { readonly synchronised: Synchronised; readonly keepsOwn: boolean },
): SectionStates {
  const states = new Map(wanted);
  for (const name of synchronised.sections) {
    const [own, theirs] = [wanted.get(name), other.get(name)];
    states.set(name, keepsOwn || name === 'system' ? mixed(name, { own, theirs }, synchronised) : theirs);
  }
  return states;
}

interface Mixing {
  readonly own: SectionValue | undefined;
  readonly theirs: SectionValue | undefined;
}

/** What is each node's own of a section that is synchronised, and all else as the other has it. */
function mixed(name: string, mixing: Mixing, { parts, primary }: Synchronised): SectionValue | undefined {
  const { own, theirs } = mixing;
  switch (name) {
    case 'system': {
      const accounts = parts.has('users') ? ['user', 'group', 'nextuid', 'nextgid'] : [];
      return withKeys(mixing, [...accounts, ...(parts.has('authservers') ? ['authserver'] : [])]);
    }
    case 'virtualip': {
      const vips = [
        ...listIn(mapOf(own), 'vip').filter(staysVip),
        ...listIn(mapOf(theirs), 'vip').filter(vip => !staysVip(vip)),
      ];
      return vips.length === 0 ? theirs : new Map([...mapOf(own), ['vip', vips]]);
    }
    case 'kea':
    case 'kea6': {
      const ha = withKeys({ own: mapOf(theirs).get('ha'), theirs: mapOf(own).get('ha') }, [
        'localname',
        'tls',
        'mutualtls',
        'scertref',
        'ccertref',
      ]);
      return ha === undefined || ha === '' ? theirs : new Map([...mapOf(theirs), ['ha', ha]]);
    }
    // These are merged: what the primary does not have stays as the secondary has it.
    case 'gateways':
    case 'staticroutes':
    case 'dhcpdv6':
      return withKeys(
        mixing,
        primary
          .top(name)
          ?.children()
          .map(child => child.name) ?? [],
      );
    default:
      return theirs;
  }
}

function withKeys({ own, theirs }: Mixing, keys: readonly string[]): SectionValue | undefined {
  const section = new Map(mapOf(own));
  for (const key of keys) {
    const value = mapOf(theirs).get(key);
    if (value === undefined) section.delete(key);
    else section.set(key, value);
  }
  if (section.size > 0) return section;
  return own !== undefined && !isMap(own) ? own : theirs === undefined ? undefined : '';
}
