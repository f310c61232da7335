import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Read, readText } from './read.ts';

/** A row of `bridges/bridged` (facts.md §2.7). */
export interface Bridge {
  readonly element: Element;
  /** `bridge0`; absent where the row has none. */
  readonly name: Read<string> | undefined;
  /** The interface keys in it: `lan`, `opt1`. */
  readonly members: readonly string[];
  readonly membersElement: Element | undefined;
  readonly descr: Read<string> | undefined;
}

/** The bridges of a node in the order of the file; empty rows are left out. */
export function readBridges(config: Config): readonly Bridge[] {
  return (config.top('bridges')?.childrenNamed('bridged') ?? [])
    .filter(element => element.hasChildren)
    .map(element => {
      const members = readText(config, element, 'members');
      return {
        element,
        name: readText(config, element, 'bridgeif'),
        members: members?.value.split(/[\s,]+/).filter(key => key !== '') ?? [],
        membersElement: members?.element,
        descr: readText(config, element, 'descr'),
      };
    });
}
