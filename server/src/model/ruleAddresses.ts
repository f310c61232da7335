import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress, parseIpv4, parseSubnet } from './address.ts';
import { type AddressSet, merged, type Range } from './addressSets.ts';
import { type AddressRange, parseRange } from './aliases.ts';
import type { Config } from './config.ts';
import { type Interface, readInterfaces } from './interfaces.ts';

/** What an alias holds in its own text: addresses and ports, and names that stand for something else. */
interface AliasRow {
  readonly name: string;
  readonly type: string;
  /** Merged and sorted; those of IPv4 as numbers. */
  readonly ranges: { readonly 4: readonly Range[]; readonly 6: readonly Range[] };
  readonly ports: readonly Range[];
  readonly names: readonly string[];
}

/** What the words of filter rules stand for on a node: aliases and interfaces. */
export interface RuleWords {
  /** In the order of the file. */
  readonly rows: readonly AliasRow[];
  /** Where in `rows` the alias of a name is; of two with one name the first. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The aliases that contain names. */
  readonly nested: readonly AliasRow[];
  readonly interfaces: ReadonlyMap<string, Interface>;
}

export function readRuleWords(config: Config): RuleWords {
  const elements = config.top('aliases')?.childrenNamed('alias') ?? [];
  const rows = config.ofElements(readAliasRow, elements);
  const numbers = config.query(readAliasNumbers).of(rows);
  const nested = rows.filter(({ names }) => names.length > 0);
  return { rows, numbers, nested, interfaces: config.query(readInterfaces) };
}

/** Reads nothing, and so stays as long as the config. */
function readAliasNumbers(): AliasNumbers {
  return new AliasNumbers();
}

/** Where the alias of each name is; the same as before as long as all names are, whatever else is edited in the aliases. */
class AliasNumbers {
  private rows: readonly AliasRow[] = [];
  private numbers: ReadonlyMap<string, number> = new Map();

  of(rows: readonly AliasRow[]): ReadonlyMap<string, number> {
    const before = this.rows;
    this.rows = rows;
    if (rows.length === before.length && rows.every((row, i) => row === before[i] || row.name === before[i]!.name)) {
      return this.numbers;
    }
    const numbers = new Map<string, number>();
    rows.forEach(({ name }, i) => {
      if (!numbers.has(name)) numbers.set(name, i);
    });
    this.numbers = numbers;
    return numbers;
  }
}

function aliasNamed({ rows, numbers }: RuleWords, name: string): AliasRow | undefined {
  return rows[numbers.get(name) ?? -1];
}

/**
 * The names of the aliases that mean something else than before, those which contain them included; absent where the interfaces
 * have changed.
 */
export function changedAliases(before: RuleWords, now: RuleWords): ReadonlySet<string> | undefined {
  if (before.interfaces !== now.interfaces) return undefined;
  const changed = new Set<string>();
  for (const { name } of differingRows(before.rows, now.rows)) {
    const [one, other] = [aliasNamed(before, name), aliasNamed(now, name)];
    if (!one || !other || !isSameAlias(one, other)) changed.add(name);
  }
  // Whoever contains one may itself be contained: a step for each level.
  for (let count = -1; count !== changed.size && changed.size > 0; ) {
    count = changed.size;
    for (const { nested } of [before, now]) {
      for (const { name, names } of nested) if (names.some(each => changed.has(each))) changed.add(name);
    }
  }
  return changed;
}

/** Of two lists what lies between their common beginning and their common end, which is mostly all. */
function differingRows(one: readonly AliasRow[], other: readonly AliasRow[]): readonly AliasRow[] {
  const shorter = Math.min(one.length, other.length);
  let first = 0;
  while (first < shorter && one[first] === other[first]) first++;
  let behind = 0;
  while (behind < shorter - first && one[one.length - 1 - behind] === other[other.length - 1 - behind]) behind++;
  return [...one.slice(first, one.length - behind), ...other.slice(first, other.length - behind)];
}

function isSameAlias(one: AliasRow, other: AliasRow): boolean {
  if (one === other) return true;
  const meaning = ({ type, ranges, ports, names }: AliasRow) =>
    [type, ...[...ranges[4], ...ranges[6], ...ports].map(({ first, last }) => `${first}-${last}`), ...names].join(' ');
  return meaning(one) === meaning(other);
}

function readAliasRow(element: Element, config: Config): AliasRow {
  const type = config.text(element.child('type'));
  const isPort = type === 'port';
  const [ipv4, ipv6, ports]: [Range[], Range[], Range[]] = [[], [], []];
  const names: string[] = [];
  for (const entry of config.text(element.child('address')).split(/\s+/)) {
    if (entry === '') continue;
    const host = isPort ? undefined : parseIpv4(entry);
    const range = isPort || host !== undefined ? undefined : parseRange(entry);
    const port = isPort ? parsePorts(entry) : undefined;
    if (host !== undefined) ipv4.push({ first: host, last: host });
    else if (range?.family === 4) ipv4.push({ first: Number(range.first), last: Number(range.last) });
    else if (range) ipv6.push({ first: range.first, last: range.last });
    else if (port) ports.push(port);
    else names.push(entry);
  }
  return { name: config.text(element.child('name')), type, ranges: { 4: merged(ipv4), 6: merged(ipv6) }, ports, names };
}

/** Reads `80`, `80-90` or `80:90`. */
function parsePorts(text: string): Range | undefined {
  const [, first, last] = /^(\d{1,5})(?:[-:](\d{1,5}))?$/.exec(text) ?? [];
  return first === undefined ? undefined : { first: Number(first), last: Number(last ?? first) };
}

/** The ports that a text stands for; absent where that is not known, none for any port. */
export function portsOf(words: RuleWords, text: string): readonly Range[] | undefined {
  if (text === '') return [];
  const literal = parsePorts(text);
  if (literal) return [literal];
  const ports: Range[] = [];
  const isComplete = visit(words, text, row => {
    ports.push(...row.ports);
    return row.type === 'port';
  });
  return isComplete && ports.length > 0 ? merged(ports) : undefined;
}

/** Goes through an alias and those in it, once each; tells whether all of them are known and accepted. */
function visit(words: RuleWords, name: string, accept: (row: AliasRow) => boolean): boolean {
  const seen = new Set([name]);
  let isComplete = true;
  for (const each of seen) {
    const row = aliasNamed(words, each);
    if (!row || !accept(row)) isComplete = false;
    else for (const inner of row.names) seen.add(inner);
  }
  return isComplete;
}

/** The addresses of one family that a side of a rule stands for, in the words of a `FilterRow`. */
export function addressesOf(words: RuleWords, text: string, family: 4 | 6): AddressSet {
  if (text === 'any') return { ...empty, isAny: true };
  if (text.startsWith('!')) return wordAlone(text);
  const name = text.slice(text.indexOf(':') + 1);
  return text.startsWith('net:') ? networkOf(words, name, family) : literalOf(words, name, family);
}

const empty: AddressSet = { isAny: false, ranges: [], words: [], givenRanges: [], givenWords: new Set() };

function wordAlone(text: string): AddressSet {
  return { ...empty, words: [text], givenWords: new Set([text]) };
}

function literalOf(words: RuleWords, text: string, family: 4 | 6): AddressSet {
  // An address that begins so is the end of one in a delegated network (filter.inc:filter_generate_address).
  if (text.startsWith('::') && text !== '::/0') return wordAlone(`addr:${text}`);
  const subnet = parseSubnet(text);
  if (subnet?.prefixLength === 0) return { ...empty, isAny: subnet.family === family };
  const address = parseAddress(text);
  const range = subnet ?? (address && { family: address.family, first: address.bits, last: address.bits });
  if (range) return ofRanges(pointsOf([range], family));
  return aliasOf(words, text, family);
}

function aliasOf(words: RuleWords, name: string, family: 4 | 6): AddressSet {
  const row = aliasNamed(words, name);
  // Most contain no other alias.
  if (row && row.names.length === 0 && holdsAddresses(row)) return aliasWith(name, row.ranges[family], 'all');
  const ranges: Range[] = [];
  const isComplete = visit(words, name, each => {
    if (!holdsAddresses(each)) return false;
    ranges.push(...each.ranges[family]);
    return true;
  });
  return aliasWith(name, merged(ranges), isComplete ? 'all' : 'some');
}

/** What a file holds of a list from a URL is not what the firewall has loaded. */
function holdsAddresses({ type }: AliasRow): boolean {
  return type === 'host' || type === 'network';
}

/** @param known whether these are all addresses that the alias stands for */
function aliasWith(name: string, ranges: readonly Range[], known: 'all' | 'some'): AddressSet {
  const word = `addr:${name}`;
  const isAll = known === 'all';
  return {
    isAny: false,
    ranges: isAll ? ranges : [],
    words: isAll ? [] : [word],
    givenRanges: ranges,
    givenWords: new Set([word]),
  };
}

function networkOf({ interfaces }: RuleWords, name: string, family: 4 | 6): AddressSet {
  const word = `net:${name}`;
  const keys = [...interfaces.keys()];
  if (name === '(self)') {
    const own = [...interfaces.values()].flatMap(each => hostOf(ownAddress(each, family)));
    return {
      ...wordAlone(word),
      givenRanges: merged(own),
      givenWords: new Set([word, ...keys.map(key => `net:${key}ip`)]),
    };
  }
  const network = interfaces.get(name);
  if (network) {
    const subnet = family === 4 ? network.ipv4?.subnet : network.ipv6?.subnet;
    const givenRanges = subnet ? pointsOf([subnet], family) : [];
    return { ...wordAlone(word), givenRanges, givenWords: new Set([word, `${word}ip`]) };
  }
  const host = interfaces.get(/^(\w+)ip$/.exec(name)?.[1] ?? '');
  const ranges = hostOf(host && ownAddress(host, family));
  return ranges.length > 0 ? { ...ofRanges(ranges), givenWords: new Set([word]) } : wordAlone(word);
}

function ownAddress({ ipv4, ipv6 }: Interface, family: 4 | 6): Address | undefined {
  return (family === 4 ? ipv4 : ipv6)?.address.value;
}

function hostOf(address: Address | undefined): readonly Range[] {
  return address ? pointsOf([{ family: address.family, first: address.bits, last: address.bits }], address.family) : [];
}

function ofRanges(ranges: readonly Range[]): AddressSet {
  return { ...empty, ranges, givenRanges: ranges };
}

function pointsOf(ranges: readonly AddressRange[], family: 4 | 6): readonly Range[] {
  const own = ranges.filter(range => range.family === family);
  return family === 4 ? own.map(({ first, last }) => ({ first: Number(first), last: Number(last) })) : own;
}

/** The addresses of one family that a side of a rule names, in the words of a `FilterRow`; absent where not all is known. */
export function rangesOfSide(config: Config, text: string, family: 4 | 6): readonly AddressRange[] | undefined {
  const { isAny, words, ranges } = addressesOf(config.query(readRuleWords), text, family);
  if (isAny || words.length > 0) return undefined;
  return ranges.map(({ first, last }) => ({ family, first: BigInt(first), last: BigInt(last) }));
}
