import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { relativePath } from './uri.ts';

/** A pair that somebody has chosen, to be written into a manifest. */
export interface PairChoice {
  readonly name: string;
  /** The addresses of the two configs. */
  readonly primary: string;
  readonly secondary: string;
}

/** The edits of a manifest's text, or why there are none. */
export type ManifestEdits =
  | { readonly isPossible: true; readonly edits: readonly TextEdit[] }
  | { readonly isPossible: false; readonly problem: string };

interface NodeValue {
  readonly config: string;
  readonly url?: string;
}

/**
 * Puts a pair into a manifest: it takes the place of the pair that has the same name or one of the same files, so that
 * choosing again swaps the roles instead of adding a second pair. A node that is known keeps its URL.
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
    const written = { pairs: [{ name: choice.name, primary: { config: primary }, secondary: { config: secondary } }] };
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
  const urls = new Map(pairs.flatMap(pair => ['primary', 'secondary'].flatMap(role => urlOf(pair, role))));
  const node = (config: string): NodeValue => {
    const url = urls.get(config);
    return url === undefined ? { config } : { config, url };
  };
  const value = { name: choice.name, primary: node(primary), secondary: node(secondary) };
  const path: JSONPath = ['pairs', index < 0 ? pairs.length : index];
  return { isPossible: true, edits: modified(text, path, value) };
}

function isMeant(pair: Node, wanted: { readonly name: string; readonly paths: readonly string[] }): boolean {
  if (valueAt(pair, ['name']) === wanted.name) return true;
  return [
    ['primary', 'config'],
    ['secondary', 'config'],
  ].some(path => wanted.paths.includes(normalPath(valueAt(pair, path))));
}

function urlOf(pair: Node, role: string): [string, string][] {
  const [config, url] = [valueAt(pair, [role, 'config']), valueAt(pair, [role, 'url'])];
  return config === '' || url === '' ? [] : [[normalPath(config), url]];
}

/** `./a.xml` and `a.xml` are the same path. */
function normalPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}

function valueAt(node: Node, path: JSONPath): string {
  const value: unknown = findNodeAtLocation(node, path)?.value;
  return typeof value === 'string' ? value : '';
}

/** The edits in the manner in which the file is indented already. */
function modified(text: string, path: JSONPath, value: unknown): TextEdit[] {
  const indent = /^([\t ]+)"/m.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(text, path, value, { formattingOptions });
  // One edit over the part that changes: jsonc-parser's edits may touch each other.
  const after = applyEdits(text, edits);
  let head = 0;
  while (head < Math.min(text.length, after.length) && text[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(text.length, after.length) - head && text.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [{ from: head, to: text.length - tail, text: after.slice(head, after.length - tail) }];
}
