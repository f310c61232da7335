import { isList, type SectionMap, type SectionValue } from './xmlRpc/value.ts';

/**
 * Whether a node that holds the one section holds the other. What pfSense itself changes while it writes and receives does
 * not count: what is empty is not there, a map has no order, texts lose line breaks and tabs around them (facts.md §1.5, §2.1),
 * users and groups are sorted anew, and each node's own VIPs come first in any order (facts.md §1.5, points 4 and 5).
 */
export function isSameSection(name: string, one: SectionValue | undefined, other: SectionValue | undefined): boolean {
  return one === other || canonicalText(name, one) === canonicalText(name, other);
}

/**
 * Whether something inside a section, at that path, is the same. Unlike a section, what is empty there counts: it is how
 * pfSense writes a flag that is set, and a flag that is not set is absent (facts.md §2.1).
 */
export function isSameSetting(path: string, one: SectionValue | undefined, other: SectionValue | undefined): boolean {
  const text = (value: SectionValue | undefined) => value !== undefined && JSON.stringify(canonicalOf(value, path));
  return one === other || (text(one) || undefined) === (text(other) || undefined);
}

/** The same text for what {@link isSameSection} calls the same; undefined for a section that holds nothing. */
export function canonicalText(name: string, value: SectionValue | undefined): string | undefined {
  const canonical = value === undefined ? undefined : canonicalOf(value, name);
  return canonical === undefined || canonical === '' ? undefined : JSON.stringify(canonical);
}

/** A VIP that is each node's own: sent by no primary and kept by every receiver (facts.md §1.5, point 5). */
function isOwnVipValue(vip: SectionValue): boolean {
  if (!(vip instanceof Map)) return false;
  const [mode, on] = [textOf(vip, 'mode'), textOf(vip, 'interface')];
  return (mode === 'ipalias' || mode === 'proxyarp') && !on.includes('_vip') && !on.includes('lo0');
}

/** Text, list, or pairs of name and value: what JSON writes down in one way only. */
type Canonical = string | readonly Canonical[] | { readonly entries: readonly (readonly [string, Canonical])[] };

function canonicalOf(value: SectionValue, path: string): Canonical | undefined {
  if (typeof value === 'string') return value.replace(/^[\t\r\n]+|[\t\r\n]+$/g, '').replace(/^ +$/, '');
  if (isList(value)) return listOf(value, path);
  const entries = [...(value as SectionMap)]
    .map(([name, child]) => [name, canonicalOf(child, `${path}/${name}`)] as const)
    .filter((entry): entry is readonly [string, Canonical] => entry[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.length === 0 ? '' : { entries };
}

/** An empty list is not written at all. */
function listOf(list: readonly SectionValue[], path: string): Canonical | undefined {
  if (list.length === 0) return undefined;
  const items = (values: readonly SectionValue[]) => values.map(item => canonicalOf(item, path) ?? '');
  if (path === 'system/user' || path === 'system/group') return sorted(items(list));
  if (path !== 'virtualip/vip') return items(list);
  const own = list.filter(isOwnVipValue);
  return [...sorted(items(own)), ...items(list.filter(vip => !isOwnVipValue(vip)))];
}

function sorted(items: readonly Canonical[]): readonly Canonical[] {
  return items
    .map(item => [JSON.stringify(item), item] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, item]) => item);
}

function textOf(map: SectionMap, name: string): string {
  const value = map.get(name);
  return typeof value === 'string' ? value : '';
}
