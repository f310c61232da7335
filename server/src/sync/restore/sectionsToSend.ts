import type { ConfigVersion } from '../../model/version.ts';
import { isSameSetting } from '../sameSection.ts';
import { isList, type SectionMap, type SectionStates, type SectionValue } from '../xmlRpc/value.ts';
import { isMap, listIn, mapOf, staysVip } from './receive.ts';
import { isReplacedWhole } from './replacedWhole.ts';

const topLevelLists: ReadonlySet<string> = new Set(['ca', 'cert', 'crl']);

/**
 * What a restore is sent to bring sections from what they are to what they are to be, be it new or what they were before. A
 * merged section cannot lose a key that is no list; then what is sent does not reach all of it.
 */
export function sectionsToSend(now: SectionStates, wanted: SectionStates, version: ConfigVersion): SectionMap {
  const sections = new Map<string, SectionValue>();
  for (const [name, value] of wanted) {
    const sent = isReplacedWhole(name, version)
      ? (value ?? (topLevelLists.has(name) ? [] : ''))
      : mergedKeys(name, now.get(name), value);
    if (sent !== undefined) sections.set(name, sent);
  }
  return sections;
}

/** Undefined where nothing that could be sent would change anything. */
function mergedKeys(
  name: string,
  now: SectionValue | undefined,
  wanted: SectionValue | undefined,
): SectionValue | undefined {
  if (name === 'virtualip') return new Map([['vip', listIn(mapOf(wanted), 'vip').filter(vip => !staysVip(vip))]]);
  if (wanted !== undefined && wanted !== '' && !isMap(wanted)) return wanted;
  const [from, to] = [mapOf(now), mapOf(wanted)];
  const sent = new Map<string, SectionValue>();
  for (const [key, value] of to) if (!isSameSetting(`${name}/${key}`, from.get(key), value)) sent.set(key, value);
  for (const [key, value] of from) if (!to.has(key) && isList(value)) sent.set(key, []);
  if (name === 'system' && (sent.has('user') || sent.has('group'))) addAccounts(sent, to);
  return sent.size === 0 ? undefined : sent;
}

/** Accounts are looked at only where both lists are sent (facts.md §1.5, point 4). */
function addAccounts(sent: Map<string, SectionValue>, to: SectionMap): void {
  for (const key of ['user', 'group', 'nextuid', 'nextgid']) {
    const value = to.get(key);
    if (value !== undefined) sent.set(key, value);
  }
}
