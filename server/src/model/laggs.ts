import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Read, readText } from './read.ts';

/** A row of `laggs/lagg`: several NICs joined to one (facts.md §2.7). */
export interface Lagg {
  readonly element: Element;
  /** `lagg0`; absent where the row has none. */
  readonly name: Read<string> | undefined;
  /** The NICs in it, as written: `igb2`, `igb3`. */
  readonly members: readonly string[];
  readonly membersElement: Element | undefined;
  /** `lacp`, `failover` … */
  readonly protocol: Read<string> | undefined;
  readonly descr: Read<string> | undefined;
}

/** The LAGGs of a node in the order of the file; empty rows are left out. */
export function readLaggs(config: Config): readonly Lagg[] {
  return (config.top('laggs')?.childrenNamed('lagg') ?? [])
    .filter(element => element.hasChildren)
    .map(element => {
      const members = readText(config, element, 'members');
      return {
        element,
        name: readText(config, element, 'laggif'),
        members: namesIn(members?.value),
        membersElement: members?.element,
        protocol: readText(config, element, 'proto'),
        descr: readText(config, element, 'descr'),
      };
    });
}

function namesIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(/[\s,]+/).filter(name => name !== '');
}
