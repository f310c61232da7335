/**
 * What one element of config.xml is. The values of `sections/` are made of these; `jsonSchema.ts` writes them as one
 * JSON Schema, from which the validators are compiled at build time.
 *
 * Whether a tag is a list tag, holds a secret or is written as CDATA pfSense knows by the tag's name alone, wherever it
 * stands, so those facts have tables of their own and are not repeated here.
 */
export type ElementSchema = LeafSchema | GroupSchema;

/** What holds for any element. */
export interface Annotations {
  /** One sentence in our own words, for a person who looks at the element. */
  readonly description: string;
  /** The first config version whose pfSense reads the element, such as 22.9 (`<version>`, not the product's). */
  readonly since?: number;
  /** The first config version whose pfSense no longer reads it. */
  readonly until?: number;
  /** What took its place, as the end of the sentence "… reads …"; only with `until`. */
  readonly replacedBy?: string;
  /** The page below https://docs.netgate.com/pfsense/en/latest/ that speaks of it, such as `interfaces/vlan-trunking.html`. */
  readonly docs?: string;
}

/** An element that holds text. */
export interface LeafSchema extends Annotations {
  readonly kind: 'leaf';
  /** What the text is; absent where any text will do. */
  readonly value?: ValueType;
  /**
   * Words that the text may be, with what the web interface calls them. Beside a `value` they are what else it may be;
   * without one they are all it may be, unless `isOpen`.
   */
  readonly words?: Readonly<Record<string, string>>;
  /** Words that pfSense no longer reads, with the first config version of which that holds. */
  readonly wordsUntil?: Readonly<Record<string, number>>;
  /** The words are those that are known, and there may be others. */
  readonly isOpen?: true;
  /** The text is a list of values, separated so. */
  readonly separator?: ',' | ' ' | '||' | '|' | ';' | '\n';
  /** What pfSense takes where the element is absent or empty. */
  readonly default?: string;
}

/** An element that holds elements. */
export interface GroupSchema extends Annotations {
  readonly kind: 'group';
  /** What may stand in it, by name (lower case), in the order in which pfSense's forms write it. Called when asked for, so that a schema may hold itself. */
  readonly children: () => Readonly<Record<string, ElementSchema>>;
  /** Elements whose names a person chooses, or which are named after something else: interfaces, zones. */
  readonly keyed?: KeyedChildren;
  /** Packages and plug-ins put elements of their own here, so a strange name is no mistake. */
  readonly isOpen?: true;
}

export interface KeyedChildren {
  /** A regular expression that the whole of such a name fulfils; without anchors. */
  readonly pattern: string;
  readonly of: ElementSchema;
}

/** What a text may be. An empty text is always allowed: pfSense's forms write an empty element for what is not set. */
export type ValueType =
  /** The element alone says yes, whatever it holds. */
  | { readonly type: 'flag' }
  /** A whole number, decimal; both ends included. */
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | { readonly type: 'decimal'; readonly min: number; readonly max: number }
  | { readonly type: 'hexadecimal'; readonly digits: number }
  /** An address; with `prefix`, one that may (`optional`) or must (`required`) carry a prefix length. */
  | { readonly type: 'address'; readonly family?: 4 | 6; readonly prefix?: 'optional' | 'required' }
  /** `a.b.c.d-e.f.g.h`. */
  | { readonly type: 'addressRange' }
  | { readonly type: 'hostname' }
  /** A domain, or a host with its domain. */
  | { readonly type: 'domain' }
  /** An address or a host name. */
  | { readonly type: 'host' }
  | { readonly type: 'url' }
  | { readonly type: 'mac' }
  /** A port from 1 (or 0 with `zero`) to 65535; with `range`, also two with that sign between them. */
  | { readonly type: 'port'; readonly range?: '-' | ':'; readonly zero?: true }
  /** Base64 of anything. */
  | { readonly type: 'base64' }
  /** Seconds since 1970. */
  | { readonly type: 'epoch' }
  /** A regular expression that the whole text fulfils, without anchors, and what such a text is called in a message: `a date such as 11/22/2026`. */
  | { readonly type: 'pattern'; readonly pattern: string; readonly is: string }
  /** One of several. */
  | { readonly type: 'either'; readonly of: readonly ValueType[] };

type Options = Omit<LeafSchema, 'kind' | 'description' | 'value' | 'words'>;

/** An element whose text is free. */
export function text(description: string, options: Options = {}): LeafSchema {
  return { kind: 'leaf', description, ...options };
}

/** An element whose text is of one type; with `words`, or one of them. */
export function value(
  description: string,
  type: ValueType,
  options: Options & Pick<LeafSchema, 'words'> = {},
): LeafSchema {
  return { kind: 'leaf', description, value: type, ...options };
}

/** An element that says yes by standing there. */
export function flag(description: string, options: Options = {}): LeafSchema {
  return { kind: 'leaf', description, value: { type: 'flag' }, ...options };
}

/** An element whose text is one of these words, given with the names that the web interface has for them. */
export function choice(
  description: string,
  words: Readonly<Record<string, string>>,
  options: Options = {},
): LeafSchema {
  return { kind: 'leaf', description, words, ...options };
}

export function integer(
  description: string,
  range: { readonly min?: number; readonly max?: number },
  options: Options = {},
): LeafSchema {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = range;
  return value(description, { type: 'integer', min, max }, options);
}

/** An element that holds these elements. */
export function group(
  description: string,
  children: GroupSchema['children'] | Readonly<Record<string, ElementSchema>>,
  options: Omit<GroupSchema, 'kind' | 'description' | 'children'> = {},
): GroupSchema {
  const given = typeof children === 'function' ? children : () => children;
  return { kind: 'group', description, children: given, ...options };
}

/** An interface's key: wan, lan, opt1 … */
export const interfaceKey = 'wan|lan|opt\\d+';
