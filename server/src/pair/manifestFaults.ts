import type { ErrorObject } from 'ajv';
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, printParseErrorCode } from 'jsonc-parser';
import type { Place, TextSource } from '../syntax/tree.ts';
import schema from './manifest.schema.json';
import type { ManifestFault } from './manifest.ts';
import { validate } from './manifestValidator.generated.mjs';
import { nearest } from './nearest.ts';

/** A manifest's text with the tree of its values. */
export interface JsonText {
  readonly source: TextSource;
  readonly text: string;
  /** Absent where the text holds no value at all. */
  readonly root: Node | undefined;
}

/** What keeps the text from being JSON: the first fault of each line, because one slip makes a parser stumble several times. */
export function syntaxFaults(json: JsonText, errors: readonly ParseError[]): ManifestFault[] {
  const faults = new Map<number, ManifestFault>();
  for (const { error, offset, length } of errors) {
    const { line } = json.source.buffer.positionAt(offset);
    if (faults.has(line)) continue;
    const at = placeOf(json.source, offset, offset + length);
    faults.set(line, {
      at,
      severity: 'error',
      message: syntaxMessages[printParseErrorCode(error)] ?? 'This is not valid JSON.',
    });
  }
  return [...faults.values()];
}

/** Keys that stand twice in one object: JSON leaves open which of them counts, and here it is the first. */
export function duplicateKeys(json: JsonText): ManifestFault[] {
  const faults: ManifestFault[] = [];
  const visit = (node: Node) => {
    const keys = node.type === 'object' ? (node.children ?? []).flatMap(({ children: [key] = [] }) => key ?? []) : [];
    for (const [i, key] of keys.entries()) {
      const first = keys.slice(0, i).find(each => each.value === key.value);
      if (!first) continue;
      const related = [{ at: insideQuotes(json.source, first), message: 'The first, which counts.' }];
      const message = `"${String(key.value)}" stands here twice.`;
      faults.push({ at: insideQuotes(json.source, key), severity: 'error', message, related });
    }
    node.children?.forEach(visit);
  };
  if (json.root) visit(json.root);
  return faults;
}

/** What the schema does not allow. */
export function schemaFaults(json: JsonText): ManifestFault[] {
  if (!json.root) return [];
  if (validate(getNodeValue(json.root))) return [];
  return (validate.errors ?? []).flatMap(error => schemaFault(json, error) ?? []);
}

const syntaxMessages: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'A JSON file holds no comments.',
  CommaExpected: 'A comma is missing here.',
  ColonExpected: 'A colon is missing here.',
  CloseBraceExpected: 'A closing brace is missing here.',
  CloseBracketExpected: 'A closing bracket is missing here.',
  PropertyNameExpected: 'A key in double quotes is expected here; there is no comma behind the last one.',
  ValueExpected: 'A value is expected here; there is no comma behind the last one.',
  EndOfFileExpected: 'The file goes on behind its end.',
  UnexpectedEndOfComment: 'This comment has no end.',
  UnexpectedEndOfString: 'The closing quote is missing.',
  UnexpectedEndOfNumber: 'This number is incomplete.',
  InvalidUnicode: 'A Unicode escape is \\u and four hexadecimal digits.',
  InvalidEscapeCharacter:
    'This is no escape that JSON knows; a backslash is written twice, and a path takes / instead.',
  InvalidCharacter: 'A control character must be escaped.',
};

function schemaFault(json: JsonText, error: ErrorObject): ManifestFault | undefined {
  const path = pathOf(error.instancePath, json.root);
  const node = json.root && findNodeAtLocation(json.root, path);
  if (!node) return undefined;
  const fault = (at: Place, message: string): ManifestFault => ({ at, severity: severityOf(error), message });
  const value = placeOfValue(json.source, node);
  const { additionalProperty, missingProperty, type } = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(additionalProperty);
      const known = nearest(name, knownKeys(path));
      const at = keyPlace(json.source, node, name) ?? value;
      return fault(at, `"${name}" has no meaning here${known ? `; did you mean "${known}"?` : '.'}`);
    }
    case 'required':
      return fault(
        ownKeyPlace(json.source, node) ?? openingPlace(json.source, node),
        `"${String(missingProperty)}" is missing${whose(path)}.`,
      );
    case 'type':
      return fault(value, `${subject(path)} must be ${typeNames[String(type)] ?? String(type)}.`);
    case 'enum':
      return fault(value, `${subject(path)} must be "off", "error", "warning", "info" or "hint".`);
    case 'minLength':
      return fault(placeOf(json.source, node.offset, node.offset + node.length), `${subject(path)} must not be empty.`);
    case 'pattern':
      if (path[0] === 'suppressions')
        return fault(value, 'A suppression needs a reason; without one it silences nothing.');
      if (path.at(-1) === 'sha256')
        return fault(value, 'A SHA-256 fingerprint has 64 hexadecimal digits, with or without colons.');
      return fault(
        value,
        'A URL is written like https://172.16.1.2 or https://fw-a.example.org:8443, without a user, password or path.',
      );
    default:
      return fault(value, `${subject(path)} ${error.message ?? 'is not valid'}.`);
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object in braces',
  array: 'a list in brackets',
  string: 'a text in double quotes',
  boolean: 'true or false',
};

/** A suppression that is not complete hides nothing: nothing is lost by it but the quiet that it was meant for. */
function severityOf({ instancePath }: ErrorObject): 'error' | 'warning' {
  return instancePath.startsWith('/suppressions/') ? 'warning' : 'error';
}

function subject(path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'The manifest';
  return typeof last === 'number' ? 'An item of this list' : `"${last}"`;
}

function whose(path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (last === 'primary' || last === 'secondary' || last === 'tls') return ` in "${last}"`;
  if (typeof last !== 'number') return '';
  return path[0] === 'suppressions' ? ' in this suppression' : ' in this pair';
}

/** The keys that the schema names for the object at a path: the manifest itself, an item of its lists, a node, or its `tls`. */
function knownKeys([first, ...rest]: readonly unknown[]): readonly string[] {
  if (first === undefined) return Object.keys(schema.properties).filter(key => key !== '$schema');
  if (first === 'suppressions') return Object.keys(schema.$defs.suppression.properties);
  if (rest.at(-1) === 'tls') return Object.keys(schema.$defs.node.properties.tls.properties);
  return Object.keys(rest.length === 1 ? schema.$defs.pair.properties : schema.$defs.node.properties);
}

/** A JSON pointer as keys and indices; a step into an array is a number. */
function pathOf(pointer: string, root: Node | undefined): (string | number)[] {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    const at = root && findNodeAtLocation(root, path);
    path.push(at?.type === 'array' ? Number(key) : key);
  }
  return path;
}

/** A string's text without the quotes; of a list or an object the opening bracket; else the value. */
function placeOfValue(source: TextSource, node: Node): Place {
  if (node.type === 'string' && node.length > 2) return insideQuotes(source, node);
  if (node.type === 'object' || node.type === 'array') return openingPlace(source, node);
  return placeOf(source, node.offset, node.offset + node.length);
}

function openingPlace(source: TextSource, node: Node): Place {
  return placeOf(source, node.offset, node.offset + 1);
}

function ownKeyPlace(source: TextSource, node: Node): Place | undefined {
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return key && insideQuotes(source, key);
}

function keyPlace(source: TextSource, object: Node, name: string): Place | undefined {
  for (const { children: [key] = [] } of object.children ?? []) {
    if (key?.value === name) return insideQuotes(source, key);
  }
  return undefined;
}

/** A string without its quotes. */
export function insideQuotes(source: TextSource, node: Node): Place {
  return placeOf(source, node.offset + 1, node.offset + node.length - 1);
}

function placeOf(source: TextSource, from: number, to: number): Place {
  return { anchor: { document: source, start: 0 }, from, to };
}
