import type { Element } from '../syntax/tree.ts';
import { type Address, contains, parseAddress, parsePrefixLength, type Subnet, subnetOf } from './address.ts';
import type { Config } from './config.ts';
import { groupBy } from './grouping.ts';
import { type InterfaceAddress, interfaceName, readInterfaces } from './interfaces.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';

export type VipMode = 'carp' | 'ipalias' | 'proxyarp' | 'other';

/** What a VIP's `interface` names: an interface by key, another VIP by `_vip<uniqid>` (an IP alias on a CARP VIP), or lo0. */
export type VipParent =
  | { readonly kind: 'interface'; readonly key: string; readonly element: Element }
  | { readonly kind: 'vip'; readonly uniqid: string; readonly element: Element }
  | { readonly kind: 'loopback'; readonly element: Element };

/** A row of `virtualip/vip` (facts.md §2.2). */
export interface VirtualIp {
  readonly element: Element;
  readonly mode: VipMode;
  /** Absent where `interface` is missing or empty. */
  readonly parent: VipParent | undefined;
  /** The key of the interface on which the VIP stands in the end, through its CARP VIP where it stands on one; absent for lo0. */
  readonly interfaceKey: string | undefined;
  /** As it is written; {@link vhidOf} tells whether it is one. */
  readonly vhid: Read<string> | undefined;
  /** 0–254; absent where it is empty or no such number. */
  readonly advskew: Read<number> | undefined;
  /** Seconds; absent where it is empty or no number. */
  readonly advbase: Read<number> | undefined;
  /** A secret: to be compared, never to be shown. */
  readonly password: Read<string> | undefined;
  readonly uniqid: Read<string> | undefined;
  readonly descr: Read<string> | undefined;
  readonly type: Read<string> | undefined;
  /** `subnet`: the VIP's own address, or one of the network that a proxy ARP or other VIP stands for. */
  readonly address: Read<Address> | undefined;
  /** `subnet_bits`; absent where it is empty or no prefix length of the address's family. */
  readonly prefixLength: Read<number> | undefined;
  /** The network that address and prefix length make. */
  readonly subnet: Subnet | undefined;
  /** NAT lists show the network as one entry, not each of its addresses. */
  readonly isNotExpanded: boolean;
}

/** The VIPs of a node in the order of the file. Rows without a mode that pfSense knows are no VIPs to it either. */
export function readVirtualIps(config: Config): readonly VirtualIp[] {
  const rows = config.top('virtualip')?.childrenNamed('vip') ?? [];
  const parents = new Map<string, Element>();
  for (const row of rows) {
    const uniqid = config.text(row.child('uniqid'));
    if (uniqid !== '' && !parents.has(uniqid)) parents.set(uniqid, row);
  }
  return rows.flatMap(row => {
    const mode = readMode(config.text(row.child('mode')));
    return mode ? [readVirtualIp(config, row, { mode, parents })] : [];
  });
}

/** The CARP VIPs alone. */
export function readCarpVips(config: Config): readonly VirtualIp[] {
  return config.query(readVirtualIps).filter(vip => vip.mode === 'carp');
}

/** The CARP VIPs on which CARP runs as far as the file tells: pfSense skips those of a disabled interface. */
export function readLiveCarpVips(config: Config): readonly VirtualIp[] {
  const interfaces = config.query(readInterfaces);
  return config
    .query(readCarpVips)
    .filter(vip => vip.interfaceKey === undefined || interfaces.get(vip.interfaceKey)?.isEnabled !== false);
}

/** The VIPs that stand on an interface, in the order of the file. Who goes through all interfaces must not go through all VIPs for each. */
export function vipsOn(config: Config, key: string | undefined): readonly VirtualIp[] {
  return key === undefined ? [] : (config.query(readByInterface).get(key) ?? []);
}

function readByInterface(config: Config): ReadonlyMap<string, readonly VirtualIp[]> {
  return groupBy(config.query(readVirtualIps), vip => vip.interfaceKey ?? '');
}

/** The VIPs that have an address, in the order of the file. */
export function vipsAt(config: Config, { family, bits }: Address): readonly VirtualIp[] {
  return config.query(readByAddress).get(`${family} ${bits}`) ?? [];
}

function readByAddress(config: Config): ReadonlyMap<string, readonly VirtualIp[]> {
  return groupBy(config.query(readVirtualIps), ({ address }) =>
    address ? `${address.value.family} ${address.value.bits}` : '',
  );
}

/** The VIP that `_vip<uniqid>` names; absent for any other text and where there is none. */
export function findVip(config: Config, reference: string): VirtualIp | undefined {
  if (!reference.startsWith('_vip')) return undefined;
  const uniqid = reference.slice('_vip'.length);
  return uniqid === '' ? undefined : config.query(readByUniqid).get(uniqid)?.[0];
}

function readByUniqid(config: Config): ReadonlyMap<string, readonly VirtualIp[]> {
  return groupBy(config.query(readVirtualIps), vip => vip.uniqid?.value ?? '');
}

/** The VHID, where it is one: 1 to 255. */
export function vhidOf(vip: VirtualIp): number | undefined {
  const text = vip.vhid?.value ?? '';
  const vhid = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return vhid >= 1 && vhid <= 255 ? vhid : undefined;
}

/**
 * The advskew that the kernel is given: an empty one becomes 0 (ifconfig reads it with atoi). Absent where the text is
 * none from 0 to 254.
 */
export function skewOf(config: Config, vip: VirtualIp): number | undefined {
  return vip.advskew?.value ?? (config.text(vip.element.child('advskew')) === '' ? 0 : undefined);
}

/** The advskew that the configuration sync gives a VIP on the secondary (rc.filter_synchronize): 100 more, at most 254. */
export function secondarySkew(primarySkew: number): number {
  return Math.min(primarySkew + 100, 254);
}

/**
 * Whether a CARP VIP makes its node the primary DHCP server in the fail-over of its interface: an advskew that is written
 * and below 20 (services.inc:services_dhcpdv4_configure).
 */
export function makesDhcpPrimary({ advskew }: VirtualIp): boolean {
  return advskew !== undefined && advskew.value < 20;
}

/**
 * The seconds between two advertisements: pfSense hands no empty or zero advbase on, and the kernel then takes 1
 * (interfaces.inc:interface_carp_configure). Absent where the text is no number.
 */
export function advbaseOf(config: Config, vip: VirtualIp): number | undefined {
  if (vip.advbase) return vip.advbase.value || 1;
  return config.text(vip.element.child('advbase')) === '' ? 1 : undefined;
}

/** Whether the configuration sync sends the VIP to the secondary (rc.filter_synchronize, facts.md §1.8). */
export function isSynchronised(vip: VirtualIp): boolean {
  if (vip.mode === 'carp' || vip.mode === 'other') return true;
  return vip.parent?.kind === 'vip' || vip.parent?.kind === 'loopback';
}

/** The interface's static address of the VIP's family, where the VIP stands on an interface that has one. */
export function interfaceAddressOf(config: Config, vip: VirtualIp): InterfaceAddress | undefined {
  const parent = vip.interfaceKey === undefined ? undefined : config.query(readInterfaces).get(vip.interfaceKey);
  if (!parent || !vip.address) return undefined;
  return vip.address.value.family === 4 ? parent.ipv4 : parent.ipv6;
}

/**
 * The prefix length that a VIP has to have: that of its interface, where the VIP is in the interface's subnet (pfSense's
 * form: "The mask must be the network's subnet mask"). Absent where the file does not tell.
 */
export function prefixLengthFor(config: Config, vip: VirtualIp): Read<number> | undefined {
  const own = interfaceAddressOf(config, vip);
  return own && vip.address && contains(own.subnet, vip.address.value) ? own.prefixLength : undefined;
}

/** How many bytes of a CARP password the kernel uses: all but the last of CARP_KEY_LEN (carp(4)), which holds a zero. */
export const usedPasswordBytes = 19;

/**
 * The bytes of the password that the kernel is given: pfSense takes the spaces out and puts a backslash before quotes and
 * backslashes (interfaces.inc:interface_carp_configure). A secret; none where there is no password.
 */
export function givenPassword(vip: VirtualIp): Uint8Array {
  const given = (vip.password?.value ?? '').replaceAll(' ', '').replace(/['"\\]/g, '\\$&');
  return new TextEncoder().encode(given);
}

/**
 * The bytes of the password that count, in a form to be compared; never to be shown. Empty where there is no password.
 */
export function carpKey(vip: VirtualIp): string {
  return givenPassword(vip).subarray(0, usedPasswordBytes).join(' ');
}

/** What a message calls the interface on which a VIP stands. */
export function vipInterfaceName(config: Config, vip: VirtualIp): string {
  if (vip.interfaceKey !== undefined) return interfaceName(config, vip.interfaceKey);
  return vip.parent ? config.text(vip.parent.element) : 'no interface';
}

/** What a message calls a VIP: its address, and the VHID where it has one, as in `192.0.2.1 (VHID 1)`. */
export function vipName(config: Config, vip: VirtualIp): string {
  const address = addressText(config, vip);
  return vip.vhid ? `${address} (VHID ${vip.vhid.value})` : address;
}

/** A VIP's address for a message, as it is written. */
export function addressText(config: Config, vip: VirtualIp): string {
  return config.text(vip.element.child('subnet')) || 'without an address';
}

function readMode(text: string): VipMode | undefined {
  return text === 'carp' || text === 'ipalias' || text === 'proxyarp' || text === 'other' ? text : undefined;
}

function readVirtualIp(
  config: Config,
  element: Element,
  row: { readonly mode: VipMode; readonly parents: ReadonlyMap<string, Element> },
): VirtualIp {
  const parent = readParent(config, element);
  const address = readAs(config, element.child('subnet'), parseAddress);
  const prefixLength =
    address && readAs(config, element.child('subnet_bits'), text => parsePrefixLength(text, address.value.family));
  return {
    element,
    mode: row.mode,
    parent,
    interfaceKey: keyOf(config, parent, row.parents),
    vhid: readText(config, element, 'vhid'),
    advskew: readAs(config, element.child('advskew'), parseSkew),
    advbase: readAs(config, element.child('advbase'), parseSeconds),
    password: readText(config, element, 'password'),
    uniqid: readText(config, element, 'uniqid'),
    descr: readText(config, element, 'descr'),
    type: readText(config, element, 'type'),
    address,
    prefixLength,
    subnet: address && prefixLength && subnetOf(address.value, prefixLength.value),
    isNotExpanded: hasFlag(element, 'noexpand'),
  };
}

function readParent(config: Config, element: Element): VipParent | undefined {
  const read = readText(config, element, 'interface');
  if (!read) return undefined;
  const { value, element: at } = read;
  if (value === 'lo0') return { kind: 'loopback', element: at };
  if (value.startsWith('_vip')) return { kind: 'vip', uniqid: value.slice('_vip'.length), element: at };
  return { kind: 'interface', key: value, element: at };
}

function keyOf(config: Config, parent: VipParent | undefined, rows: ReadonlyMap<string, Element>): string | undefined {
  if (parent?.kind === 'interface') return parent.key;
  if (parent?.kind !== 'vip') return undefined;
  const row = rows.get(parent.uniqid);
  const above = row && readParent(config, row);
  // pfSense puts an alias on a CARP VIP, and no CARP VIP on another: one step up is all there is.
  return above?.kind === 'interface' ? above.key : undefined;
}

function parseSkew(text: string): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= 254 ? Number(text) : undefined;
}

function parseSeconds(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
