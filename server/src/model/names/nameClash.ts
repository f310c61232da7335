import { referenceKinds } from '../../schema/references.ts';
import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { dynamicGatewayUses } from '../references/dynamicGateways.ts';
import { definitionsOf, namesUsed } from '../references/references.ts';
import { isResolvedElsewhere } from '../references/resolve.ts';
import { isSlotWord } from '../references/table.ts';
import { readGroups, readUsers } from '../users.ts';
import type { RenamableKind } from './nameShape.ts';

/** A thing that is to be called otherwise. */
export interface Rename {
  readonly kind: RenamableKind;
  /** By which others refer to it: of an interface its key, of a user the uid. */
  readonly name: string;
  readonly to: string;
}

/** What keeps a name from being given to something on a node, as a sentence; absent where nothing does. */
export function clashWith(config: Config, rename: Rename): string | undefined {
  const { kind, to } = rename;
  const taken = takenBy(config, rename);
  if (taken !== undefined) return `There is ${taken} ${to} already.`;
  if (kind === 'interface') {
    const own = config.query(readInterfaces).get(rename.name)?.title;
    const isSameMacro = own?.toUpperCase() === to.toUpperCase();
    return !isSameMacro && dynamicGatewayUses(config, to).length > 0 ? alreadyNamed(`${to}_…`, kind) : undefined;
  }
  if (kind === 'user') return undefined;
  if (isSlotWord(kind, to)) return `pfSense gives ${to} a meaning of its own where ${article(kind)} may be named.`;
  if (isResolvedElsewhere(config, { kind, name: to })) {
    return `pfSense or a package makes ${article(kind)} of the name ${to} itself.`;
  }
  return namesUsed(config, kind)(to) ? alreadyNamed(to, kind) : undefined;
}

function alreadyNamed(name: string, kind: RenamableKind): string {
  return `The name ${name} stands at other places already, which would then mean this ${referenceKinds[kind].title}.`;
}

/** What has the name already, with its article. Interfaces, their groups and aliases share their names; so do gateways and their groups. */
function takenBy(config: Config, rename: Rename): string | undefined {
  const { kind, to } = rename;
  switch (kind) {
    case 'alias':
    case 'interface-group':
    case 'interface':
      return takenInRuleset(config, rename);
    case 'gateway':
    case 'gateway-group':
      if (definitionsOf(config, 'gateway').has(to)) return 'a gateway';
      return definitionsOf(config, 'gateway-group').has(to) ? 'a gateway group' : undefined;
    case 'user':
      return config.query(readUsers).some(({ name }) => name.value === to) ? 'a user' : undefined;
    case 'group':
      return config.query(readGroups).some(({ name }) => name.value === to) ? 'a group' : undefined;
    case 'schedule':
    case 'vip':
      return definitionsOf(config, kind).has(to) ? article(kind) : undefined;
  }
}

/** pfSense compares descriptions of interfaces in any case of letters, as they are macros in capitals (filter.inc). */
function takenInRuleset(config: Config, { kind, name, to }: Rename): string | undefined {
  const word = to.toLowerCase();
  for (const { key, title } of config.query(readInterfaces).values()) {
    if (kind === 'interface' && key === name) continue;
    if (key === word || title.toLowerCase() === word) return 'an interface';
  }
  const hasName = (other: 'alias' | 'interface-group') =>
    [...definitionsOf(config, other).keys()].some(each =>
      kind === 'interface' ? each.toLowerCase() === word : each === to,
    );
  if (hasName('alias')) return 'an alias';
  return hasName('interface-group') ? 'an interface group' : undefined;
}

function article(kind: RenamableKind): string {
  const { title } = referenceKinds[kind];
  return `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;
}
