import assert from 'node:assert/strict';
import { codeLenses, countedContent } from '../../server/src/features/codeLens.ts';
import { definitions, typeDefinitions } from '../../server/src/features/definitions.ts';
import { documentLinks } from '../../server/src/features/documentLinks.ts';
import { highlights } from '../../server/src/features/highlights.ts';
import { peerPlace } from '../../server/src/features/peerElement.ts';
import { references } from '../../server/src/features/references.ts';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { workspaceSymbols } from '../../server/src/features/workspaceSymbols.ts';
import { type Place, spanOf } from '../../server/src/syntax/tree.ts';
import type { Asked } from './everyOffset.ts';

/** A name that no config has, which fits most kinds. */
const newName = 'RENAMED_THING';

/**
 * Asks all that leads from a place to others, and sees that what is answered lies in a text.
 *
 * @returns everything that is said of the config in words of its own
 */
export function askNavigation({ snapshot, offset, where }: Asked): string {
  const jumps = [...definitions(snapshot, offset), ...typeDefinitions(snapshot, offset)];
  const peer = peerPlace(snapshot, offset);
  const marked = highlights(snapshot, offset).map(({ place }) => place);
  const found = references(snapshot, offset, { includeDeclaration: true });
  const places = [...jumps.flatMap(({ from, whole, name }) => [from, whole, name]), ...marked, ...found];
  if (peer) places.push(peer.whole, peer.at);
  for (const place of places) liesInText(place, where);
  for (const place of marked) assert.equal(place.anchor.document, snapshot.config.document, where);
  const said = [...askRename({ snapshot, offset, where })];
  if (peer?.instead) said.push(peer.instead.missing, peer.instead.shown);
  return said.join('\n');
}

/** Asks what an editor shows of a file as a whole. @returns as {@link askNavigation} */
export function askWholeFile({ snapshot, where }: Asked): string {
  const nodes = snapshot.peer ? [snapshot.config, snapshot.peer] : [snapshot.config];
  const symbols = workspaceSymbols(nodes, 'a');
  assert.ok(symbols.length <= 500, where);
  for (const { name, element } of symbols) {
    assert.ok(name !== '' && name.length <= 120 && !name.includes('\n'), where);
    liesInText(element.wholePlace, where);
  }
  const links = documentLinks(snapshot);
  assert.ok(links.length < 500, where);
  for (const { place } of links) liesInText(place, where);
  const lenses = codeLenses(snapshot);
  for (const { at } of lenses) liesInText(at, where);
  const contents = lenses.map(lens => ('content' in lens ? lens.content : countedContent(snapshot, lens.counts)));
  for (const content of contents) {
    assert.ok(content && content.title !== '', where);
    liesInText(content.at, where);
  }
  return [...symbols.map(({ name }) => name), ...contents.map(content => content?.title ?? '')].join('\n');
}

function* askRename({ snapshot, offset, where }: Asked): Iterable<string> {
  const start = prepareRename(snapshot, offset);
  if ('problem' in start) {
    yield start.problem;
    return;
  }
  liesInText(start.place, where);
  const renamed = rename(snapshot, offset, newName);
  if ('problem' in renamed) {
    yield renamed.problem;
    return;
  }
  assert.ok(renamed.edits.length <= 2, where);
  for (const { document, edits } of renamed.edits) {
    let done = 0;
    for (const { from, to } of edits) {
      assert.ok(done <= from && from < to && to <= document.buffer.length, where);
      done = to;
    }
  }
}

function liesInText(place: Place, where: string): void {
  const { start, end } = spanOf(place);
  assert.ok(0 <= start && start <= end && end <= place.anchor.document.buffer.length, where);
}
