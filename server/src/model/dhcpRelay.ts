import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readText } from './read.ts';

/** `dhcrelay` or `dhcrelay6`: hands what clients ask on to a DHCP server elsewhere (facts.md §2.7). */
export interface DhcpRelay {
  readonly element: Element;
  readonly family: 4 | 6;
  readonly isEnabled: boolean;
  /** The keys of the interfaces on which clients are. */
  readonly interfaces: readonly string[];
  /** The `_vip…` that has to be master for the relay to run; absent for `none`, which is the form's word, and where there is nothing. */
  readonly statusVip: Read<string> | undefined;
}

/** The relays that the file has, that for IPv4 first. */
export function readDhcpRelays(config: Config): readonly DhcpRelay[] {
  return ([4, 6] as const).flatMap(family => {
    const element = config.top(family === 4 ? 'dhcrelay' : 'dhcrelay6');
    if (!element) return [];
    const statusVip = readText(config, element, 'carpstatusvip');
    return [
      {
        element,
        family,
        isEnabled: hasFlag(element, 'enable'),
        interfaces: config.text(element.child('interface')).split(',').filter(Boolean),
        statusVip: statusVip?.value === 'none' ? undefined : statusVip,
      },
    ];
  });
}
