import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type NatPeer, readNatPeer } from './portForwards.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** `filter/rule` (facts.md §2.6). */
export interface FilterRule {
  readonly element: Element;
  /** `pass` where the rule does not say (filter.inc). */
  readonly action: 'pass' | 'block' | 'reject' | 'match';
  /** The keys or groups that it is for: one, or several and also `any` in a floating rule; empty where it names none. */
  readonly interfaces: readonly string[];
  readonly interfaceElement: Element | undefined;
  readonly isFloating: boolean;
  readonly direction: 'in' | 'out' | 'any';
  /** A floating rule decides at once only with `quick`; any other always does. */
  readonly isQuick: boolean;
  readonly family: 4 | 6 | 'both';
  /** `tcp`, `tcp/udp`, `pfsync` …; absent for any. */
  readonly protocol: Read<string> | undefined;
  readonly source: NatPeer;
  readonly destination: NatPeer;
  readonly gateway: Read<string> | undefined;
  readonly schedule: Read<string> | undefined;
  readonly tracker: Read<string> | undefined;
  /** The id that the port forward has for which it was made. */
  readonly associatedRule: Read<string> | undefined;
  readonly isDisabled: boolean;
  /** Left out of the configuration sync. */
  readonly isNotSynchronised: boolean;
  /** Its states are not sent to the peer (`nopfsync`). */
  readonly isStateLocal: boolean;
  readonly descr: Read<string> | undefined;
}

/** The filter rules in the order of the file. */
export function readFilterRules(config: Config): readonly FilterRule[] {
  const rules = config.top('filter')?.childrenNamed('rule') ?? [];
  return rules.filter(rule => rule.hasChildren).map(rule => readFilterRule(config, rule));
}

function readFilterRule(config: Config, element: Element): FilterRule {
  const interfaceElement = element.child('interface');
  const isFloating = hasFlag(element, 'floating');
  return {
    element,
    action: readAction(config.text(element.child('type'))),
    interfaces: config
      .text(interfaceElement)
      .split(',')
      .map(key => key.trim())
      .filter(Boolean),
    interfaceElement,
    isFloating,
    direction: readDirection(config.text(element.child('direction')), { isFloating }),
    isQuick: !isFloating || hasFlag(element, 'quick'),
    family: readFamily(config.text(element.child('ipprotocol'))),
    protocol: readText(config, element, 'protocol'),
    source: readNatPeer(config, element.child('source')),
    destination: readNatPeer(config, element.child('destination')),
    gateway: readText(config, element, 'gateway'),
    schedule: readText(config, element, 'sched'),
    tracker: readText(config, element, 'tracker'),
    associatedRule: readText(config, element, 'associated-rule-id'),
    isDisabled: hasFlag(element, 'disabled'),
    isNotSynchronised: hasFlag(element, 'nosync'),
    isStateLocal: hasFlag(element, 'nopfsync'),
    descr: readText(config, element, 'descr'),
  };
}

function readAction(text: string): FilterRule['action'] {
  return text === 'block' || text === 'reject' || text === 'match' ? text : 'pass';
}

function readDirection(text: string, rule: { readonly isFloating: boolean }): FilterRule['direction'] {
  if (!rule.isFloating) return 'in';
  return text === 'in' || text === 'out' ? text : 'any';
}

function readFamily(text: string): FilterRule['family'] {
  if (text === 'inet6') return 6;
  return text === 'inet46' ? 'both' : 4;
}
