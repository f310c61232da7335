import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress, parsePrefixLength, type Subnet, subnetOf } from './address.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';

/** How an interface gets its IPv4 address: `interfaces/KEY/ipaddr` (facts.md §2.7). */
export type AddressKind = 'static' | 'dhcp' | 'pppoe' | 'other' | 'none';

/** An address with its prefix length, as `ipaddr` and `subnet` or `ipaddrv6` and `subnetv6` give them. */
export interface InterfaceAddress {
  readonly address: Read<Address>;
  readonly prefixLength: Read<number>;
  readonly subnet: Subnet;
}

export interface Interface {
  /** `wan`, `lan`, `opt1` … */
  readonly key: string;
  readonly element: Element;
  readonly isEnabled: boolean;
  /** The NIC or pseudo-interface behind it: `vmx0`, `igb1.20`, `lagg0`, `ovpns1`. */
  readonly nic: Read<string> | undefined;
  readonly descr: Read<string> | undefined;
  /** What people call it: the description, else the key in capitals, as pfSense's menus do. */
  readonly title: string;
  readonly kind: AddressKind;
  /** Whether the NIC belongs to a tunnel (OpenVPN, WireGuard, IPsec, GIF, GRE), whose address may be the same on both nodes. */
  readonly isTunnel: boolean;
  readonly ipv4: InterfaceAddress | undefined;
  readonly ipv6: InterfaceAddress | undefined;
}

/** What the web interface calls the traffic out of tunnels, which has rules without being an interface that is assigned. */
export const tunnelTitles = { enc0: 'IPsec', openvpn: 'OpenVPN', l2tp: 'L2TP VPN', pppoe: 'PPPoE server' } as const;

/** The interfaces of a node by key, in the order of the file. */
export function readInterfaces(config: Config): ReadonlyMap<string, Interface> {
  const interfaces = new Map<string, Interface>();
  for (const element of config.top('interfaces')?.children() ?? []) {
    if (!interfaces.has(element.name)) interfaces.set(element.name, readInterface(config, element));
  }
  return interfaces;
}

/** What a message calls an interface: `WAN`, or `SERVERS (opt2)` where the description does not tell the key. */
export function interfaceName(config: Config, key: string): string {
  const title = config.query(readInterfaces).get(key)?.title ?? key;
  return title.toLowerCase() === key ? title : `${title} (${key})`;
}

function readInterface(config: Config, element: Element): Interface {
  const nic = readText(config, element, 'if');
  const descr = readText(config, element, 'descr');
  const ipaddr = config.text(element.child('ipaddr'));
  return {
    key: element.name,
    element,
    isEnabled: hasFlag(element, 'enable'),
    nic,
    descr,
    title: descr?.value ?? element.name.toUpperCase(),
    kind: kindOf(ipaddr),
    isTunnel: /^(?:ovpn[sc]|tun_wg|ipsec|gif|gre|lo|l2tp|wg)\d*$/.test(nic?.value ?? ''),
    ipv4: readAddress(config, element, 4),
    ipv6: readAddress(config, element, 6),
  };
}

function kindOf(ipaddr: string): AddressKind {
  if (ipaddr === '') return 'none';
  if (parseAddress(ipaddr)?.family === 4) return 'static';
  return ipaddr === 'dhcp' || ipaddr === 'pppoe' ? ipaddr : 'other';
}

function readAddress(config: Config, element: Element, family: 4 | 6): InterfaceAddress | undefined {
  const [ipaddr, subnet] = family === 4 ? ['ipaddr', 'subnet'] : ['ipaddrv6', 'subnetv6'];
  const address = readAs(config, element.child(ipaddr!), parseAddress);
  if (address?.value.family !== family) return undefined;
  // pfSense's form offers no /0: with it every address would be a neighbour.
  const prefixLength = readAs(config, element.child(subnet!), text => parsePrefixLength(text, family) || undefined);
  if (!prefixLength) return undefined;
  return { address, prefixLength, subnet: subnetOf(address.value, prefixLength.value) };
}
