import type { ElementSchema, GroupSchema } from './elementSchema.ts';
import { isListTag } from './listTags.ts';

/**
 * A part of the schema whose elements are looked at one by one, so that an edit in one of five thousand costs one: the
 * root, a section, an item of a list, or one of the elements of a section whose names a person chooses. Units lie in each
 * other (`dhcpd`, an interface in it, a static mapping in that), but in an item of a list none does.
 */
export interface Unit {
  /** Its place from below the root, with `*` for names that a person chooses: `filter/rule`. The root's own is empty. */
  readonly path: string;
  readonly schema: GroupSchema;
  /** It is an item of a list, so no unit lies in it. */
  readonly isItem: boolean;
}

/** Every unit of a schema, the outer ones first. */
export function unitsOf(root: GroupSchema): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>([['', { path: '', schema: root, isItem: false }]]);
  for (const [name, schema] of Object.entries(root.children())) {
    if (schema.kind === 'group') addUnits({ path: name, schema, isItem: isListTag(name) }, units);
  }
  return units;
}

/** Whether a group in a unit, or in a group of it, is a unit of its own. */
export function beginsUnit(
  unit: Pick<Unit, 'path' | 'isItem'>,
  group: { readonly name: string; readonly isKeyed: boolean },
): boolean {
  return !unit.isItem && (unit.path === '' || group.isKeyed || isListTag(group.name));
}

function addUnits(unit: Unit, units: Map<string, Unit>): void {
  units.set(unit.path, unit);
  if (unit.isItem) return;
  if (unit.path.length > longest) throw new Error(`${unit.path} has no end: its groups hold themselves.`);
  const visit = (group: GroupSchema, path: string): void => {
    const step = (name: string, child: ElementSchema, isKeyed: boolean) => {
      if (child.kind !== 'group') return;
      const inner = `${path}/${isKeyed ? '*' : name}`;
      if (inner.length > longest) throw new Error(`${inner} has no end: its groups hold themselves.`);
      if (!beginsUnit(unit, { name, isKeyed })) visit(child, inner);
      else addUnits({ path: inner, schema: child, isItem: isListTag(name) }, units);
    };
    for (const [name, child] of Object.entries(group.children())) step(name, child, false);
    if (group.keyed) step('*', group.keyed.of, true);
  };
  visit(unit.schema, unit.path);
}

const longest = 200;
