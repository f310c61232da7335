import { documentationUrl } from './documentation.ts';
import type { ElementSchema, GroupSchema, LeafSchema } from './elementSchema.ts';
import { isListTag } from './listTags.ts';
import { referenceSources } from './references.ts';
import { isSecretName } from './secrets.ts';
import { anyName, isChecked } from './values.ts';

/**
 * The schema as one document of JSON Schema, draft 2020-12, for other programs. It speaks of a config read into JSON so:
 * an element that may hold elements is an object, an empty one too; a list tag is an array, also of one; anything else is
 * a string. What JSON Schema has no word for is said with keywords of our own:
 *
 * - `takes`: what a text may be that `enum` cannot say (elementSchema.ts: ValueType, words, separator); validates;
 * - `labels` (the web interface's names for words), `since`, `until`, `replacedBy`, `docs`, `listTag`, `secret`, `open`,
 *   `separator`, `references` (the kinds of thing that are named there): tell, and validate nothing.
 */
export function configJsonSchema(root: GroupSchema): JsonSchema {
  const shared = new Map<string, JsonSchema>();
  const whole = withShared(groupOf(root, '', { open: new Map(), recursive: shared }), shared);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'config.xml of pfSense',
    ...whole,
    $defs: Object.fromEntries(shared),
  };
}

/** The keywords of our own that tell something and validate nothing. */
export const annotations: readonly string[] = [
  'labels',
  'since',
  'until',
  'replacedBy',
  'docs',
  'listTag',
  'secret',
  'open',
  'separator',
  'references',
];

export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

interface Emission {
  /** The groups around the place at hand, with the name under which one that holds itself is shared. */
  readonly open: Map<GroupSchema, string>;
  readonly recursive: Map<string, JsonSchema | undefined>;
}

function elementOf(name: string, schema: ElementSchema, place: { readonly path: string } & Emission): JsonSchema {
  const one = schema.kind === 'leaf' ? leafOf(name, schema, place.path) : groupOf(schema, place.path, place);
  return isListTag(name) ? { type: 'array', listTag: true, items: one } : one;
}

function groupOf(group: GroupSchema, path: string, { open, recursive }: Emission): JsonSchema {
  const name = open.get(group);
  if (name !== undefined) {
    if (!recursive.has(name)) recursive.set(name, undefined);
    return { $ref: `#/$defs/${name}` };
  }
  const own = path.replaceAll('/', '-').replaceAll(anyName, 'any');
  open.set(group, own);
  const inner = (child: string) => ({ path: path === '' ? child : `${path}/${child}`, open, recursive });
  const children = Object.entries(group.children());
  const { keyed } = group;
  const schema: JsonSchema = {
    type: 'object',
    ...described(group),
    ...(group.isOpen && { open: true }),
    ...(children.length > 0 && {
      properties: Object.fromEntries(children.map(([child, of]) => [child, elementOf(child, of, inner(child))])),
    }),
    ...(keyed && {
      patternProperties: { [`^(?:${keyed.pattern})$`]: elementOf(anyName, keyed.of, inner(anyName)) },
    }),
  };
  open.delete(group);
  if (!recursive.has(own)) return schema;
  recursive.set(own, schema);
  return { $ref: `#/$defs/${own}` };
}

function leafOf(name: string, leaf: LeafSchema, path: string): JsonSchema {
  const { value, words, separator } = leaf;
  const isPlainChoice = isChecked(leaf) && words !== undefined && !value && separator === undefined;
  const kinds = referencesAt(path);
  return {
    type: 'string',
    ...described(leaf),
    ...(isPlainChoice && { enum: [...new Set(['', ...Object.keys(words)])] }),
    ...(isChecked(leaf) &&
      !isPlainChoice && {
        takes: {
          ...(value && { value }),
          ...(words && { words: Object.keys(words) }),
          ...(separator && { separator }),
        },
      }),
    ...(words && { labels: words }),
    ...(separator && { separator }),
    ...(leaf.default !== undefined && { default: leaf.default }),
    ...(isSecretName(name, path.split('/').at(-2)) && { secret: true }),
    ...(kinds.length > 0 && { references: kinds }),
  };
}

function described({ description, since, until, replacedBy, docs }: ElementSchema): JsonSchema {
  return {
    description,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(replacedBy !== undefined && { replacedBy }),
    ...(docs !== undefined && { docs: documentationUrl(docs) }),
  };
}

/** The kinds of thing that the element at that place names. */
function referencesAt(path: string): readonly string[] {
  const kinds = referenceSources.flatMap(({ items, slots }) =>
    slots
      .filter(({ at }) => (at === '' ? items : `${items}/${at}`) === path)
      .flatMap(({ targets }) => targets.map(({ kind }) => kind)),
  );
  return [...new Set(kinds)];
}

/** Puts the groups that stand in several places into `shared`, and a reference to it at each. */
function withShared(whole: JsonSchema, shared: Map<string, JsonSchema>): JsonSchema {
  const counts = new Map<string, number>();
  const count = (schema: JsonSchema): void => {
    if (schema.properties) {
      const content = JSON.stringify(schema);
      const before = counts.get(content) ?? 0;
      counts.set(content, before + 1);
      if (before > 0) return;
    }
    for (const [, child] of partsOf(schema)) count(child);
  };
  count(whole);
  for (const schema of shared.values()) count(schema);
  const names = new Map<string, string>();
  const share = (schema: JsonSchema, name: string): JsonSchema => {
    const content = JSON.stringify(schema);
    const isShared = schema.properties !== undefined && (counts.get(content) ?? 0) > 1;
    const known = names.get(content);
    if (isShared && known !== undefined) return { $ref: `#/$defs/${known}` };
    const parts = partsOf(schema).map(([at, child]) => [at, share(child, at.at(-1) ?? name)] as const);
    const made = replaced(schema, parts);
    if (!isShared) return made;
    const free = freeName(name, shared);
    names.set(content, free);
    shared.set(free, made);
    return { $ref: `#/$defs/${free}` };
  };
  for (const [name, schema] of [...shared]) {
    const parts = partsOf(schema).map(([at, child]) => [at, share(child, at.at(-1) ?? name)] as const);
    shared.set(name, replaced(schema, parts));
  }
  return share(whole, 'pfsense');
}

type Part = readonly [at: readonly string[], schema: JsonSchema];

function partsOf({ properties = {}, patternProperties = {}, items }: JsonSchema): Part[] {
  return [
    ...Object.entries(properties).map(([name, child]) => [['properties', name], child] as const),
    ...Object.entries(patternProperties).map(([name, child]) => [['patternProperties', name], child] as const),
    ...(items ? [[['items'], items] as const] : []),
  ];
}

function replaced(schema: JsonSchema, parts: readonly Part[]): JsonSchema {
  const of = (keyword: string) =>
    Object.fromEntries(parts.filter(([at]) => at[0] === keyword).map(([at, child]) => [at[1] ?? '', child]));
  const items = parts.find(([at]) => at[0] === 'items')?.[1];
  return {
    ...schema,
    ...(schema.properties && { properties: of('properties') }),
    ...(schema.patternProperties && { patternProperties: of('patternProperties') }),
    ...(items && { items }),
  };
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  const plain = name.replace(/[^\w-]+/g, '') || 'group';
  if (!taken.has(plain)) return plain;
  for (let number = 2; ; number++) if (!taken.has(`${plain}-${number}`)) return `${plain}-${number}`;
}
