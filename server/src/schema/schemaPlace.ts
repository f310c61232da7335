import type { ElementSchema } from './elementSchema.ts';
import { isListTag } from './listTags.ts';
import { beginsUnit, type Unit } from './units.ts';
import { anyName, isChecked } from './values.ts';

/** An element's place in config.xml and what the schema says of it. One object a place, made when somebody comes by. */
export interface SchemaPlace {
  /** From below the root, with `*` for names that a person chooses: `interfaces/*`. The root's is empty. */
  readonly path: string;
  /** The last name of the path. */
  readonly name: string;
  readonly schema: ElementSchema;
  /** It may stand more than once. */
  readonly isList: boolean;
  /** Not any text will do. */
  readonly isChecked: boolean;
  /** The unit that begins there. */
  readonly unit: Unit | undefined;
  /** The place of a child of that name (lower case); absent where the schema knows none. */
  readonly child: (name: string) => SchemaPlace | undefined;
}

export function rootPlace(units: ReadonlyMap<string, Unit>): SchemaPlace {
  const root = units.get('')!;
  return placeOf({ path: '', name: '', schema: root.schema }, { around: root, units });
}

interface Around {
  /** The unit in which the place lies, or which begins there. */
  readonly around: Unit;
  readonly units: ReadonlyMap<string, Unit>;
}

function placeOf(
  { path, name, schema }: Pick<SchemaPlace, 'path' | 'name' | 'schema'>,
  { around, units }: Around,
): SchemaPlace {
  const unit = around.path === path ? around : undefined;
  const children = new Map<string, SchemaPlace>();
  const keyed = schema.kind === 'group' ? schema.keyed : undefined;
  const keyPattern = keyed && new RegExp(`^(?:${keyed.pattern})$`);
  const step = (childName: string, child: ElementSchema): SchemaPlace => {
    const inner = path === '' ? childName : `${path}/${childName}`;
    const begins = child.kind === 'group' && beginsUnit(around, { name: childName, isKeyed: childName === anyName });
    const next = begins ? units.get(inner) : undefined;
    return placeOf({ path: inner, name: childName, schema: child }, { around: next ?? around, units });
  };
  let keyedPlace: SchemaPlace | undefined;
  const find = (childName: string): SchemaPlace | undefined => {
    if (schema.kind !== 'group') return undefined;
    const known = schema.children();
    if (Object.hasOwn(known, childName)) return step(childName, known[childName]!);
    if (!keyed || !keyPattern?.test(childName)) return undefined;
    keyedPlace ??= step(anyName, keyed.of);
    return keyedPlace;
  };
  return {
    path,
    name,
    schema,
    isList: isListTag(name),
    isChecked: schema.kind === 'leaf' && isChecked(schema),
    unit,
    child(childName) {
      const before = children.get(childName);
      if (before) return before;
      const found = find(childName);
      // Only the schema's own names are kept: a file may hold any number of others.
      if (found && found !== keyedPlace) children.set(childName, found);
      return found;
    },
  };
}
