import type { Config } from '../../model/config.ts';
import { replaceElement } from '../../model/replaceElement.ts';
import { readVersion } from '../../model/version.ts';
import {
  dedented,
  elementSource,
  encode,
  insertChild,
  insertSection,
  removeElement,
  setText,
  wrapped,
} from '../../model/write.ts';
import { insertAfter, insertBefore, mergedEdits } from '../../syntax/edits.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Difference } from './drift.ts';

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/**
 * The edits of the secondary's file that do to it what a synchronisation would, as far as these differences go. Empty
 * where that cannot be written there: the primary rewrites something to what its file does not tell, or edits would be in
 * each other's way.
 */
export function copyEdits(differences: readonly Difference[], nodes: Nodes): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const grouped = new Map<string, Difference[]>();
  for (const difference of differences) {
    if ([...(difference.rewrites?.values() ?? [])].includes(undefined)) return [];
    if (isAppended(difference)) {
      const place = `${difference.path} ${difference.parent?.row ?? ''}`;
      grouped.set(place, [...(grouped.get(place) ?? []), difference]);
    } else {
      const own = editsOf(difference, nodes);
      if (own.length === 0) return [];
      edits.push(...own);
    }
  }
  for (const group of grouped.values()) edits.push(...appendedEdits(group, nodes));
  return mergedEdits(edits);
}

/** Whether it goes into a list of which the secondary has nothing. */
function isAppended({ kind, slot }: Difference): boolean {
  return kind === 'added' && !slot?.after && !slot?.before;
}

function appendedEdits(group: readonly Difference[], nodes: Nodes): readonly TextEdit[] {
  const [first] = group;
  if (!first) return [];
  const sources = group.flatMap(each => (each.primary ? [sentSource(each.primary, each, nodes)] : []));
  const source = sources.join('\n');
  if (first.parent) return [insertChild(first.parent, { source })];
  return inSections(nodes.secondary, first.path.split('/').slice(0, -1), source);
}

function editsOf(difference: Difference, nodes: Nodes): readonly TextEdit[] {
  const { kind, primary, secondary, slot } = difference;
  if (kind === 'removed') return secondary ? [removeElement(secondary)] : [];
  if (kind === 'moved') return movedEdits(difference);
  if (kind === 'changed')
    return secondary ? changedEdits(difference, secondary, nodes) : wholeSection(difference, nodes);
  const source = primary && sentSource(primary, difference, nodes);
  if (source !== undefined && slot?.after) return [insertAfter(slot.after, source)];
  return source !== undefined && slot?.before ? [insertBefore(slot.before, source)] : [];
}

/** Puts a source where these elements lead to, which the file lacks in part or all. */
function inSections(secondary: Config, path: readonly string[], source: string): readonly TextEdit[] {
  const known = path.map((_, i) => secondary.find(path.slice(0, i + 1).join('/')));
  const deepest = known.findLastIndex(element => element !== undefined);
  const whole = path.slice(deepest + 1).reduceRight((inner, name) => wrapped(name, inner), source);
  const parent = known[deepest];
  if (parent) return [insertChild(parent, { source: whole })];
  const section = insertSection(secondary, whole);
  return section ? [section] : [];
}

function movedEdits({ secondary, slot }: Difference): readonly TextEdit[] {
  if (!secondary || !slot) return [];
  const source = dedented(secondary);
  if (slot.after) return [removeElement(secondary), insertAfter(slot.after, source)];
  return slot.before ? [removeElement(secondary), insertBefore(slot.before, source)] : [];
}

/** A section with nothing but settings that the secondary lacks. */
function wholeSection({ primary, path, children, rewrites }: Difference, nodes: Nodes): readonly TextEdit[] {
  if (!primary || path === '') return [];
  const wanted = new Set(children);
  const sources = primary
    .children()
    .filter(child => wanted.has(child.name))
    .map(child => childSource(child, rewrites?.get(child.name), nodes.primary));
  return inSections(nodes.secondary, path.split('/'), sources.join('\n'));
}

function changedEdits(difference: Difference, local: Element, nodes: Nodes): readonly TextEdit[] {
  const { itemKind, children, primary, rewrites } = difference;
  const isTextOnly = children.every(name => {
    const [here, there] = [local.childrenNamed(name), primary?.childrenNamed(name) ?? []];
    return here.length === 1 && there.length <= 1 && ![...here, ...there].some(child => child.hasChildren);
  });
  if (isTextOnly) {
    return children.flatMap(name => {
      const child = local.child(name);
      const there = primary?.child(name);
      const text = rewrites?.get(name) ?? nodes.primary.text(there);
      // To stand there says something, so that what the primary lacks must go.
      if (child && !there && text === '') return [removeElement(child)];
      return child ? [setText(nodes.secondary, child, text)] : [];
    });
  }
  const isWhole = !itemKind.parts && !itemKind.keyed && !itemKind.local;
  if (isWhole && primary) return [replaceElement(local, sentSource(primary, difference, nodes))];
  return children.flatMap(name => childEdits(name, { difference, local, nodes }));
}

function childEdits(
  name: string,
  { difference, local, nodes }: { readonly difference: Difference; readonly local: Element; readonly nodes: Nodes },
): readonly TextEdit[] {
  const rewritten = difference.rewrites?.get(name);
  const [first, ...others] = local.childrenNamed(name);
  const there = difference.primary?.childrenNamed(name) ?? [];
  const removed = others.map(removeElement);
  if (there.length === 0 && !rewritten) return first ? [removeElement(first), ...removed] : [];
  const sources =
    there.length === 0
      ? [elementSource(nodes.secondary, name, rewritten ?? '')]
      : there.map(child => childSource(child, rewritten, nodes.primary));
  const source = sources.join('\n');
  return [first ? replaceElement(first, source) : insertChild(local, { source }), ...removed];
}

/** An element's source, with the text that the primary sends in place of its own. */
function childSource(child: Element, rewritten: string | undefined, primary: Config): string {
  return rewritten === undefined || child.hasChildren ? dedented(child) : elementSource(primary, child.tag, rewritten);
}

/** An item's source as it is sent: rewritten, and without what each node keeps for itself. */
function sentSource(element: Element, { itemKind, rewrites }: Difference, { primary }: Nodes): string {
  const kept = itemKind.local ?? [];
  if (!rewrites && kept.length === 0) return dedented(element);
  const version = primary.query(readVersion);
  const changes = element.children().flatMap((child): TextEdit[] => {
    const text = rewrites?.get(child.name);
    if (kept.includes(child.name)) return [removeElement(child)];
    return text === undefined
      ? []
      : [{ from: child.contentStart, to: child.contentEnd, text: encode(child.name, text, version) }];
  });
  const { buffer } = element.document;
  let source = '';
  let at = element.start;
  for (const { from, to, text } of changes) {
    source += buffer.slice(at, from) + text;
    at = to;
  }
  source += buffer.slice(at, element.end);
  return dedented(element, source);
}
