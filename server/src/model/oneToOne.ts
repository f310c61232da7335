import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type NatPeer, readNatPeer } from './portForwards.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** `nat/onetoone`: an outer address for an inner one, in both directions (facts.md §2.4). */
export interface OneToOne {
  readonly element: Element;
  readonly interface: Read<string> | undefined;
  readonly family: 4 | 6;
  /** The outer address or the first of a network of them, or a word such as `wanip`, as written. */
  readonly external: Read<string> | undefined;
  /** The inner side. */
  readonly source: NatPeer;
  readonly destination: NatPeer;
  readonly isDisabled: boolean;
  /** The rule keeps what it matches from being translated (`nobinat`). */
  readonly isExclusion: boolean;
  readonly descr: Read<string> | undefined;
}

/** The 1:1 mappings in the order in which they are tried. */
export function readOneToOne(config: Config): readonly OneToOne[] {
  const rules = config.top('nat')?.childrenNamed('onetoone') ?? [];
  return rules.filter(rule => rule.hasChildren).map(rule => readMapping(config, rule));
}

function readMapping(config: Config, element: Element): OneToOne {
  return {
    element,
    interface: readText(config, element, 'interface'),
    family: config.text(element.child('ipprotocol')) === 'inet6' ? 6 : 4,
    external: readText(config, element, 'external'),
    source: readNatPeer(config, element.child('source')),
    destination: readNatPeer(config, element.child('destination')),
    isDisabled: hasFlag(element, 'disabled'),
    isExclusion: hasFlag(element, 'nobinat'),
    descr: readText(config, element, 'descr'),
  };
}
