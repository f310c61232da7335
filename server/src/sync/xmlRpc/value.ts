/**
 * A part of config.xml as pfSense holds it in memory and XMLRPC carries it (facts.md §1.4, §2.1): a text, a list where the
 * tag is a list tag, else its children by name. An element that holds nothing is the empty text; a map is never empty.
 */
export type SectionValue = string | SectionList | SectionMap;

export type SectionList = readonly SectionValue[];

/**
 * Children by name (lower case), in the order of the file. A Map and no object: pfSense lets names be such as `constructor`,
 * and an object would put names of digits first.
 */
export type SectionMap = ReadonlyMap<string, SectionValue>;

/** Whole sections as a node holds them, by name; undefined for one that it has not. */
export type SectionStates = ReadonlyMap<string, SectionValue | undefined>;

/** What an answer or a call holds, before it is known what it means. `null` is XMLRPC's nil; a double is a number too. */
export type RpcValue = string | number | boolean | null | readonly RpcValue[] | RpcStruct;

export type RpcStruct = ReadonlyMap<string, RpcValue>;

export function isList(value: SectionValue): value is SectionList {
  return Array.isArray(value);
}

export function isRpcList(value: RpcValue): value is readonly RpcValue[] {
  return Array.isArray(value);
}

export function isStruct(value: RpcValue): value is RpcStruct {
  return value instanceof Map;
}
