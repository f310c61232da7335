import { compiledSchema } from '../schema/compiled.ts';
import type { SchemaPlace } from '../schema/schemaPlace.ts';
import type { Element } from '../syntax/tree.ts';

/** What the schema says of an element where it stands; absent where it knows none of that name there. */
export function schemaPlaceOf(element: Element | undefined): SchemaPlace | undefined {
  if (!element) return undefined;
  const names: string[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) names.push(at.name);
  let place: SchemaPlace | undefined = compiledSchema().root;
  for (let i = names.length - 1; place && i >= 0; i--) place = place.child(names[i]!);
  return place;
}

/** The place below the root that names such as `interfaces/opt1/if` lead to; absent where the schema knows none. */
export function schemaPlaceAt(path: string): SchemaPlace | undefined {
  let place: SchemaPlace | undefined = compiledSchema().root;
  for (const name of path.split('/')) place = place?.child(name);
  return place;
}
