import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { readFilterElements } from './filterRows.ts';
import { type FilterRule, readFilterRule } from './filterRules.ts';
import { readInterfaces } from './interfaces.ts';
import { ofList } from './ofList.ts';
import { isPacketFilterOff } from './packetFilter.ts';
import { elementSource, insertChild } from './write.ts';

/** What has to be let in on an interface from the other node. */
export interface Wanted {
  /** The key of the interface. */
  readonly interface: string;
  readonly family: 4 | 6;
  readonly protocol: 'tcp' | 'pfsync';
  /** Of the destination; absent for a protocol without ports. */
  readonly port?: number;
}

/**
 * The rules that may let something in, as far as interface, direction, family, protocol and port tell, in the order of the
 * file. What a rule says of addresses is not looked at, an interface group and a port alias count as fitting, and what an
 * earlier rule blocks is not taken off: where there is none, nothing is let in for sure. Absent where the file has no rules
 * at all, or pf is off (`system/disablefilter`). Of thousands of rules an edit reads one.
 */
export function rulesThatMayPass(config: Config, wanted: Wanted): Iterable<FilterRule> | undefined {
  if (!config.top('filter') || isPacketFilterOff(config)) return undefined;
  return fittingRules(config, wanted);
}

/** Whether no rule lets something in, for sure; see {@link rulesThatMayPass}. */
export function isLetInByNone(config: Config, wanted: Wanted): boolean {
  const rules = rulesThatMayPass(config, wanted);
  if (!rules) return false;
  for (const _ of rules) return false;
  return true;
}

function* fittingRules(config: Config, wanted: Wanted): Iterable<FilterRule> {
  const known = config.query(readInterfaces);
  const elements = config.query(readFilterElements);
  const rows = config.ofElements(readPassing, elements);
  const byInterface = numbersByInterface(rows);
  // Whatever is none of the node's interfaces is `any`, a group or a VPN's interface.
  const numbers = [...byInterface].flatMap(([key, found]) =>
    key === wanted.interface || !known.has(key) ? found : [],
  );
  for (const number of new Set(numbers.sort((one, other) => one - other))) {
    const [row, element] = [rows[number], elements[number]];
    if (row && element && mayPass(row, wanted)) yield readFilterRule(config, element);
  }
}

/** What a rule tells that may let something in. */
interface Passing {
  /** Empty for a floating rule of all interfaces. */
  readonly interfaces: readonly string[];
  readonly family: FilterRule['family'];
  readonly protocol: string | undefined;
  readonly port: string | undefined;
}

/** Absent where the rule lets nothing in. */
function readPassing(element: Element, config: Config): Passing | undefined {
  const { action, direction, isDisabled, interfaces, isFloating, family, protocol, destination } = readFilterRule(
    config,
    element,
  );
  if (action !== 'pass' || direction === 'out' || isDisabled) return undefined;
  if (interfaces.length === 0 && !isFloating) return undefined;
  return { interfaces, family, protocol: protocol?.value.toLowerCase(), port: destination.port?.value };
}

/** The numbers of the rules by the keys or groups that they are for, and those of all interfaces under an empty text. */
const numbersByInterface = ofList((rows: readonly (Passing | undefined)[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const [i, row] of rows.entries()) {
    if (!row) continue;
    for (const key of row.interfaces.length === 0 ? [''] : row.interfaces) {
      const numbers = found.get(key);
      if (numbers) numbers.push(i);
      else found.set(key, [i]);
    }
  }
  return found;
});

function mayPass(rule: Passing, wanted: Wanted): boolean {
  if (!fitsProtocol(rule.protocol, wanted)) return false;
  return (rule.family === 'both' || rule.family === wanted.family) && fitsPort(rule.port, wanted);
}

function fitsProtocol(protocol: string | undefined, wanted: Wanted): boolean {
  if (protocol === undefined || protocol === 'any') return true;
  return protocol === wanted.protocol || (wanted.protocol === 'tcp' && protocol === 'tcp/udp');
}

/** A port, a range with `-` or `:`, or an alias, which may hold it. */
function fitsPort(ports: string | undefined, { port }: Wanted): boolean {
  const range = /^(\d+)(?:[-:](\d+))?$/.exec(ports ?? '');
  if (!range || port === undefined) return true;
  return Number(range[1]) <= port && port <= Number(range[2] ?? range[1]);
}

/** A pass rule that a fix writes. */
export interface PassRule extends Wanted {
  /** What is reached: every address, or the node's own. */
  readonly destination: 'any' | '(self)';
  readonly descr: string;
}

/**
 * Puts a pass rule from the interface's network behind all others, in the form of pfSense's page (facts.md §2.6). Absent
 * where the file has no `filter`.
 */
export function insertPassRule(config: Config, rule: PassRule): TextEdit | undefined {
  const filter = config.top('filter');
  return filter && insertChild(filter, { source: passRuleSource(config, filter, rule), after: ['rule'] });
}

function passRuleSource(config: Config, filter: Element, rule: PassRule): string {
  const plain = (name: string, text: string) => `\t${elementSource(config, name, text)}`;
  const nested = (name: string, ...inner: readonly string[]) => [
    `\t<${name}>`,
    ...inner.map(line => `\t${line}`),
    `\t</${name}>`,
  ];
  const destination = rule.destination === 'any' ? plain('any', '') : plain('network', rule.destination);
  const port = rule.port === undefined ? [] : [plain('port', String(rule.port))];
  return [
    '<rule>',
    plain('id', ''),
    plain('tracker', nextTracker(config, filter)),
    plain('type', 'pass'),
    plain('interface', rule.interface),
    plain('ipprotocol', rule.family === 6 ? 'inet6' : 'inet'),
    ...['tag', 'tagged', 'max', 'max-src-nodes', 'max-src-conn', 'max-src-states', 'statetimeout'].map(name =>
      plain(name, ''),
    ),
    plain('statetype', 'keep state'),
    plain('os', ''),
    plain('protocol', rule.protocol),
    ...nested('source', plain('network', rule.interface)),
    ...nested('destination', destination, ...port),
    plain('descr', rule.descr),
    '</rule>',
  ].join('\n');
}

/** One behind the highest: pfSense takes the time for it, and wants each tracker once. */
function nextTracker(config: Config, filter: Element): string {
  const trackers = filter
    .childrenNamed('rule')
    .map(rule => config.text(rule.child('tracker')))
    .filter(text => /^\d{1,12}$/.test(text))
    .map(Number);
  return String(Math.max(firstTracker, ...trackers) + 1);
}

/** Below what pfSense gives rules by time, above those that it keeps for its own (filter.inc: ANTILOCKOUT_TRACKER_START and others). */
const firstTracker = 1_000_000_000;
