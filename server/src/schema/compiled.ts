import { loadValidators, packedSchema } from './configSchema.generated.mjs';
import type { ElementSchema, GroupSchema } from './elementSchema.ts';
import { once } from './once.ts';
import { type PackedSchema, unpackSchema } from './packedSchema.ts';
import { rootPlace, type SchemaPlace } from './schemaPlace.ts';
import { type Unit, unitsOf } from './units.ts';

/**
 * The schema as it is known at run time. It is read, and its validators are made, when somebody first asks: a start costs
 * nothing. What is in `index.ts` and `sections/` is not loaded at run time.
 */
export interface CompiledSchema {
  /** `<pfsense>`, from which all other places are reached. */
  readonly root: SchemaPlace;
  readonly units: ReadonlyMap<string, Unit>;
  /** Every name that an element has anywhere. */
  readonly names: ReadonlySet<string>;
  /** What is wrong with the plain value of one of a unit's elements. */
  readonly validate: (unit: string, value: PlainGroup) => readonly Violation[];
}

/** A group as plain data: its leaves' texts, its groups, and arrays of these for list tags. */
export interface PlainGroup {
  readonly [name: string]: PlainValue | readonly PlainValue[];
}

export type PlainValue = string | PlainGroup;

/** A place in a plain value, from the outside in: names, and the numbers of items of lists. */
export type Violation = readonly string[];

export const compiledSchema = once(compile);

function compile(): CompiledSchema {
  const root = unpackSchema(JSON.parse(packedSchema) as PackedSchema);
  const validators = loadValidators();
  const units = unitsOf(root);
  return {
    root: rootPlace(units),
    units,
    names: namesIn(root),
    validate(unit, value) {
      const validator = validators[unit];
      if (!validator || validator(value)) return none;
      return (validator.errors ?? []).flatMap(({ instancePath, params }) =>
        params.at.map(at => [...instancePath.split('/').slice(1), ...at.split('/')]),
      );
    },
  };
}

const none: readonly Violation[] = [];

function namesIn(root: GroupSchema): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<ElementSchema>();
  const visit = (schema: ElementSchema) => {
    if (schema.kind === 'leaf' || seen.has(schema)) return;
    seen.add(schema);
    for (const [name, child] of Object.entries(schema.children())) {
      names.add(name);
      visit(child);
    }
    if (schema.keyed) visit(schema.keyed.of);
  };
  visit(root);
  return names;
}
