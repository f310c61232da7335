import type { Element, Place } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { hasFlag } from './read.ts';

/** The DNS Resolver (unbound) or the DNS Forwarder (dnsmasq), where it answers clients on port 53 (facts.md §2.7). */
export interface DnsListener {
  /** `DNS Resolver`, `DNS Forwarder`. */
  readonly title: string;
  /** The element that names where it listens. */
  readonly element: Element;
  /** Interface keys, `_vip…`, `lo0` or addresses; none where it listens everywhere. */
  readonly entries: readonly string[];
}

/**
 * What answers names on port 53 and is restricted to some interfaces. An interface by key means its own addresses and none of its
 * VIPs (unbound.inc:unbound_generate_config, services.inc:services_dnsmasq_configure).
 */
export function readRestrictedDns(config: Config): readonly DnsListener[] {
  return [
    ...listener(config, { section: 'unbound', list: 'active_interface', title: 'DNS Resolver' }),
    ...listener(config, { section: 'dnsmasq', list: 'interface', title: 'DNS Forwarder' }),
  ];
}

function listener(
  config: Config,
  { section, list, title }: { readonly section: string; readonly list: string; readonly title: string },
): DnsListener[] {
  const top = config.top(section);
  const element = top?.child(list);
  if (!top || !element || !hasFlag(top, 'enable') || !/^(?:53)?$/.test(config.text(top.child('port')))) return [];
  const entries = config.text(element).split(',').filter(Boolean);
  return entries.length === 0 || entries.includes('all') ? [] : [{ title, element, entries }];
}

/** One entry of the list, where it is written as it is read; the whole list where it is not. */
export function entryPlace({ element }: DnsListener, entry: string): Place {
  const whole = element.contentPlace;
  let from = whole.from;
  for (const part of element.content.split(',')) {
    if (part === entry) return { ...whole, from, to: from + part.length };
    from += part.length + 1;
  }
  return whole;
}
