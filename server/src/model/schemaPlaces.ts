import { compiledSchema } from '../schema/compiled.ts';
import type { SchemaPlace } from '../schema/schemaPlace.ts';
import type { Element } from '../syntax/tree.ts';

/** What the schema says of an element where it stands; absent where it knows none of that name there. */
export function schemaPlaceOf(element: Element | undefined): SchemaPlace | undefined {
  if (!element) return undefined;
  const { parent } = element;
  const around = parent ? schemaPlaceOf(parent) : compiledSchema().root;
  return around?.child(element.name);
}

/** The place below the root that names such as `interfaces/opt1/if` lead to; absent where the schema knows none. */
export function schemaPlaceAt(path: string): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = compiledSchema().root;
  for (const name of path.split('/')) place = place?.child(name);
  return place;
}
