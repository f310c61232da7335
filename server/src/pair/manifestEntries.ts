import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { ManifestRuleSetting } from './manifest.ts';
import { indentAt, type ManifestEdits } from './manifestEdits.ts';

/** A manifest's present text; absent where there is no manifest yet. */
type ManifestText = string | undefined;

/** What a suppression says; paths are relative to the manifest. */
export interface SuppressionEntry {
  readonly rule: string;
  readonly file: string;
  /** Empty for the whole file. */
  readonly element: string;
  /** Empty where somebody has yet to write one: until then it silences nothing. */
  readonly reason: string;
}

/** Gives a rule a severity, or turns it off. */
export function setRule(text: ManifestText, rule: string, setting: ManifestRuleSetting): ManifestEdits {
  return put(text, { key: 'rules', within: { name: rule }, value: setting });
}

/** Adds a suppression behind the others. */
export function addSuppression(text: ManifestText, { element, ...entry }: SuppressionEntry): ManifestEdits {
  const { rule, file, reason } = entry;
  const value = { rule, file, ...(element !== '' && { element }), reason };
  return put(text, { key: 'suppressions', within: 'list', value });
}

/** Names the file with the findings that are known. */
export function setBaseline(text: ManifestText, path: string): ManifestEdits {
  return put(text, { key: 'baseline', within: 'manifest', value: path });
}

interface Entry {
  /** The key of the manifest under which it stands. */
  readonly key: string;
  /** Where it stands under that key: in an object under a name, behind the last one of a list, or itself. */
  readonly within: { readonly name: string } | 'list' | 'manifest';
  readonly value: unknown;
}

/** Puts a value into the text in the manner of the file; all else stays as it is written. */
function put(text: ManifestText, entry: Entry): ManifestEdits {
  const before = text ?? '';
  if (before.trim() === '') {
    const whole = `${JSON.stringify({ [entry.key]: wholeValue(entry) }, undefined, 2)}\n`;
    return { isPossible: true, edits: [{ from: 0, to: before.length, text: whole }] };
  }
  const root = parseTree(before, [], { disallowComments: true, allowTrailingComma: false });
  const holder = root && findNodeAtLocation(root, [entry.key]);
  const wanted = entry.within === 'list' ? 'array' : 'object';
  if (root?.type !== 'object' || (entry.within !== 'manifest' && holder && holder.type !== wanted)) {
    return { isPossible: false, problem: 'The manifest is not in a state that this can be added to; repair it first.' };
  }
  return { isPossible: true, edits: [edit({ text: before, root, holder }, entry)] };
}

interface Manifest {
  readonly text: string;
  readonly root: Node;
  /** What stands under the entry's key; absent where nothing does. */
  readonly holder: Node | undefined;
}

function edit({ text, root, holder }: Manifest, entry: Entry): TextEdit {
  const { key, within, value } = entry;
  if (!holder) return appended(text, root, `${JSON.stringify(key)}: `, wholeValue(entry));
  if (within === 'manifest') return replaced(text, holder, value);
  if (within === 'list') return appended(text, holder, '', value);
  const present = findNodeAtLocation(holder, [within.name]);
  if (present) return replaced(text, present, value);
  return appended(text, holder, `${JSON.stringify(within.name)}: `, value);
}

/** What stands under the key where nothing did before. */
function wholeValue({ within, value }: Entry): unknown {
  if (within === 'manifest') return value;
  return within === 'list' ? [value] : { [within.name]: value };
}

/** Behind the last item of an object or a list: on a line of its own where the others stand so, or where there are none. */
export function appended(text: string, { children = [], offset, length }: Node, key: string, value: unknown): TextEdit {
  const last = children.at(-1);
  const { unit, eol } = mannerOf(text);
  if (!last) {
    const indent = indentAt(text, offset);
    const [open, close] = [text[offset], text[offset + length - 1]];
    const inner = `${indent}${unit}`;
    const whole = `${open}${eol}${inner}${key}${written(text, value, inner)}${eol}${indent}${close}`;
    return { from: offset, to: offset + length, text: whole };
  }
  const at = last.offset + last.length;
  const isOnOwnLine = text.slice(offset, last.offset).includes('\n');
  const indent = indentAt(text, last.offset);
  const put = isOnOwnLine
    ? `,${eol}${indent}${key}${written(text, value, indent)}`
    : `, ${key}${JSON.stringify(value)}`;
  return { from: at, to: at, text: put };
}

export function replaced(text: string, { offset, length }: Node, value: unknown): TextEdit {
  return { from: offset, to: offset + length, text: written(text, value, indentAt(text, offset)) };
}

function written(text: string, value: unknown, indent: string): string {
  const { unit, eol } = mannerOf(text);
  return JSON.stringify(value, undefined, unit).replaceAll('\n', `${eol}${indent}`);
}

/** How the file is indented, and how its lines end. */
function mannerOf(text: string): { readonly unit: string; readonly eol: string } {
  return { unit: /^([\t ]+)"/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
