import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { readFilterElements } from './filterRows.ts';
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
  return config.query(readFilterElements).map(rule => readFilterRule(config, rule));
}

/** One filter rule. */
export function readFilterRule(config: Config, rule: Element): FilterRule {
  return new FilterRuleReader(config, rule);
}

/**
 * Reads of a rule what is asked for, when it is asked for: a node may have thousands of rules, nearly all of which say
 * with one of their elements that they do not matter.
 */
class FilterRuleReader implements FilterRule {
  private keys: readonly string[] | undefined;

  constructor(
    private readonly config: Config,
    readonly element: Element,
  ) {}

  get action(): FilterRule['action'] {
    return readAction(this.text('type'));
  }

  get interfaces(): readonly string[] {
    this.keys ??= readKeys(this.text('interface'));
    return this.keys;
  }

  get interfaceElement(): Element | undefined {
    return this.element.child('interface');
  }

  get isFloating(): boolean {
    return hasFlag(this.element, 'floating');
  }

  get direction(): FilterRule['direction'] {
    return readDirection(this.text('direction'), this);
  }

  get isQuick(): boolean {
    return !this.isFloating || hasFlag(this.element, 'quick');
  }

  get family(): FilterRule['family'] {
    return readFamily(this.text('ipprotocol'));
  }

  get protocol(): Read<string> | undefined {
    return this.read('protocol');
  }

  get source(): NatPeer {
    return readNatPeer(this.config, this.element.child('source'));
  }

  get destination(): NatPeer {
    return readNatPeer(this.config, this.element.child('destination'));
  }

  get gateway(): Read<string> | undefined {
    return this.read('gateway');
  }

  get schedule(): Read<string> | undefined {
    return this.read('sched');
  }

  get tracker(): Read<string> | undefined {
    return this.read('tracker');
  }

  get associatedRule(): Read<string> | undefined {
    return this.read('associated-rule-id');
  }

  get isDisabled(): boolean {
    return hasFlag(this.element, 'disabled');
  }

  get isNotSynchronised(): boolean {
    return hasFlag(this.element, 'nosync');
  }

  get isStateLocal(): boolean {
    return hasFlag(this.element, 'nopfsync');
  }

  get descr(): Read<string> | undefined {
    return this.read('descr');
  }

  private text(name: string): string {
    return this.config.text(this.element.child(name));
  }

  private read(name: string): Read<string> | undefined {
    return readText(this.config, this.element, name);
  }
}

/** Nearly every rule names one interface. */
function readKeys(text: string): readonly string[] {
  if (!text.includes(',')) return text.trim() === '' ? [] : [text.trim()];
  return text
    .split(',')
    .map(key => key.trim())
    .filter(Boolean);
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
