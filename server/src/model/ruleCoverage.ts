import { type AddressSet, isEmpty, setsAbove, setsAboveAfter } from './addressSets.ts';
import type { Config } from './config.ts';
import type { FilterRow } from './filterRows.ts';
import { orNew } from './grouping.ts';
import { addressesOf, changedAliases, portsOf, type RuleWords, readRuleWords } from './ruleAddresses.ts';
import { Chain, type Prepared } from './ruleChain.ts';

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

/** The rules of an interface, as they were when it was last worked out which of them are covered. */
interface Remembered {
  readonly rules: readonly Prepared[];
  /** For each of them the place of the one that covers it in that list. */
  readonly coverers: readonly (number | undefined)[];
}

/** All rows, as they were the last time. */
interface Grouped {
  readonly rows: readonly (FilterRow | undefined)[];
  readonly prepared: readonly (Prepared | undefined)[];
  readonly chains: ReadonlyMap<string, { readonly numbers: readonly number[]; readonly rules: readonly Prepared[] }>;
  /** Absent where a set of addresses has changed since. */
  readonly coverers: readonly (number | undefined)[] | undefined;
}

export class RuleCoverage {
  private readonly families = { 4: new Sides(4), 6: new Sides(6) } as const;
  private readonly lookups = new Map<string, readonly string[]>();
  private remembered: ReadonlyMap<string, Remembered> = new Map();

  private latest: Grouped | undefined;
  private readonly portTexts = new Set<string>();
  /** The interfaces with a rule that names a set of addresses, now or at some time before. */
  private readonly users = { 4: new Map<number, Set<string>>(), 6: new Map<number, Set<string>>() } as const;

  constructor(private words: RuleWords) {}

  /** Takes the words as they are now. Not where that changes more than some sets of addresses: then a new one has to be made. */
  follow(words: RuleWords): boolean {
    const changed = changedAliases(this.words, words);
    if (!changed || [...changed].some(name => this.portTexts.has(name))) return false;
    this.words = words;
    if (changed.size === 0) return true;
    const interfaces = new Set<string>();
    for (const family of [4, 6] as const) {
      const touched = this.families[family].follow(words, changed);
      if (!touched) return false;
      for (const number of touched) for (const key of this.users[family].get(number) ?? []) interfaces.add(key);
    }
    // Where no rule of an interface names them, which sets they cover makes no difference there.
    this.remembered = new Map([...this.remembered].filter(([key]) => !interfaces.has(key)));
    if (this.latest && interfaces.size > 0) this.latest = { ...this.latest, coverers: undefined };
    return true;
  }

  /**
   * For each row the number of an earlier one of the same interface that takes everything which it could take; absent where there is
   * none. Hash joins over sets of addresses and sorted ports: the work grows with the rules, not with their pairs. Interfaces whose
   * rules mean what they meant the last time cost a comparison.
   */
  coverers(rows: readonly (FilterRow | undefined)[]): readonly (number | undefined)[] {
    this.latest = this.grouped(rows);
    if (this.latest.coverers) return this.latest.coverers;
    const found = new Array<number | undefined>(rows.length).fill(undefined);
    const remembered = new Map<string, Remembered>();
    for (const [key, { numbers, rules }] of this.latest.chains) {
      const before = this.remembered.get(key);
      const now = before && isSame(before.rules, rules) ? before : { rules, coverers: this.workOut(rules) };
      remembered.set(key, now);
      now.coverers.forEach((coverer, i) => {
        if (coverer !== undefined) found[numbers[i]!] = numbers[coverer];
      });
    }
    this.remembered = remembered;
    this.latest = { ...this.latest, coverers: found };
    return found;
  }

  /** The rows by their interface; as the last time where they mean the same. */
  private grouped(rows: readonly (FilterRow | undefined)[]): Grouped {
    const { latest } = this;
    if (rows === latest?.rows) return latest;
    const prepared = this.preparedAll(rows);
    if (latest && isSame(prepared, latest.prepared)) return { ...latest, rows };
    const chains = new Map<string, { readonly numbers: number[]; readonly rules: Prepared[] }>();
    prepared.forEach((rule, i) => {
      if (!rule) return;
      const chain = orNew(chains, rule.row.interface, () => ({ numbers: [], rules: [] }));
      chain.numbers.push(i);
      chain.rules.push(rule);
    });
    return { rows, prepared, chains, coverers: undefined };
  }

  /** An edit changes a row or two: those before and behind are as they were, and often so is what the changed one means. */
  private preparedAll(rows: readonly (FilterRow | undefined)[]): readonly (Prepared | undefined)[] {
    const { rows: before, prepared } = this.latest ?? { rows: [], prepared: [] };
    const shift = before.length - rows.length;
    return rows.map((row, i) => {
      if (!row) return undefined;
      if (row === before[i]) return prepared[i];
      if (row === before[i + shift]) return prepared[i + shift];
      const known = prepared[i];
      return known && meaningOf(known.row) === meaningOf(row) ? known : this.prepare(row);
    });
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

  private prepare(row: FilterRow): Prepared {
    const sides = row.families.flatMap(family => {
      const source = this.families[family].numberOf(this.words, row.source);
      const destination = this.families[family].numberOf(this.words, row.destination);
      return source === undefined || destination === undefined ? [] : [{ family, source, destination }];
    });
    for (const { family, source, destination } of sides) {
      const users = this.users[family];
      for (const number of [source, destination]) orNew(users, number, () => new Set<string>()).add(row.interface);
    }
    this.portTexts.add(row.destinationPort);
    return {
      row,
      sides,
      key: `${row.protocol} ${row.sourcePort}`,
      lookups: orNew(this.lookups, `${row.protocol} ${row.sourcePort}`, () => lookupsOf(row)),
      ports: portsOf(this.words, row.destinationPort),
      portText: row.destinationPort,
      canCover: row.canCover,
      canBeCovered: row.canBeCovered,
    };
  }
}

function meaningOf(row: FilterRow): string {
  return Object.values(row).join('\n');
}

/** The keys of all that may cover a rule of this protocol and source port. */
function lookupsOf({ protocol, sourcePort }: FilterRow): readonly string[] {
  const protocols = new Set(['', protocol, protocol.replace(/\/.*$/, '')]);
  if (/^(?:tcp|udp)$/.test(protocol)) protocols.add('tcp/udp');
  if (protocol === 'tcp/udp') protocols.delete('tcp');
  const ports = new Set(['', sourcePort]);
  return [...protocols].flatMap(each => [...ports].map(port => `${each} ${port}`));
}

function isSame(one: readonly (Prepared | undefined)[], other: readonly (Prepared | undefined)[]): boolean {
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

  /**
   * Works out anew what these aliases mean.
   *
   * @returns the numbers of their sets; absent where a set has come to hold its first address, or lost its last
   */
  follow(words: RuleWords, changed: ReadonlySet<string>): ReadonlySet<number> | undefined {
    const touched = new Set<number>();
    for (const name of changed) {
      const text = `addr:${name}`;
      if (!this.numbers.has(text)) continue;
      const set = addressesOf(words, text, this.family);
      const number = this.numbers.get(text);
      if (isEmpty(set) !== (number === undefined)) return undefined;
      if (number === undefined) continue;
      touched.add(number);
      this.sets[number] = set;
      if (number < this.known.length) this.known = setsAboveAfter(this.sets, this.known, number);
    }
    return touched;
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
