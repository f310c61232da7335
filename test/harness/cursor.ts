import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { type Fixture, type FixtureFile, nodesOf, parseFixture } from './fixture.ts';

/** A fixture with one `$0`, which is taken out of the text: the place that a question is asked of. */
export interface CursorFixture {
  readonly fixture: Fixture;
  /** The file that the cursor stands in. */
  readonly file: FixtureFile;
  /** Of the cursor, in UTF-16 units from the beginning of that file. */
  readonly offset: number;
  readonly snapshot: Snapshot;
}

/** Reads the tests' notation (`parseFixture`) with a cursor in one of the files. */
export function parseCursor(source: string): CursorFixture {
  const marked = parseFixture(source);
  const name = marked.files.find(({ text }) => text.includes('$0'))?.name;
  if (name === undefined || source.split('$0').length !== 2) throw new Error('The fixture needs exactly one $0.');
  const offset = marked.files.find(file => file.name === name)?.text.indexOf('$0') ?? 0;
  const fixture = parseFixture(source.replace('$0', ''));
  const index = fixture.files.findIndex(file => file.name === name);
  const file = fixture.files[index];
  const node = nodesOf(fixture)[index];
  if (!file || !node) throw new Error(`${name} is gone without its cursor.`);
  return { fixture, file, offset, snapshot: { config: node.config, role: node.role, peer: node.peer } };
}

/**
 * A file of a fixture as the editor would ask of it; `samples` stands for the larger sample, and a text with a root is
 * taken as it is.
 */
export function fixtureSnapshot(source: string, index: number): { readonly snapshot: Snapshot; readonly text: string } {
  const fixture = parseFixture(source === 'samples' ? keaSample() : source);
  const node = nodesOf(fixture)[index];
  const file = fixture.files[index];
  if (!node || !file) throw new Error(`The fixture has no file ${index}.`);
  return { snapshot: { config: node.config, role: node.role, peer: node.peer }, text: file.text };
}

function keaSample(): string {
  const text = (name: string) => readFileSync(resolve(import.meta.dirname, '../../samples/kea', name), 'utf8');
  return `--- primary.xml\n${text('fw-a.xml')}\n--- secondary.xml\n${text('fw-b.xml')}`;
}
