import type { Config } from '../../model/config.ts';
import { keysOfList } from '../../model/naturalKeys.ts';
import { type SyncPart, syncAreas } from '../../pair/sync/areas.ts';
import { matchItems } from '../../pair/sync/itemMatching.ts';
import { itemsOf, type SyncItem, type SyncItems } from '../../pair/sync/items.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { isMap, mapOf } from '../restore/receive.ts';
import { canonicalText, isSameSection, isSameSetting } from '../sameSection.ts';
import { sectionValueOf } from '../sectionValue.ts';
import { isList, type SectionMap, type SectionValue } from '../xmlRpc/value.ts';
import type { ItemChange } from './plan.ts';

/** Two states of a node's config: what it holds, and what it is to hold. */
export interface States {
  readonly from: Config;
  readonly to: Config;
}

/** Such as `alias WEB` added, `firewall rule "Allow web" on LAN` changed: what a section is to become, item by item. */
export function itemChanges(name: string, { from, to }: States): readonly ItemChange[] {
  const parts = partsOf(name);
  const changes = parts.flatMap(part => changesOfPart(part, { from, to }));
  const rest = name === 'system' ? valueChanges(name, states(name, { from, to }), accountLists) : [];
  if (parts.length > 0 && changes.length + rest.length > 0) return [...rest, ...changes];
  // What the comparison of a synchronisation passes over, such as who saved an item when, is a change all the same.
  const all = valueChanges(name, states(name, { from, to }), nothing);
  return all;
}

const nothing: ReadonlySet<string> = new Set();
const accountLists: ReadonlySet<string> = new Set(['user', 'group', 'nextuid', 'nextgid', 'authserver']);
const syncParts: ReadonlySet<string> = new Set(syncAreas.flatMap(({ parts }) => parts));

function partsOf(name: string): readonly SyncPart[] {
  if (name === 'system') return ['users', 'authservers'];
  return syncParts.has(name) ? [name as SyncPart] : [];
}

function states(name: string, { from, to }: States): readonly [SectionValue | undefined, SectionValue | undefined] {
  return [sectionValueOf(from, name), sectionValueOf(to, name)];
}

function changesOfPart(part: SyncPart, { from, to }: States): readonly ItemChange[] {
  const changes: ItemChange[] = [];
  compareItems([itemsOf(from, part), itemsOf(to, part)], { from, to }, changes);
  return changes;
}

function compareItems([before, after]: readonly [SyncItem, SyncItem], states: States, changes: ItemChange[]): void {
  const settings = differingNames(before.fields, after.fields);
  if (settings.length > 0) {
    const kind = !before.element ? 'added' : !after.element ? 'removed' : 'changed';
    changes.push({
      kind,
      title: titleOf(after.element ? after : before, states),
      settings: kind === 'changed' ? settings : [],
    });
  }
  for (const name of new Set([...before.parts.keys(), ...after.parts.keys()])) {
    compareLists(before.parts.get(name), after.parts.get(name), { states, changes });
  }
}

function compareLists(
  before: SyncItems | undefined,
  after: SyncItems | undefined,
  { states, changes }: { readonly states: States; readonly changes: ItemChange[] },
): void {
  const { unlike, missing, extra } = matchItems(after, before);
  for (const { sent, local, movedTo } of unlike) {
    const count = changes.length;
    compareItems([local, sent], states, changes);
    if (movedTo && changes.length === count) {
      changes.push({ kind: 'moved', title: titleOf(sent, states), settings: [] });
    }
  }
  for (const { sent } of missing) changes.push({ kind: 'added', title: titleOf(sent, states), settings: [] });
  for (const item of extra) changes.push({ kind: 'removed', title: titleOf(item, states), settings: [] });
}

function titleOf({ kind, element }: SyncItem, { from, to }: States): string {
  if (!element) return 'settings';
  return kind.title(element, element.document === to.document ? to : from);
}

function differingNames(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter(name => one.get(name) !== other.get(name)).sort();
}

/** Key by key, and lists item by item, for sections of which nothing more is known. */
function valueChanges(
  name: string,
  [before, after]: readonly [SectionValue | undefined, SectionValue | undefined],
  except: ReadonlySet<string>,
): readonly ItemChange[] {
  if (isSameSection(name, before, after)) return [];
  const isWhole = [before, after].some(value => value !== undefined && value !== '' && !isMap(value));
  if (isWhole) {
    if ([before, after].some(value => value !== undefined && isList(value))) return listChanges(name, [before, after]);
    return [{ kind: kindOf(before, after), title: `setting ${name}`, settings: [] }];
  }
  const [from, to] = [mapOf(before), mapOf(after)];
  const keys = [...new Set([...from.keys(), ...to.keys()])].filter(key => !except.has(key));
  return keys.flatMap(key => {
    const [old, now] = [from.get(key), to.get(key)];
    if (isSameSetting(`${name}/${key}`, old, now)) return [];
    if ([old, now].some(value => value !== undefined && isList(value))) return listChanges(key, [old, now]);
    return [{ kind: kindOf(old, now), title: keyTitle(name, key, now ?? old), settings: innerNames(old, now) }];
  });
}

function keyTitle(section: string, key: string, value: SectionValue | undefined): string {
  if (section !== 'interfaces') return `setting ${key}`;
  const descr = mapOf(value).get('descr');
  return `interface ${key}${typeof descr === 'string' && descr !== '' ? ` (${descr})` : ''}`;
}

function kindOf(before: SectionValue | undefined, after: SectionValue | undefined): 'added' | 'changed' | 'removed' {
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

function innerNames(before: SectionValue | undefined, after: SectionValue | undefined): readonly string[] {
  if (before === undefined || after === undefined || !isMap(before) || !isMap(after)) return [];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter(name => !isSameSetting(name, before.get(name), after.get(name))).sort();
}

function listChanges(
  tag: string,
  [before, after]: readonly [SectionValue | undefined, SectionValue | undefined],
): readonly ItemChange[] {
  const [old, now] = [itemsByKey(tag, before), itemsByKey(tag, after)];
  const changes: ItemChange[] = [];
  for (const [key, { title, value }] of now) {
    const other = old.get(key);
    if (!other) changes.push({ kind: 'added', title, settings: [] });
    else if (!isSameSection(tag, other.value, value))
      changes.push({ kind: 'changed', title, settings: innerNames(other.value, value) });
  }
  for (const [key, { title }] of old) if (!now.has(key)) changes.push({ kind: 'removed', title, settings: [] });
  if (changes.length > 0 || isSameSection(tag, before, after)) return changes;
  return [{ kind: 'moved', title: `order of ${tag}`, settings: [] }];
}

interface NamedItem {
  readonly title: string;
  readonly value: SectionValue;
}

/** By what tells one item from the others; the same one twice has a number. */
function itemsByKey(tag: string, list: SectionValue | undefined): ReadonlyMap<string, NamedItem> {
  const items = new Map<string, NamedItem>();
  if (list === undefined || !isList(list)) return items;
  for (const value of list) {
    const name = nameOf(tag, value);
    const base = name ?? canonicalText(tag, value) ?? '';
    let key = base;
    for (let number = 2; items.has(key); number++) key = `${base}\u0001${number}`;
    items.set(key, { title: name === undefined ? `${tag} without a name` : `${tag} ${name}`, value });
  }
  return items;
}

/** What people call an item; never a secret. */
function nameOf(tag: string, value: SectionValue): string | undefined {
  for (const paths of keysOfList(tag)) {
    if (paths.some(path => path.split('/').some(name => isSecretName(name)))) continue;
    const texts = paths.map(path => textAt(value, path));
    if (texts.every(text => text !== undefined && text !== '')) return texts.join(', ');
  }
  return undefined;
}

function textAt(value: SectionValue, path: string): string | undefined {
  if (path === '.') return typeof value === 'string' ? value : undefined;
  let at: SectionValue | undefined = value;
  for (const name of path.split('/')) at = at === undefined ? undefined : (mapOf(at) as SectionMap).get(name);
  return typeof at === 'string' ? at : undefined;
}
