import { holds, type Range } from './addressSets.ts';
import type { FilterRow } from './filterRows.ts';
import { orNew } from './grouping.ts';

/** A row in numbers: which sets of addresses, and where it is looked up. */
export interface Prepared {
  readonly row: FilterRow;
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

/** Which sets of addresses cover one, by their numbers. */
interface Covering {
  above(number: number): readonly number[];
}

/** By the number of the source's set, then the destination's. */
type TakenSides = Map<number, Map<number, Taken[]>>;

/** The rules of one interface so far: those with the same two sets of addresses together. */
export class Chain {
  private readonly taken: { readonly 4: TakenSides; readonly 6: TakenSides } = { 4: new Map(), 6: new Map() };

  constructor(private readonly sets: { readonly 4: Covering; readonly 6: Covering }) {}

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
      const inSource = orNew(this.taken[family], source, (): Map<number, Taken[]> => new Map());
      const list = orNew(inSource, destination, (): Taken[] => []);
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
    if (taken.size === 0) return undefined;
    const destinations = this.sets[family].above(destination);
    for (const above of this.sets[family].above(source)) {
      const inSource = taken.get(above);
      if (!inSource) continue;
      for (const each of destinations) {
        const list = inSource.get(each);
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
