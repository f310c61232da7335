import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Interface, interfaceName, readInterfaces } from './interfaces.ts';
import { shortened } from './prose.ts';
import { hasFlag } from './read.ts';
import { type Definition, labelOf } from './references/references.ts';
import { readVirtualIps, type VirtualIp, vhidOf, vipInterfaceName } from './virtualIps.ts';

/** Longer details are no help in a list. */
const longest = 80;

/**
 * What stands behind a name, in a few words for a list beside it: an alias's entries, an interface's description and
 * address, a gateway's address. Empty where nothing is known; never a secret.
 */
export function definitionDetail(config: Config, definition: Definition): string {
  return shortened(detailOf(config, definition), longest);
}

function detailOf(config: Config, definition: Definition): string {
  const { kind, name, element } = definition;
  switch (kind) {
    case 'alias':
      return aliasEntries(config, element).join(', ');
    case 'interface': {
      const found = config.query(readInterfaces).get(name);
      return found ? interfaceDetail(config, found) : '';
    }
    case 'vip': {
      const vip = config.query(readVirtualIps).find(each => each.element.is(element));
      return vip ? vipTitle(config, vip) : '';
    }
    case 'gateway': {
      const address = config.text(element.child('gateway'));
      const on = `on ${interfaceName(config, config.text(element.child('interface')))}`;
      return joined([address, on, hasFlag(element, 'disabled') ? 'disabled' : '']);
    }
    case 'interface-group':
      return config.text(element.child('members'));
    case 'gateway-group':
      return element
        .childrenNamed('item')
        .map(item => config.text(item).split('|', 1)[0] ?? '')
        .join(', ');
    default:
      return labelOf(config, definition) ?? '';
  }
}

/**
 * What the element of an alias lists, as it is written; nothing for one that is loaded from a URL, in which a password may
 * stand, nor where one stands although the type is another, or none yet.
 */
export function aliasEntries(config: Config, alias: Element): readonly string[] {
  const address = config.text(alias.child('address'));
  if (config.text(alias.child('type')).startsWith('url') || address.includes('://')) return [];
  return address.split(/\s+/).filter(Boolean);
}

/** `SYNC, vmx2, 172.16.1.2/24`. */
export function interfaceDetail(config: Config, found: Interface): string {
  const title = found.title.toLowerCase() === found.key ? '' : found.title;
  return joined([
    title,
    found.nic?.value ?? '',
    ...interfaceAddresses(config, found),
    found.isEnabled ? '' : 'disabled',
  ]);
}

/** `192.0.2.2/24`, or how the interface comes by its address; IPv4 first. */
export function interfaceAddresses(config: Config, { element }: Interface): readonly string[] {
  const text = (name: string) => config.text(element.child(name));
  const withBits = (address: string, bits: string) =>
    bits !== '' && /[.:]/.test(address) ? `${address}/${bits}` : address;
  return [withBits(text('ipaddr'), text('subnet')), withBits(text('ipaddrv6'), text('subnetv6'))].filter(
    each => each !== '',
  );
}

/** What the web interface calls the modes (facts.md §2.2). */
const modes = { carp: 'CARP', ipalias: 'IP alias', proxyarp: 'Proxy ARP', other: 'Other' } as const;

/** `CARP 192.0.2.1 VHID 1 on LAN`. */
export function vipTitle(config: Config, vip: VirtualIp): string {
  const vhid = vip.mode === 'carp' ? vhidOf(vip) : undefined;
  const address = config.text(vip.element.child('subnet'));
  const words = [
    modes[vip.mode],
    address,
    vhid === undefined ? '' : `VHID ${vhid}`,
    `on ${vipInterfaceName(config, vip)}`,
  ];
  return words.filter(each => each !== '').join(' ');
}

function joined(parts: readonly string[]): string {
  return parts.filter(each => each !== '').join(', ');
}
