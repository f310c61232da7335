import { type AddressSet, holds, isEmpty, type Range, setsAbove, setsAboveAfter } from './addressSets.ts';
import type { Config } from './config.ts';
import type { FilterRow } from './filterRows.ts';
import { addressesOf, changedAliases, portsOf, type RuleWords, readRuleWords } from './ruleAddresses.ts';

/** What finds the rules that others cover; it remembers what rules and their words come to. */
export function readRuleCoverage(config: Config): RuleCoverage {
  return config.query(readCoverages).of(config.query(readRuleWords));
}

/** Reads nothing, and so stays as long as the config. */
function readCoverages(): Coverages {
  return new Coverages();
}

class Coverages {
  private latest: RuleCoverage | undefined;

  /** The one before, where all that has changed since are a few aliases; else a new one. */
  of(words: RuleWords): RuleCoverage {
    if (!this.latest?.follow(words)) this.latest = new RuleCoverage(words);
    return this.latest;
  }
}

/** A row in numbers: which sets of addresses, and where it is looked up. Rows that mean the same have the same. */
interface Prepared {
  readonly sides: readonly { readonly family: 4 | 6; readonly source: number; readonly destination: number }[];
  /** Protocol and source port, where it stands as one that covers. */
  readonly key: string;
  /** The keys of what may cover it. */
  readonly lookups: readonly string[];
  /** Absent where an alias of ports is not known, none for any port. */
  readonly ports: readonly Range[] | undefined;
  readonly portText: string;
  readonly canCover: boolean;
  readonly canBeCovered: boolean;
}

/** The rules of an interface, as they were when it was last worked out which of them are covered. */
interface Remembered {
  readonly rules: readonly Prepared[];
  /** For each of them the place of the one that covers it in that list. */
  readonly coverers: readonly (number | undefined)[];
}

export class RuleCoverage {
  private readonly families = { 4: new Sides(4), 6: new Sides(6) } as const;
  private readonly byRow = new WeakMap<FilterRow, Prepared>();
  private readonly byMeaning = new Map<string, Prepared>();
  private remembered: ReadonlyMap<string, Remembered> = new Map();

  private readonly portTexts = new Set<string>();

  constructor(private words: RuleWords) {}

  /** Takes the words as they are now. Not where that changes more than some sets of addresses: then a new one has to be made. */
  follow(words: RuleWords): boolean {
    const changed = changedAliases(this.words, words);
    if (!changed || [...changed].some(name => this.portTexts.has(name))) return false;
    this.words = words;
    if (changed.size === 0) return true;
    this.remembered = new Map();
    return Object.values(this.families).every(sides => sides.follow(words, changed));
  }

  /**
   * For each row the number of an earlier one of the same interface that takes everything which it could take; absent where there is
   * none. Hash joins over sets of addresses and sorted ports: the work grows with the rules, not with their pairs. Interfaces whose
   * rules mean what they meant the last time cost a comparison.
   */
  coverers(rows: readonly (FilterRow | undefined)[]): readonly (number | undefined)[] {
    const chains = new Map<string, { readonly numbers: number[]; readonly rules: Prepared[] }>();
    for (const [i, row] of rows.entries()) {
      if (!row) continue;
      const chain = orNew(chains, row.interface, () => ({ numbers: [], rules: [] }));
      chain.numbers.push(i);
      chain.rules.push(this.preparedOf(row));
    }
    const found: (number | undefined)[] = rows.map(() => undefined);
    const remembered = new Map<string, Remembered>();
    for (const [key, { numbers, rules }] of chains) {
      const before = this.remembered.get(key);
      const now = before && isSame(before.rules, rules) ? before : { rules, coverers: this.workOut(rules) };
      remembered.set(key, now);
      now.coverers.forEach((coverer, i) => {
        if (coverer !== undefined) found[numbers[i]!] = numbers[coverer];
      });
    }
    this.remembered = remembered;
    return found;
  }

  private workOut(rules: readonly Prepared[]): readonly (number | undefined)[] {
    const chain = new Chain(this.families);
    return rules.map((rule, i) => {
      if (rule.sides.length === 0) return undefined;
      const found = chain.find(rule);
      if (found === undefined && rule.canCover) chain.add(rule, i);
      return rule.canBeCovered ? found : undefined;
    });
  }

  private preparedOf(row: FilterRow): Prepared {
    const known = this.byRow.get(row);
    if (known) return known;
    const prepared = orNew(this.byMeaning, Object.values(row).join('\n'), () => this.prepare(row));
    this.byRow.set(row, prepared);
    return prepared;
  }

  private prepare(row: FilterRow): Prepared {
    const sides = row.families.flatMap(family => {
      const source = this.families[family].numberOf(this.words, row.source);
      const destination = this.families[family].numberOf(this.words, row.destination);
      return source === undefined || destination === undefined ? [] : [{ family, source, destination }];
    });
    const protocols = new Set(['', row.protocol, row.protocol.replace(/\/.*$/, '')]);
    if (/^(?:tcp|udp)$/.test(row.protocol)) protocols.add('tcp/udp');
    if (row.protocol === 'tcp/udp') protocols.delete('tcp');
    const ports = new Set(['', row.sourcePort]);
    this.portTexts.add(row.destinationPort);
    return {
      sides,
      key: `${row.protocol} ${row.sourcePort}`,
      lookups: [...protocols].flatMap(protocol => [...ports].map(port => `${protocol} ${port}`)),
      ports: portsOf(this.words, row.destinationPort),
      portText: row.destinationPort,
      canCover: row.canCover,
      canBeCovered: row.canBeCovered,
    };
  }
}

function isSame(one: readonly Prepared[], other: readonly Prepared[]): boolean {
  return one.length === other.length && one.every((rule, i) => rule === other[i]);
}

/** The sets of addresses of one family that rules name, each once, and which cover which. */
class Sides {
  private readonly numbers = new Map<string, number | undefined>();
  private readonly sets: AddressSet[] = [];
  private known: readonly (readonly number[])[] = [];

  constructor(private readonly family: 4 | 6) {}

  /** Absent for a set without any address of the family, such as an IPv6 address in a rule for IPv4. */
  numberOf(words: RuleWords, text: string): number | undefined {
    if (this.numbers.has(text)) return this.numbers.get(text);
    const set = addressesOf(words, text, this.family);
    const number = isEmpty(set) ? undefined : this.sets.push(set) - 1;
    this.numbers.set(text, number);
    return number;
  }

  /** Works out anew what these aliases mean; false where a set has come to hold its first address, or lost its last. */
  follow(words: RuleWords, changed: ReadonlySet<string>): boolean {
    for (const name of changed) {
      const text = `addr:${name}`;
      if (!this.numbers.has(text)) continue;
      const set = addressesOf(words, text, this.family);
      const number = this.numbers.get(text);
      if (isEmpty(set) !== (number === undefined)) return false;
      if (number === undefined) continue;
      this.sets[number] = set;
      if (number < this.known.length) this.known = setsAboveAfter(this.sets, this.known, number);
    }
    return true;
  }

  /** The sets that cover one, itself included. */
  above(number: number): readonly number[] {
    const added = this.sets.length - this.known.length;
    // Whoever types an address adds one set at a time.
    if (added > 0 && added <= few && this.known.length > 0) {
      while (this.known.length < this.sets.length) {
        this.known = setsAboveAfter(this.sets, [...this.known, []], this.known.length);
      }
    } else if (added > 0) this.known = setsAbove(this.sets);
    return this.known[number] ?? [];
  }
}

/** As many new sets are compared with all others one by one. */
const few = 4;

/** The rules of one interface so far: those with the same two sets of addresses together. */
class Chain {
  private readonly taken = { 4: new Map<number, Taken[]>(), 6: new Map<number, Taken[]>() };

  constructor(private readonly sets: { readonly 4: Sides; readonly 6: Sides }) {}

  /** The one rule that covers another in all its families. */
  find(wanted: Prepared): number | undefined {
    let found: number | undefined;
    for (const side of wanted.sides) {
      const here = this.findIn(wanted, side);
      if (here === undefined || (found !== undefined && here !== found)) return undefined;
      found = here;
    }
    return found;
  }

  add({ sides, key, ports, portText }: Prepared, row: number): void {
    for (const { family, source, destination } of sides) {
      const list = orNew(this.taken[family], joined(source, destination), (): Taken[] => []);
      let taken = list.find(each => each.key === key);
      if (!taken) {
        taken = new Taken(key);
        list.push(taken);
      }
      taken.add(row, ports, portText);
    }
  }

  private findIn(wanted: Prepared, { family, source, destination }: Prepared['sides'][number]): number | undefined {
    const taken = this.taken[family];
    const destinations = this.sets[family].above(destination);
    for (const above of this.sets[family].above(source)) {
      for (const each of destinations) {
        const list = taken.get(joined(above, each));
        if (!list) continue;
        for (const one of list) {
          const found = wanted.lookups.includes(one.key) ? one.find(wanted) : undefined;
          if (found !== undefined) return found;
        }
      }
    }
    return undefined;
  }
}

/** Two numbers of sets as one: there are far fewer sets than this. */
function joined(source: number, destination: number): number {
  return source * 0x4000000 + destination;
}

/** A range of ports, and the row that takes it with all its ports. */
interface TakenRange extends Range {
  readonly row: number;
  readonly all: readonly Range[];
}

/** The destination ports that are taken where everything else is the same. */
class Taken {
  private any: number | undefined;
  /** The aliases of which not all is known. */
  private byName: Map<string, number> | undefined;
  /** Ranges of which none holds another, by where they begin; so their ends rise too. */
  private readonly ranges: TakenRange[] = [];

  constructor(readonly key: string) {}

  find({ ports, portText }: Prepared): number | undefined {
    if (this.any !== undefined || !ports) return this.any ?? this.byName?.get(portText);
    const [first] = ports;
    if (!first) return undefined;
    // Of those which begin at or before it the last one reaches furthest.
    const range = this.ranges[this.behind(first) - 1];
    return range && ports.every(each => holds(range.all, each)) ? range.row : undefined;
  }

  add(row: number, ports: readonly Range[] | undefined, portText: string): void {
    if (!ports) {
      this.byName ??= new Map();
      this.byName.set(portText, row);
    } else if (ports.length === 0) this.any ??= row;
    else for (const { first, last } of ports) this.insert({ first, last, row, all: ports });
  }

  /** How many begin at or before a range's first port. */
  private behind({ first }: Range): number {
    let [from, to] = [0, this.ranges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.ranges[middle]!.first <= first) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private insert(range: TakenRange): void {
    const at = this.behind(range);
    const before = this.ranges[at - 1];
    if (before && before.last >= range.last) return;
    let end = at;
    while (end < this.ranges.length && this.ranges[end]!.last <= range.last) end++;
    const start = before?.first === range.first ? at - 1 : at;
    this.ranges.splice(start, end - start, range);
  }
}

function orNew<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
