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
}

/** The static mappings of one interface (`dhcpd/KEY`), in the order of the file. A node may have thousands, so that of each only what has changed is read. */
export function readStaticMappings(config: Config, scope: Element): readonly StaticMapping[] {
  const elements = scope.childrenNamed('staticmap').filter(({ hasChildren }) => hasChildren);
  const texts = config.ofElements(readTexts, elements);
  return elements.map((element, i) => new Mapping(element, texts[i]!));
}

/** The text of a child, and its row counted from the mapping's. */
interface ChildText {
  readonly name: string;
  readonly row: number;
  readonly text: string;
}

const names: ReadonlySet<string> = new Set(['mac', 'cid', 'ipaddr', 'gateway', 'dnsserver']);

/** What is not empty of those children that anybody asks for. */
const readTexts: ElementQuery<readonly ChildText[]> = ({ branch, row: first }, config) => {
  const found: ChildText[] = [];
  const end = branch.at(Column.next, first);
  for (let row = first + 1; row < end; row = branch.at(Column.next, row)) {
    const name = branch.nameAt(row);
    if (!names.has(name) || branch.at(Column.contentStart, row) === branch.at(Column.contentEnd, row)) continue;
    const text = config.text(new Element(branch, row));
    if (text) found.push({ name, row: row - first, text });
  }
  return found;
};

class Mapping implements StaticMapping {
  constructor(
    readonly element: Element,
    private readonly texts: readonly ChildText[],
  ) {}

  get mac(): Read<string> | undefined {
    return this.read('mac');
  }

  get clientIdentifier(): Read<string> | undefined {
    return this.read('cid');
  }

  get address(): Read<Address> | undefined {
    const read = this.read('ipaddr');
    const value = read && parseAddress(read.value);
    return value?.family === 4 ? { value, element: read!.element } : undefined;
  }

  get gateway(): Read<string> | undefined {
    return this.read('gateway');
  }

  get dnsServers(): readonly Read<string>[] {
    return this.texts.filter(({ name }) => name === 'dnsserver').map(each => this.readOf(each));
  }

  private read(name: string): Read<string> | undefined {
    const found = this.texts.find(each => each.name === name);
    return found && this.readOf(found);
  }

  private readOf({ row, text }: ChildText): Read<string> {
    return { value: text, element: new Element(this.element.branch, this.element.row + row) };
  }
}
