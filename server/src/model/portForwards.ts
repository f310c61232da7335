import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** One side of a port forward or a 1:1 mapping. */
export interface NatPeer {
  /**
   * `network` is a word such as `lan` or `wanip`, the latter the interface's own address; `address` an address, a
   * network or an alias, as written; `any` also where the rule says nothing.
   */
  readonly kind: 'any' | 'network' | 'address';
  /** Absent for `any`. */
  readonly value: Read<string> | undefined;
  /** A port, a range `a-b` or an alias. */
  readonly port: Read<string> | undefined;
  /** Everything but this (`not`). */
  readonly isInverted: boolean;
  readonly element: Element | undefined;
}

/** `nat/rule` (facts.md §2.4). */
export interface PortForward {
  readonly element: Element;
  readonly interface: Read<string> | undefined;
  readonly family: 4 | 6;
  /** `tcp`, `udp`, `tcp/udp` …; absent for any. */
  readonly protocol: Read<string> | undefined;
  readonly source: NatPeer;
  readonly destination: NatPeer;
  /** An address or an alias, as written. */
  readonly target: Read<string> | undefined;
  readonly targetPort: Read<string> | undefined;
  /** `pass`, or the id that the filter rule made for it bears too. */
  readonly associatedRule: Read<string> | undefined;
  readonly isDisabled: boolean;
  /** The rule keeps what it matches from being forwarded (`nordr`). */
  readonly isExclusion: boolean;
  /** Left out of the configuration sync. */
  readonly isNotSynchronised: boolean;
  readonly descr: Read<string> | undefined;
}

/** The port forwards in the order in which they are tried. */
export function readPortForwards(config: Config): readonly PortForward[] {
  const rules = config.top('nat')?.childrenNamed('rule') ?? [];
  return rules.filter(rule => rule.hasChildren).map(rule => readPortForward(config, rule));
}

function readPortForward(config: Config, element: Element): PortForward {
  return {
    element,
    interface: readText(config, element, 'interface'),
    family: config.text(element.child('ipprotocol')) === 'inet6' ? 6 : 4,
    protocol: readText(config, element, 'protocol'),
    source: readNatPeer(config, element.child('source')),
    destination: readNatPeer(config, element.child('destination')),
    target: readText(config, element, 'target'),
    targetPort: readText(config, element, 'local-port'),
    associatedRule: readText(config, element, 'associated-rule-id'),
    isDisabled: hasFlag(element, 'disabled'),
    isExclusion: hasFlag(element, 'nordr'),
    isNotSynchronised: hasFlag(element, 'nosync'),
    descr: readText(config, element, 'descr'),
  };
}

/** The `source` or `destination` of a port forward or a 1:1 mapping. */
export function readNatPeer(config: Config, element: Element | undefined): NatPeer {
  const network = element && readText(config, element, 'network');
  const address = element && readText(config, element, 'address');
  const isAny = !element || hasFlag(element, 'any') || !(network ?? address);
  return {
    kind: isAny ? 'any' : network ? 'network' : 'address',
    value: isAny ? undefined : (network ?? address),
    port: element && readText(config, element, 'port'),
    isInverted: element !== undefined && !isAny && hasFlag(element, 'not'),
    element,
  };
}
