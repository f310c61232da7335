import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress, parseSubnet } from './address.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** Addresses from the first to the last; a {@link Subnet} is one too. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `aliases/alias` (facts.md §2.7). */
export interface Alias {
  readonly element: Element;
  readonly name: Read<string>;
  /** `host`, `network`, `port`, `url`, `url_ports`, `urltable`, `urltable_ports`, as written. */
  readonly type: Read<string> | undefined;
  /** The entries of `address`, which blanks separate: addresses, networks, ranges, ports, names of hosts or other aliases. */
  readonly entries: readonly string[];
  readonly addressElement: Element | undefined;
  /** Left out of the configuration sync. */
  readonly isNotSynchronised: boolean;
  readonly descr: Read<string> | undefined;
}

/** What a host or network alias stands for, as far as the file tells. */
export interface AliasContent {
  readonly ranges: readonly AddressRange[];
  /** False where something is known only on the firewall itself: the names of hosts, tables loaded from a URL. */
  readonly isComplete: boolean;
}

/** The aliases of a node by name; of two with one name the first. */
export function readAliases(config: Config): ReadonlyMap<string, Alias> {
  const aliases = new Map<string, Alias>();
  for (const element of config.top('aliases')?.childrenNamed('alias') ?? []) {
    const alias = readAlias(config, element);
    if (alias && !aliases.has(alias.name.value)) aliases.set(alias.name.value, alias);
  }
  return aliases;
}

/** What an alias stands for, with the aliases in it; absent where there is none of that name, or it is one of ports. */
export function aliasContent(config: Config, name: string): AliasContent | undefined {
  return collect(config.query(readAliases), name, new Set());
}

function readAlias(config: Config, element: Element): Alias | undefined {
  const name = readText(config, element, 'name');
  if (!name) return undefined;
  const addressElement = element.child('address');
  return {
    element,
    name,
    type: readText(config, element, 'type'),
    entries: config.text(addressElement).split(/\s+/).filter(Boolean),
    addressElement,
    isNotSynchronised: hasFlag(element, 'nosync'),
    descr: readText(config, element, 'descr'),
  };
}

/** `within` holds the aliases that are being looked into: one that contains itself adds nothing. */
function collect(
  aliases: ReadonlyMap<string, Alias>,
  name: string,
  within: ReadonlySet<string>,
): AliasContent | undefined {
  const alias = aliases.get(name);
  const type = alias?.type?.value;
  if (!alias || type === 'port' || type === 'url_ports' || type === 'urltable_ports') return undefined;
  const ranges: AddressRange[] = [];
  let isComplete = type === 'host' || type === 'network';
  for (const entry of alias.entries) {
    const range = parseRange(entry);
    if (range) {
      ranges.push(range);
      continue;
    }
    if (within.has(entry) || entry === name) continue;
    const nested = collect(aliases, entry, new Set([...within, name]));
    ranges.push(...(nested?.ranges ?? []));
    isComplete &&= nested?.isComplete ?? false;
  }
  return { ranges, isComplete };
}

/** Reads an address, a network or `a-b`; absent for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const address = parseAddress(text);
  if (address) return rangeOf(address, address);
  const dash = text.indexOf('-');
  if (dash < 0) return parseSubnet(text);
  const [first, last] = [parseAddress(text.slice(0, dash)), parseAddress(text.slice(dash + 1))];
  return first && last && rangeOf(first, last);
}

function rangeOf(first: Address, last: Address): AddressRange | undefined {
  if (first.family !== last.family || first.bits > last.bits) return undefined;
  return { family: first.family, first: first.bits, last: last.bits };
}
