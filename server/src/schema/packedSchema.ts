import type { ElementSchema, GroupSchema, LeafSchema } from './elementSchema.ts';

/**
 * A schema as JSON, in which elements that are alike are one. The sections' own modules are some thousand calls, which
 * would cost each start 25 ms; a text costs nothing until somebody reads it.
 */
export interface PackedSchema {
  readonly elements: readonly PackedElement[];
  /** The number of the whole in `elements`. */
  readonly root: number;
}

type PackedElement = LeafSchema | PackedGroup;

interface PackedGroup extends Omit<GroupSchema, 'children' | 'keyed'> {
  readonly children: Readonly<Record<string, number>>;
  readonly keyed?: { readonly pattern: string; readonly of: number };
}

export function packSchema(root: GroupSchema): PackedSchema {
  const elements: (PackedElement | undefined)[] = [];
  const byContent = new Map<string, number>();
  const byGroup = new Map<GroupSchema, number>();
  const add = (element: PackedElement): number => {
    const content = JSON.stringify(element);
    const before = byContent.get(content);
    if (before !== undefined) return before;
    byContent.set(content, elements.length);
    return elements.push(element) - 1;
  };
  /** The groups that are being packed, from the root on: one that holds itself needs its number before it is whole. */
  const open = new Map<GroupSchema, number | undefined>();
  const pack = (schema: ElementSchema): number => {
    if (schema.kind === 'leaf') return add(schema);
    const known = byGroup.get(schema) ?? open.get(schema);
    if (known !== undefined) return known;
    if (open.has(schema)) {
      const number = elements.push(undefined) - 1;
      open.set(schema, number);
      return number;
    }
    if (open.size > deepest) throw new Error(`"${schema.description}" is made anew each time somebody asks for it.`);
    open.set(schema, undefined);
    const { children, keyed, ...rest } = schema;
    const packed: PackedGroup = {
      ...rest,
      children: Object.fromEntries(Object.entries(children()).map(([name, child]) => [name, pack(child)])),
      ...(keyed && { keyed: { pattern: keyed.pattern, of: pack(keyed.of) } }),
    };
    const reserved = open.get(schema);
    open.delete(schema);
    if (reserved !== undefined) elements[reserved] = packed;
    const number = reserved ?? add(packed);
    byGroup.set(schema, number);
    return number;
  };
  const number = pack(root);
  return { elements: elements as PackedElement[], root: number };
}

/** No config is nearly as deep; what goes deeper has no end. */
const deepest = 40;

export function unpackSchema({ elements, root }: PackedSchema): GroupSchema {
  const unpacked = new Map<number, ElementSchema>();
  const unpack = (number: number): ElementSchema => {
    const before = unpacked.get(number);
    if (before) return before;
    const packed = elements[number]!;
    const schema = packed.kind === 'leaf' ? packed : unpackGroup(packed);
    unpacked.set(number, schema);
    return schema;
  };
  const unpackGroup = ({ children, keyed, ...rest }: PackedGroup): GroupSchema => {
    let made: Readonly<Record<string, ElementSchema>> | undefined;
    const make = () => Object.fromEntries(Object.entries(children).map(([name, child]) => [name, unpack(child)]));
    return {
      ...rest,
      children: () => {
        made ??= make();
        return made;
      },
      ...(keyed && { keyed: { pattern: keyed.pattern, of: unpack(keyed.of) } }),
    };
  };
  return unpack(root) as GroupSchema;
}
