import {
  append,
  arrayAt,
  deleteAt,
  isArray,
  isTrue,
  looseEqual,
  type PhpArray,
  type PhpValue,
  phpList,
  setAt,
  textAt,
  toInteger,
  valueAt,
} from '../php/value.ts';
import type { Release } from '../release.ts';

/** What a sync of users and groups comes to: whole records, as they were sent or as they stand here. */
export interface AccountChanges {
  readonly users: RecordChanges;
  readonly groups: RecordChanges;
}

interface RecordChanges {
  readonly added: readonly PhpArray[];
  readonly removed: readonly PhpArray[];
}

const noChanges: RecordChanges = { added: [], removed: [] };

/**
 * Takes users and groups out of what was sent, where both were, and says what is to change (facts.md §1.5, point 4).
 */
export function takeAccounts(config: PhpArray, sections: PhpArray): AccountChanges {
  const users = valueAt(sections, 'system/user');
  const groups = valueAt(sections, 'system/group');
  if (!isTrue(users) || !isTrue(groups)) return { users: noChanges, groups: noChanges };
  deleteAt(sections, 'system/user');
  deleteAt(sections, 'system/group');
  const syncsAdmin = textAt(sections, 'hasync/adminsync') === 'on';
  return {
    groups: compare(arrayAt(config, 'system/group'), groups, group => toInteger(group.get('gid')) < 1999),
    users: compare(arrayAt(config, 'system/user'), users, user => toInteger(user.get('uid')) < 2000 && !syncsAdmin),
  };
}

function compare(local: PhpArray, sent: PhpValue | undefined, isOwn: (record: PhpArray) => boolean): RecordChanges {
  const here = [...local.values()].filter(isArray);
  const there = isArray(sent) ? [...sent.values()].filter(isArray) : [];
  const added: PhpArray[] = [];
  const removed: PhpArray[] = [];
  const seen = new Set<number>();
  for (const record of there) {
    const index = here.findIndex(each => looseEqual(each.get('name'), record.get('name')));
    if (index >= 0) seen.add(index);
    if (index >= 0 && (isOwn(record) || looseEqual(record, here[index]))) continue;
    added.push(record);
    if (index >= 0) removed.push(record);
  }
  return { added, removed: [...removed, ...here.filter((_, index) => !seen.has(index))] };
}

export function hasAccountChanges({ users, groups }: AccountChanges): boolean {
  return [users, groups].some(({ added, removed }) => added.length + removed.length > 0);
}

/**
 * Applies what is to change and sorts both lists by name. As the real one does, it goes through a list by a count that
 * shrinks with every record that is gone, so that the last ones are not found any more (facts.md §1.5, point 4).
 */
export function applyAccounts(config: PhpArray, changes: AccountChanges, release: Release): void {
  const users = new Map(arrayAt(config, 'system/user'));
  const gone: PhpArray[] = [];
  for (const user of changes.users.removed) {
    const uid = toInteger(user.get('uid'));
    const isChanged = changes.users.added.some(each => looseEqual(each, user));
    if (uid > 65000 || (uid < 2000 && !isChanged)) continue;
    gone.push(user);
    removeByName(users, user);
  }
  if (release.forgetsMemberships) for (const user of gone) leaveGroups(config, user);
  const groups = new Map(arrayAt(config, 'system/group'));
  for (const group of changes.groups.removed) {
    const gid = toInteger(group.get('gid'));
    if (gid >= 1999 && gid <= 65000) removeByName(groups, group);
  }
  for (const user of changes.users.added) append(users, user);
  for (const group of changes.groups.added) append(groups, group);
  setAt(config, 'system/user', sortedByName(users));
  setAt(config, 'system/group', sortedByName(groups));
}

function removeByName(records: PhpArray, record: PhpArray): void {
  for (let i = 0; i < records.size; i++) {
    const each = records.get(i);
    if (isArray(each) && looseEqual(each.get('name'), record.get('name'))) {
      records.delete(i);
      return;
    }
  }
}

function leaveGroups(config: PhpArray, user: PhpArray): void {
  for (const group of arrayAt(config, 'system/group').values()) {
    const members = isArray(group) ? group.get('member') : undefined;
    if (!isArray(members)) continue;
    const index = [...members].find(([, uid]) => looseEqual(uid, user.get('uid')))?.[0];
    if (index !== undefined) members.delete(index);
  }
}

function sortedByName(records: PhpArray): PhpArray {
  const name = (record: PhpValue) => (isArray(record) ? textAt(record, 'name') : '');
  return phpList([...records.values()].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0)));
}
