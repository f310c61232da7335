import { XMLParser } from 'fast-xml-parser';
import { isListTag } from '../../schema/listTags.ts';
import { decodeReferences } from '../../syntax/entities.ts';
import { isRpcList, isStruct, type RpcStruct, type RpcValue, type SectionMap, type SectionValue } from './value.ts';

/** What the body of an answer says. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: RpcValue }
  /** pfSense refused or failed; the text may hold parts of what was sent and is for {@link faultCause} alone. */
  | { readonly kind: 'fault'; readonly code: number; readonly text: string }
  /** It begins as an answer and has no end. */
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'no-answer' };

/** Reads the body of an answer. Whatever is not exactly one, is none. */
export function decodeResponse(text: string): Decoded {
  const body = text.trimEnd();
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?<methodResponse[\s>]/.test(body)) return { kind: 'no-answer' };
  if (!body.endsWith('</methodResponse>')) return { kind: 'cut-off' };
  const single = singleText.exec(body)?.[1];
  if (single !== undefined) return { kind: 'value', value: decodeReferences(single, 'xml') };
  return read(body, readResponse) ?? { kind: 'no-answer' };
}

/** The form in which pfSense sends one text. A whole file in base64 is one, for which the parser needs seconds. */
const singleText =
  /^\s*(?:<\?xml[^>]*\?>\s*)?<methodResponse><params><param><value><string>([^<]*)<\/string><\/value><\/param><\/params><\/methodResponse>$/;

/** A call as a node gets it. */
export interface DecodedCall {
  /** With its prefix, such as `pfsense.exec_php`. */
  readonly method: string;
  readonly parameters: readonly RpcValue[];
}

/** Reads the body of a request; absent where it is none. */
export function decodeCall(text: string): DecodedCall | undefined {
  if (!text.trimEnd().endsWith('</methodCall>')) return undefined;
  return read(text, content => {
    const call = only(elements(content), 'methodCall');
    const [method, params] = elements(call);
    if (method?.name !== 'methodName' || (params && params.name !== 'params')) throw new Malformed();
    return { method: textOf(method.children), parameters: elements(params?.children ?? []).map(readParameter) };
  });
}

/**
 * Sections as `backup_config_section` answers them, by name; where none of those asked for is there, it answers an empty
 * list. Absent where the value is neither.
 */
export function sectionsOf(value: RpcValue): SectionMap | undefined {
  if (isRpcList(value)) return value.length === 0 ? new Map() : undefined;
  return isStruct(value) ? mapOf(value) : undefined;
}

/**
 * What pfSense would hold of it after writing and reading config.xml: numbers as text, true and nil as nothing, false left
 * out, a list with holes (a struct with numbers for names) as a list, and an empty list under any but a list tag as the
 * empty text (facts.md §1.4).
 */
export function sectionValueOf(name: string, value: RpcValue): SectionValue | undefined {
  if (value === false) return undefined;
  if (value === true || value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (isRpcList(value)) return value.length === 0 && !isListTag(name) ? '' : listOf(name, value);
  if (isStruct(value)) {
    const isListWithHoles = value.size > 0 && [...value.keys()].every(key => /^\d+$/.test(key));
    if (isListWithHoles) return listOf(name, [...value.values()]);
    const map = mapOf(value);
    return map.size === 0 ? '' : map;
  }
  return undefined;
}

function listOf(name: string, items: readonly RpcValue[]): SectionValue[] {
  return items.map(item => sectionValueOf(name, item)).filter(item => item !== undefined);
}

function mapOf(struct: RpcStruct): SectionMap {
  const map = new Map<string, SectionValue>();
  for (const [name, value] of struct) {
    const section = sectionValueOf(name, value);
    if (section !== undefined) map.set(name, section);
  }
  return map;
}

/** Thrown and caught within this file, where something is not shaped as XMLRPC has it. */
class Malformed extends Error {}

/** What fast-xml-parser makes of it: a text, or an element by its name with what is in it. */
type ParsedNode = Readonly<Record<string, unknown>>;

/** The depth is bounded because the parser's work grows with its square; each level of config.xml takes up to six. */
const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  // References are decoded here, in one pass, whatever their number: the parser's own way has limits that a large config passes.
  processEntities: false,
  cdataPropName: '#cdata',
  jPath: false,
  maxNestedTags: 256,
});

/** Reads a text; absent where it is not shaped as XMLRPC has it. */
function read<T>(text: string, shape: (content: readonly ParsedNode[]) => T): T | undefined {
  const content = parse(text);
  if (!content) return undefined;
  try {
    return shape(content);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Absent where the parser throws, as it does for some broken texts and silently mends others. */
function parse(text: string): readonly ParsedNode[] | undefined {
  try {
    return parser.parse(text) as readonly ParsedNode[];
  } catch {
    return undefined;
  }
}

interface XmlElement {
  readonly name: string;
  readonly children: readonly ParsedNode[];
}

/** The elements in a content that has nothing else but white space. */
function elements(content: readonly ParsedNode[]): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (const node of content) {
    const element = elementOf(node);
    if (element) found.push(element);
    else if (textOf([node]).trim() !== '') throw new Malformed();
  }
  return found;
}

function elementOf(node: ParsedNode): XmlElement | undefined {
  // One key, or a second one for attributes.
  for (const name in node) {
    if (name !== '#text' && name !== '#cdata' && name !== ':@') {
      return { name, children: node[name] as readonly ParsedNode[] };
    }
  }
  return undefined;
}

/** The text of a content that has no elements. */
function textOf(content: readonly ParsedNode[]): string {
  let text = '';
  for (const node of content) {
    const cdata = node['#cdata'];
    if (typeof node['#text'] === 'string') text += decodeReferences(node['#text'], 'xml');
    else if (cdata !== undefined) text += (cdata as readonly ParsedNode[]).map(inner => inner['#text'] ?? '').join('');
    else throw new Malformed();
  }
  return text;
}

function only(found: readonly XmlElement[], name: string): readonly ParsedNode[] {
  const [first] = found;
  if (found.length !== 1 || first?.name !== name) throw new Malformed();
  return first.children;
}

function readResponse(content: readonly ParsedNode[]): Decoded {
  const [part, ...others] = elements(only(elements(content), 'methodResponse'));
  if (!part || others.length > 0) throw new Malformed();
  if (part.name === 'params') {
    const [parameter] = elements(part.children);
    if (!parameter) throw new Malformed();
    return { kind: 'value', value: readParameter(parameter) };
  }
  if (part.name !== 'fault') throw new Malformed();
  const fault = readValue(only(elements(part.children), 'value'));
  const code = isStruct(fault) ? fault.get('faultCode') : undefined;
  const text = isStruct(fault) ? fault.get('faultString') : undefined;
  if (!Number.isInteger(Number(code ?? Number.NaN)) || typeof text !== 'string') throw new Malformed();
  return { kind: 'fault', code: Number(code), text };
}

function readParameter({ name, children }: XmlElement): RpcValue {
  if (name !== 'param') throw new Malformed();
  return readValue(only(elements(children), 'value'));
}

/** The content of `<value>`: one typed element, or a text without type. */
function readValue(content: readonly ParsedNode[]): RpcValue {
  if (content.every(node => '#text' in node || '#cdata' in node)) return textOf(content);
  const [typed, ...others] = elements(content);
  if (!typed || others.length > 0) throw new Malformed();
  const { name, children } = typed;
  switch (name) {
    case 'string':
      return textOf(children);
    case 'int':
    case 'i4':
    case 'i8':
    case 'double':
      return readNumber(textOf(children));
    case 'boolean':
      return readBoolean(textOf(children));
    case 'nil':
      return null;
    case 'array':
      return elements(only(elements(children), 'data')).map(readItem);
    case 'struct':
      return readStruct(children);
    default:
      throw new Malformed();
  }
}

function readItem({ name, children }: XmlElement): RpcValue {
  if (name !== 'value') throw new Malformed();
  return readValue(children);
}

function readStruct(content: readonly ParsedNode[]): RpcStruct {
  const struct = new Map<string, RpcValue>();
  for (const member of elements(content)) {
    const [name, value, ...others] = elements(member.children);
    if (member.name !== 'member' || name?.name !== 'name' || value?.name !== 'value' || others.length > 0) {
      throw new Malformed();
    }
    struct.set(textOf(name.children), readValue(value.children));
  }
  return struct;
}

function readNumber(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new Malformed();
  return number;
}

function readBoolean(text: string): boolean {
  if (text !== '0' && text !== '1') throw new Malformed();
  return text === '1';
}
