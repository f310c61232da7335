import { findNodeAtLocation, getNodeValue, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Role } from './manifest.ts';
import { relativePath } from './uri.ts';

/** A pair that somebody has chosen, to be written into a manifest. */
export interface PairChoice {
  readonly name: string;
  /** The addresses of the two configs. */
  readonly primary: string;
  readonly secondary: string;
  /** The certificate of one node that is to be written with it. */
  readonly pin?: CertificatePin;
}

/** The one certificate by which a node is known from now on. */
export interface CertificatePin {
  readonly role: Role;
  /** Its SHA-256 fingerprint. */
  readonly sha256: string;
}

/** The edits of a manifest's text, or why there are none. */
export type ManifestEdits =
  | { readonly isPossible: true; readonly edits: readonly TextEdit[] }
  | { readonly isPossible: false; readonly problem: string };

/** What a manifest says of a node: its `config`, and whatever else stands there. */
type NodeValue = Readonly<Record<string, unknown>>;

/**
 * Puts a pair into a manifest: it takes the place of the pair that has the same name or one of the same files, so that
 * choosing again swaps the roles instead of adding a second pair. A node that is known keeps its URL and its certificate.
 *
 * @param text the manifest's present text; absent where there is no manifest yet
 */
export function editManifest(
  manifest: { readonly uri: string; readonly text: string | undefined },
  choice: PairChoice,
): ManifestEdits {
  const [primary, secondary] = [
    relativePath(manifest.uri, choice.primary),
    relativePath(manifest.uri, choice.secondary),
  ];
  if (primary === undefined || secondary === undefined) {
    return { isPossible: false, problem: 'A manifest can only name files on the same drive as itself.' };
  }
  const text = manifest.text ?? '';
  if (text.trim() === '') {
    const node = (role: Role, config: string) => ({ config, ...pinned(choice, role) });
    const written = {
      pairs: [{ name: choice.name, primary: node('primary', primary), secondary: node('secondary', secondary) }],
    };
    const whole = `${JSON.stringify(written, undefined, 2)}\n`;
    return { isPossible: true, edits: [{ from: 0, to: text.length, text: whole }] };
  }
  const root = parseTree(text);
  if (root?.type !== 'object' || (findNodeAtLocation(root, ['pairs'])?.type ?? 'array') !== 'array') {
    return {
      isPossible: false,
      problem: 'The manifest is not in a state that a pair can be added to; repair it first.',
    };
  }
  const pairs = findNodeAtLocation(root, ['pairs'])?.children ?? [];
  const index = pairs.findIndex(pair => isMeant(pair, { name: choice.name, paths: [primary, secondary] }));
  const known = new Map(pairs.flatMap(pair => ['primary', 'secondary'].flatMap(role => knownNode(pair, role))));
  const node = (role: Role, config: string): NodeValue => ({
    ...known.get(config),
    config,
    ...pinned(choice, role),
  });
  const value = { name: choice.name, primary: node('primary', primary), secondary: node('secondary', secondary) };
  return { isPossible: true, edits: [placed({ text, root }, index, value)] };
}

function isMeant(pair: Node, wanted: { readonly name: string; readonly paths: readonly string[] }): boolean {
  if (valueAt(pair, ['name']) === wanted.name) return true;
  return [
    ['primary', 'config'],
    ['secondary', 'config'],
  ].some(path => wanted.paths.includes(normalPath(valueAt(pair, path))));
}

function knownNode(pair: Node, role: string): [string, NodeValue][] {
  const [node, config] = [findNodeAtLocation(pair, [role]), valueAt(pair, [role, 'config'])];
  return node && config !== '' ? [[normalPath(config), getNodeValue(node) as NodeValue]] : [];
}

function pinned({ pin }: PairChoice, role: Role): NodeValue {
  return pin?.role === role ? { tls: { sha256: pin.sha256 } } : {};
}

/** `./a.xml` and `a.xml` are the same path. */
export function normalPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}

export function valueAt(node: Node, path: JSONPath): string {
  const value: unknown = findNodeAtLocation(node, path)?.value;
  return typeof value === 'string' ? value : '';
}

/** Puts the value in the place of a pair, or behind the last one; all else stays as it is written. */
function placed(json: { readonly text: string; readonly root: Node }, index: number, value: object): TextEdit {
  const { text, root } = json;
  const unit = /^([\t ]+)"/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const written = (indent: string, what: unknown) =>
    JSON.stringify(what, undefined, unit).replaceAll('\n', `${eol}${indent}`);
  const list = findNodeAtLocation(root, ['pairs']);
  if (!list) {
    const rest = (root.children ?? []).length > 0 ? ',' : eol;
    return insertion(root.offset + 1, `${eol}${unit}"pairs": ${written(unit, [value])}${rest}`);
  }
  const pairs = list.children ?? [];
  const replaced = index < 0 ? undefined : pairs[index];
  if (replaced) {
    const { offset, length } = replaced;
    return { from: offset, to: offset + length, text: written(indentAt(text, offset), value) };
  }
  const last = pairs.at(-1);
  if (!last) {
    return { from: list.offset, to: list.offset + list.length, text: written(indentAt(text, list.offset), [value]) };
  }
  const indent = indentAt(text, last.offset);
  return insertion(last.offset + last.length, `,${eol}${indent}${written(indent, value)}`);
}

function insertion(at: number, text: string): TextEdit {
  return { from: at, to: at, text };
}

/** The white space at the beginning of the line in which the offset lies. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[\t ]*/.exec(text.slice(start, offset))?.[0] ?? '';
}
