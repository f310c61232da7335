import type { ConfigVersion } from '../../model/version.ts';
import { isMap, listIn, receive, staysVip } from '../restore/receive.ts';
import { isReplacedWhole } from '../restore/replacedWhole.ts';
import { isSameSection } from '../sameSection.ts';
import type { SectionMap, SectionStates, SectionValue } from '../xmlRpc/value.ts';

/**
 * Something that can be sent to the primary and changes nothing there: a primary synchronises after any save (facts.md
 * §1.5, no. 10), and so takes on what its secondary lacks. The sections are tried in their order.
 */
export function nudgeOf(
  states: SectionStates,
  version: ConfigVersion,
  names: readonly string[],
): SectionMap | undefined {
  for (const name of [...names, 'system']) {
    const local = states.get(name);
    const sent = local === undefined ? undefined : unchanged(name, local, version);
    if (sent === undefined || sent === '') continue;
    if (isSameSection(name, receive(name, { local, sent }, version), local)) return new Map([[name, sent]]);
  }
  return undefined;
}

function unchanged(name: string, local: SectionValue, version: ConfigVersion): SectionValue | undefined {
  if (isReplacedWhole(name, version) || !isMap(local)) return local;
  if (name === 'virtualip') return new Map([['vip', listIn(local, 'vip').filter(vip => !staysVip(vip))]]);
  const [first] = [...local].filter(([key]) => key !== 'user' && key !== 'group');
  return first && new Map([first]);
}
