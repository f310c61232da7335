import type { GroupSchema, LeafSchema } from './elementSchema.ts';
import { isListTag } from './listTags.ts';
import { beginsUnit, type Unit, unitsOf } from './units.ts';
import { anyName, isChecked, type LeafRule } from './values.ts';

/** What the validators are compiled from: the part of the JSON Schema that decides, and nothing that is for people. */
export interface ValidatorSchemas {
  /** What leaves must be, each rule once; the numbers of the keyword `leaves` point here. */
  readonly rules: readonly LeafRule[];
  /** One schema a unit, by the unit's path. Units in which any text will do have none. */
  readonly units: ReadonlyMap<string, object>;
  /** Schemas that several units share, by the `$id` with which they refer to them. */
  readonly shared: ReadonlyMap<string, object>;
}

/**
 * The validators' schemas. Validators compiled from one schema a leaf would be half a megabyte of code, so all leaves of
 * a group are one keyword, `leaves`: `{"type": 0, "vhid": 4}` says by which rule each must go, be it one or a list. What is
 * a text and what holds elements shows while the plain value is made (model/schemaFaults.ts), so there are no types.
 */
export function validatorSchemas(root: GroupSchema): ValidatorSchemas {
  const rules: LeafRule[] = [];
  const numbers = new Map<string, number>();
  const numberOf = ({ value, words, separator }: LeafSchema): number => {
    const rule: LeafRule = {
      ...(value && { value }),
      ...(words && { words: Object.fromEntries(Object.keys(words).map(word => [word, ''])) }),
      ...(separator && { separator }),
    };
    const key = JSON.stringify(rule);
    const number = numbers.get(key) ?? rules.push(rule) - 1;
    numbers.set(key, number);
    return number;
  };
  const ids = new Map<GroupSchema, string>();
  const shared = new Map<string, object>();

  const shape = (group: GroupSchema, unit: Unit): object => {
    const leaves: Record<string, number> = {};
    const properties: Record<string, object> = {};
    for (const [name, child] of Object.entries(group.children())) {
      if (child.kind === 'leaf') {
        if (isChecked(child)) leaves[name] = numberOf(child);
      } else if (decides(child) && !beginsUnit(unit, { name, isKeyed: false })) {
        const of = refer(child, unit);
        properties[name] = isListTag(name) ? { type: 'array', items: of } : of;
      }
    }
    const keyed = group.keyed;
    if (keyed?.of.kind === 'leaf' && isChecked(keyed.of)) leaves[anyName] = numberOf(keyed.of);
    const isKeyedInside =
      keyed?.of.kind === 'group' && decides(keyed.of) && !beginsUnit(unit, { name: anyName, isKeyed: true });
    return {
      ...(Object.keys(leaves).length > 0 && { leaves }),
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(isKeyedInside && {
        patternProperties: { [`^(?:${keyed.pattern})$`]: refer(keyed.of as GroupSchema, unit) },
      }),
    };
  };

  /** Within items of lists, where no unit begins, a group looks the same wherever it stands, and is written once. */
  const refer = (group: GroupSchema, unit: Unit): object => {
    if (!unit.isItem) return shape(group, unit);
    const before = ids.get(group);
    if (before !== undefined) return { $ref: before };
    const id = `group:${ids.size}`;
    ids.set(group, id);
    shared.set(id, {});
    shared.set(id, { $id: id, ...shape(group, unit) });
    return { $ref: id };
  };

  const units = new Map<string, object>();
  for (const unit of unitsOf(root).values()) {
    const of = shape(unit.schema, unit);
    if (Object.keys(of).length > 0) units.set(unit.path, of);
  }
  return { rules, units, shared };
}

/** Whether a text in a group could be wrong. */
function decides(group: GroupSchema, above: readonly GroupSchema[] = []): boolean {
  if (above.includes(group)) return false;
  const within = [...above, group];
  const children = [...Object.values(group.children()), ...(group.keyed ? [group.keyed.of] : [])];
  return children.some(child => (child.kind === 'leaf' ? isChecked(child) : decides(child, within)));
}
