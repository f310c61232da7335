import type { ConfigVersion } from '../../model/version.ts';
import { isMap, listIn, mapOf, staysVip } from '../plan/receive.ts';
import { isReplacedWhole } from '../replacedWhole.ts';
import { isSameSetting } from '../sameSection.ts';
import { isList, type SectionMap, type SectionStates, type SectionValue } from '../xmlRpc/value.ts';

const topLevelLists: ReadonlySet<string> = new Set(['ca', 'cert', 'crl']);

/**
 * What a restore is sent to bring sections back from what they are to what they were. A merged section cannot lose a key that
 * was added and is no list; then what is sent does not reach all of it, which the look afterwards shows.
 */
export function wayBack(now: SectionStates, before: SectionStates, version: ConfigVersion): SectionMap {
  const sections = new Map<string, SectionValue>();
  for (const [name, value] of before) {
    const sent = isReplacedWhole(name, version)
      ? (value ?? (topLevelLists.has(name) ? [] : ''))
      : mergedBack(name, now.get(name), value);
    if (sent !== undefined) sections.set(name, sent);
  }
  return sections;
}

/** Undefined where nothing that could be sent would change anything. */
function mergedBack(
  name: string,
  now: SectionValue | undefined,
  before: SectionValue | undefined,
): SectionValue | undefined {
  if (name === 'virtualip') return new Map([['vip', listIn(mapOf(before), 'vip').filter(vip => !staysVip(vip))]]);
  if (before !== undefined && before !== '' && !isMap(before)) return before;
  const [from, to] = [mapOf(now), mapOf(before)];
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
