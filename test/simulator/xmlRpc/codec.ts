import { isArray, type PhpArray, PhpObject, type PhpValue, phpList, toKey } from '../php/value.ts';
import { scanXml, XmlError } from '../xml/scanXml.ts';

/** A call that was read: its whole name, prefix and all. */
export interface MethodCall {
  readonly method: string;
  readonly parameters: readonly PhpValue[];
}

/** What a server answers: a value, or a fault. */
export type MethodResponse =
  | { readonly kind: 'value'; readonly value: PhpValue }
  | { readonly kind: 'fault'; readonly code: number; readonly text: string };

interface Node {
  readonly name: string;
  readonly children: Node[];
  text: string;
}

/** @returns undefined for what is no call */
export function readCall(body: string): MethodCall | undefined {
  const root = parse(body);
  const method = root?.name === 'methodCall' ? child(root, 'methodName')?.text.trim() : undefined;
  if (!root || method === undefined) return undefined;
  const parameters = child(root, 'params')?.children ?? [];
  return { method, parameters: parameters.map(each => decodeValue(child(each, 'value'))) };
}

/** @returns undefined for what is no answer of XML-RPC, such as a page of HTML */
export function readResponse(body: string): MethodResponse | undefined {
  const root = parse(body);
  if (root?.name !== 'methodResponse') return undefined;
  const fault = child(root, 'fault');
  if (fault) {
    const struct = decodeValue(child(fault, 'value'));
    if (!isArray(struct)) return undefined;
    return { kind: 'fault', code: Number(struct.get('faultCode')), text: String(struct.get('faultString')) };
  }
  const value = child(child(child(root, 'params'), 'param'), 'value');
  return value && { kind: 'value', value: decodeValue(value) };
}

export function writeCall({ method, parameters }: MethodCall): string {
  const all = parameters.map(value => `<param>${write(value)}</param>`).join('');
  return `${declaration}<methodCall><methodName>${method}</methodName><params>${all}</params></methodCall>`;
}

export function writeResponse(response: MethodResponse): string {
  if (response.kind === 'value') {
    return `${declaration}<methodResponse><params><param>${write(response.value)}</param></params></methodResponse>`;
  }
  const fault = member('faultCode', `<int>${response.code}</int>`) + member('faultString', string(response.text));
  return `${declaration}<methodResponse><fault><value><struct>${fault}</struct></value></fault></methodResponse>`;
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

function parse(body: string): Node | undefined {
  const top: Node = { name: '', children: [], text: '' };
  const open: Node[] = [top];
  try {
    scanXml(body, {
      open: name => {
        const node: Node = { name, children: [], text: '' };
        open.at(-1)?.children.push(node);
        open.push(node);
      },
      close: () => open.pop(),
      characters: run => {
        const node = open.at(-1);
        if (node) node.text += run;
      },
    });
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
  return top.children[0];
}

function child(node: Node | undefined, name: string): Node | undefined {
  return node?.children.find(each => each.name === name);
}

function decodeValue(node: Node | undefined): PhpValue {
  const typed = node?.children[0];
  // A value without a type is a string.
  if (!typed) return node?.text ?? '';
  switch (typed.name) {
    case 'int':
    case 'i4':
    case 'i8':
      return Number.parseInt(typed.text, 10) || 0;
    case 'double':
      return Number.parseFloat(typed.text) || 0;
    case 'boolean':
      return typed.text.trim() === '1';
    case 'nil':
      return null;
    case 'array':
      return phpList((child(typed, 'data')?.children ?? []).map(decodeValue));
    case 'struct':
      return structOf(typed);
    case 'base64':
    case 'dateTime.iso8601':
      return new PhpObject();
    default:
      return typed.text;
  }
}

function structOf(node: Node): PhpArray {
  return new Map(
    node.children.map(each => [toKey(child(each, 'name')?.text ?? ''), decodeValue(child(each, 'value'))]),
  );
}

function write(value: PhpValue): string {
  return `<value>${typed(value)}</value>`;
}

function typed(value: PhpValue): string {
  if (value === null) return '<nil/>';
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`;
  if (typeof value === 'number') return Number.isInteger(value) ? `<int>${value}</int>` : `<double>${value}</double>`;
  if (value instanceof PhpObject) return '<base64></base64>';
  if (!isArray(value)) return string(value);
  if (isContiguous(value)) return `<array><data>${[...value.values()].map(write).join('')}</data></array>`;
  return `<struct>${[...value].map(([key, inner]) => member(String(key), typed(inner))).join('')}</struct>`;
}

/** Whether the keys run from 0 or from 1, which makes an array of it; so does nothing at all (facts.md §1.4). */
function isContiguous(array: PhpArray): boolean {
  const [first] = array.keys();
  if (first === undefined) return true;
  if (first !== 0 && first !== 1) return false;
  let expected = first;
  for (const key of array.keys()) if (key !== expected++) return false;
  return true;
}

function member(name: string, content: string): string {
  return `<member><name>${escapeText(name)}</name><value>${content}</value></member>`;
}

function string(text: string): string {
  return `<string>${escapeText(text)}</string>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
