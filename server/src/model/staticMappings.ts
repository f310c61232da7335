import { Column, Element } from '../syntax/tree.ts';
import { type Address, parseAddress } from './address.ts';
import type { Config, ElementQuery } from './config.ts';
import type { DhcpOptions } from './dhcp.ts';
import type { Read } from './read.ts';

/** A client whose MAC address or client identifier is known: `dhcpd/KEY/staticmap` (facts.md §2.5). */
export interface StaticMapping extends DhcpOptions {
  readonly mac: Read<string> | undefined;
  readonly clientIdentifier: Read<string> | undefined;
  /** Absent where the client gets any address of the pool. */
  readonly address: Read<Address> | undefined;
  /** By what a client is known, in a form to be compared: in MAC addresses neither case nor `-` for `:` matters. */
  readonly clients: readonly MappedClient[];
}

export interface MappedClient {
  readonly child: 'mac' | 'cid';
  readonly key: string;
}

/** The static mappings of one interface (`dhcpd/KEY`). A node may have thousands, so that of each only what has changed is read. */
export function readStaticMappings(config: Config, scope: Element): StaticMappings {
  const elements = scope.childrenNamed('staticmap').filter(({ hasChildren }) => hasChildren);
  const contents = config.ofElements(readContent, elements);
  return new StaticMappings(elements.map((element, i) => new Mapping(element, contents[i]!)));
}

/**
 * Static mappings in the order of the file, and what finds the few of them that matter: whoever knows some addresses looks these up,
 * and need not go through all mappings whenever a virtual IP changes.
 */
export class StaticMappings {
  private sorted: readonly Placed[] | undefined;
  private clients: readonly number[] | undefined;
  private options: readonly StaticMapping[] | undefined;

  constructor(private readonly mappings: readonly Mapping[]) {}

  get all(): readonly StaticMapping[] {
    return this.mappings;
  }

  /** The numbers of those that give an IPv4 address from the first to the last, both included, in no order. */
  between(first: bigint, last: bigint): readonly number[] {
    this.sorted ??= sortedByAddress(this.mappings);
    const from = firstAtOrBehind(this.sorted, Number(first));
    return this.sorted.slice(from, firstAtOrBehind(this.sorted, Number(last) + 1)).map(({ number }) => number);
  }

  /** The numbers of those that are for nobody, or share a MAC address or a client identifier with another one, ascending. */
  get withoutOwnClient(): readonly number[] {
    this.clients ??= withoutOwnClient(this.mappings);
    return this.clients;
  }

  /** Those that name a gateway or a DNS server for themselves. */
  get withOwnOptions(): readonly StaticMapping[] {
    this.options ??= this.mappings.filter(({ content }) => content.hasOwnOptions);
    return this.options;
  }
}

interface Placed {
  readonly bits: number;
  readonly number: number;
}

function sortedByAddress(mappings: readonly Mapping[]): readonly Placed[] {
  const placed = mappings.flatMap(({ content }, number) =>
    content.address ? [{ bits: Number(content.address.bits), number }] : [],
  );
  return placed.sort((one, other) => one.bits - other.bits);
}

/** The index of the first whose address is not below that one. */
function firstAtOrBehind(sorted: readonly Placed[], bits: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]!.bits < bits) from = middle + 1;
    else to = middle;
  }
  return from;
}

function withoutOwnClient(mappings: readonly Mapping[]): readonly number[] {
  const first = new Map<string, number>();
  const found = new Set<number>();
  mappings.forEach(({ clients }, number) => {
    if (clients.length === 0) found.add(number);
    for (const { key } of clients) {
      const other = first.get(key);
      if (other === undefined) first.set(key, number);
      else if (other !== number) found.add(other).add(number);
    }
  });
  return [...found].sort((one, other) => one - other);
}

/** The text of a child, and its row counted from the mapping's. */
interface ChildText {
  readonly name: string;
  readonly row: number;
  readonly text: string;
}

/** What is read of a mapping as long as its own text is the same. */
interface MappingContent {
  /** What is not empty of those children that anybody asks for. */
  readonly texts: readonly ChildText[];
  /** IPv4. */
  readonly address: Address | undefined;
  readonly clients: readonly MappedClient[];
  readonly hasOwnOptions: boolean;
}

const names: ReadonlySet<string> = new Set(['mac', 'cid', 'ipaddr', 'gateway', 'dnsserver']);

const readContent: ElementQuery<MappingContent> = (element, config) => {
  const texts = readTexts(element, config);
  const text = (name: string) => texts.find(each => each.name === name)?.text;
  const [mac, cid] = [text('mac'), text('cid')];
  const address = parseAddress(text('ipaddr') ?? '');
  return {
    texts,
    address: address?.family === 4 ? address : undefined,
    clients: [
      ...(mac ? [{ child: 'mac', key: `mac ${mac.trim().toLowerCase().replaceAll('-', ':')}` } as const] : []),
      ...(cid ? [{ child: 'cid', key: `cid ${cid}` } as const] : []),
    ],
    hasOwnOptions: texts.some(({ name }) => name === 'gateway' || name === 'dnsserver'),
  };
};

function readTexts({ branch, row: first }: Element, config: Config): readonly ChildText[] {
  const found: ChildText[] = [];
  const end = branch.at(Column.next, first);
  for (let row = first + 1; row < end; row = branch.at(Column.next, row)) {
    const name = branch.nameAt(row);
    if (!names.has(name) || branch.at(Column.contentStart, row) === branch.at(Column.contentEnd, row)) continue;
    const text = config.text(new Element(branch, row));
    if (text) found.push({ name, row: row - first, text });
  }
  return found;
}

class Mapping implements StaticMapping {
  constructor(
    readonly element: Element,
    readonly content: MappingContent,
  ) {}

  get mac(): Read<string> | undefined {
    return this.read('mac');
  }

  get clientIdentifier(): Read<string> | undefined {
    return this.read('cid');
  }

  get address(): Read<Address> | undefined {
    const read = this.read('ipaddr');
    const value = this.content.address;
    return read && value ? { value, element: read.element } : undefined;
  }

  get clients(): readonly MappedClient[] {
    return this.content.clients;
  }

  get gateway(): Read<string> | undefined {
    return this.read('gateway');
  }

  get dnsServers(): readonly Read<string>[] {
    return this.content.texts.filter(({ name }) => name === 'dnsserver').map(each => this.readOf(each));
  }

  private read(name: string): Read<string> | undefined {
    const found = this.content.texts.find(each => each.name === name);
    return found && this.readOf(found);
  }

  private readOf({ row, text }: ChildText): Read<string> {
    return { value: text, element: new Element(this.element.branch, this.element.row + row) };
  }
}
