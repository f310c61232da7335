import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { decodeBytes } from '../../server/src/cli/encoding.ts';
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { Config } from '../../server/src/model/config.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

/** A question that an editor may ask of a file at any time. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly offset: number;
  /** The file's name, the offset, and whether the text was cut off there: for messages. */
  readonly where: string;
}

/** A file and what is its peer. */
export interface FileAndPeer {
  readonly name: string;
  readonly text: string;
  readonly peer: string | undefined;
}

/** The files of the samples, each with the other one of its folder for a peer. */
export function sampleFiles(): readonly FileAndPeer[] {
  const samples = resolve(import.meta.dirname, '../../samples');
  return ['tutorial', 'broken', 'kea'].flatMap(name => {
    const paths = xmlFilesIn(join(samples, name));
    const texts = paths.map(path => readFileSync(path, 'utf8'));
    return paths.map((path, i) => ({ name: `${name}/${basename(path)}`, text: texts[i] ?? '', peer: texts[1 - i] }));
  });
}

const corpus = resolve('../shared/corpus');

/** Why the real configs are left out; false where they are there. Many hold secrets: no text of them is printed. */
export const corpusSkip = existsSync(corpus)
  ? false
  : 'no corpus of real configs lies beside this checkout (../shared/corpus)';

/** The real configs beside this checkout, each its own peer. */
export function corpusFiles(): readonly FileAndPeer[] {
  return xmlFilesIn(corpus).map(path => {
    const decoded = decodeBytes(readFileSync(path));
    const text = decoded.isText ? decoded.text : '';
    return { name: basename(path), text, peer: text };
  });
}

/** So far apart are the offsets that are asked about. */
export const step = 50;

/** Every {@link step}th offset of a file, in the whole of it – where that is asked about as a file, once – and cut off there. */
export function* everyOffset({ name, text, peer }: FileAndPeer, about: 'a place' | 'a file'): Generator<Asked> {
  const other = peer === undefined ? undefined : configOf(peer);
  const whole = configOf(text);
  const last = about === 'a file' ? 0 : text.length;
  for (let offset = 0; offset <= last; offset += step) {
    yield { snapshot: { config: whole, role: 'primary', peer: other }, offset, where: `${name} at ${offset}` };
  }
  const cut = configOf(text);
  for (let offset = text.length - (text.length % step); offset >= 0; offset -= step) {
    cut.document.edit({ from: offset, to: cut.document.buffer.length, text: '' });
    yield { snapshot: { config: cut, role: 'secondary', peer: other }, offset, where: `${name} cut off at ${offset}` };
  }
}

function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///config.xml', text));
}

function xmlFilesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.xml'))
    .sort()
    .map(name => join(folder, name));
}
