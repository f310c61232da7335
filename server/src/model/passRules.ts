import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { type FilterRule, readFilterRules } from './filterRules.ts';
import { readInterfaces } from './interfaces.ts';
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
 * at all, or pf is off (`system/disablefilter`). Of thousands of rules those behind the last one taken are not read.
 */
export function rulesThatMayPass(config: Config, wanted: Wanted): Iterable<FilterRule> | undefined {
  if (!config.top('filter') || config.find('system/disablefilter')) return undefined;
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
  // Whatever is none of the node's interfaces is `any`, a group or a VPN's interface.
  const isFor = ({ interfaces, isFloating }: FilterRule) =>
    interfaces.length === 0 ? isFloating : interfaces.some(key => key === wanted.interface || !known.has(key));
  for (const rule of config.query(readFilterRules)) if (isFor(rule) && mayPass(rule, wanted)) yield rule;
}

/** What most rules fail at comes first. */
function mayPass(rule: FilterRule, wanted: Wanted): boolean {
  if (rule.action !== 'pass' || !fitsProtocol(rule.protocol?.value.toLowerCase(), wanted)) return false;
  if (rule.family !== 'both' && rule.family !== wanted.family) return false;
  if (!fitsPort(rule.destination.port?.value, wanted)) return false;
  return rule.direction !== 'out' && !rule.isDisabled;
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
