import type { Element, Place } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, parseAddress, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { type Interface, readInterfaces } from './interfaces.ts';
import { childPlace, type Read, readText } from './read.ts';
import { elementSource, insertSection, setChildText } from './write.ts';

/** State synchronisation (pfsync) and configuration synchronisation (XMLRPC): the section `hasync` (facts.md §2.3). */
export interface HaSync {
  /** Absent where the file has no such section. */
  readonly element: Element | undefined;
  /** pfsync is on: `pfsyncenabled` holds `on`. */
  readonly isPfsyncEnabled: boolean;
  /** The key of the interface that pfsync uses, such as `opt1`; `lo0` is allowed too. */
  readonly pfsyncInterface: Read<string> | undefined;
  /** As it is written; absent where pfsync goes by multicast. */
  readonly pfsyncPeer: Read<string> | undefined;
  readonly hostId: Read<string> | undefined;
  /** Where the configuration is sent, as it is written; absent on a node that sends none. */
  readonly synchronizeToIp: Read<string> | undefined;
  /** Absent where the sender uses `admin` (xmlrpc_client.inc). */
  readonly username: Read<string> | undefined;
  /** Whether a password is set. What it is stays in the file. */
  readonly password: Element | undefined;
  /** The areas that are switched on, such as `synchronizerules`, in the order of the file. */
  readonly areas: ReadonlySet<string>;
}

export function readHaSync(config: Config): HaSync {
  const element = config.top('hasync');
  const text = (name: string) => element && readText(config, element, name);
  const areas = (element?.children() ?? []).filter(
    child => child.name.startsWith('synchronize') && child.name !== 'synchronizetoip' && config.text(child) === 'on',
  );
  return {
    element,
    isPfsyncEnabled: text('pfsyncenabled')?.value === 'on',
    pfsyncInterface: text('pfsyncinterface'),
    pfsyncPeer: text('pfsyncpeerip'),
    hostId: text('pfhostid'),
    synchronizeToIp: text('synchronizetoip'),
    username: text('username'),
    password: text('password')?.element,
    areas: new Set(areas.map(area => area.name)),
  };
}

/** The interface that pfsync uses; absent where none is chosen or it is not one of the node's. */
export function readPfsyncInterface(config: Config): Interface | undefined {
  const key = config.query(readHaSync).pfsyncInterface?.value;
  return key === undefined ? undefined : config.query(readInterfaces).get(key);
}

/** The address on the SYNC interface by which the other node reaches this one; absent where it is not static or the interface is disabled. */
export function readPfsyncAddress(config: Config): Read<Address> | undefined {
  const one = config.query(readPfsyncInterface);
  return one?.isEnabled ? one.ipv4?.address : undefined;
}

/**
 * What keeps pfsync from using an interface: the node has none of that key, it is disabled, or it has no address at all.
 * Absent for a good one, for `lo0` and for a NIC named directly, which pfSense takes too (interfaces.inc:get_real_interface),
 * and where the file has no interfaces.
 */
export function pfsyncInterfaceFault(config: Config, key: string): 'unknown' | 'disabled' | 'no address' | undefined {
  const interfaces = config.query(readInterfaces);
  if (interfaces.size === 0 || key === 'lo0') return undefined;
  const one = interfaces.get(key);
  if (!one) return [...interfaces.values()].some(each => each.nic?.value === key) ? undefined : 'unknown';
  if (!one.isEnabled) return 'disabled';
  const hasIpv6 = config.text(one.element.child('ipaddrv6')) !== '';
  return one.kind === 'none' && !hasIpv6 ? 'no address' : undefined;
}

/** An address written in `hasync`; absent where the text is none. */
export function addressOf(read: Read<string> | undefined): Read<Address> | undefined {
  const value = read && parseAddress(read.value);
  return read && value && { value, element: read.element };
}

/**
 * Whether each node's pfsync peer is right once both use the interface of that key, as far as the files tell: neither has one,
 * or each has the other's address there.
 */
export function wouldPfsyncPeersFit(nodes: { readonly node: Config; readonly peer: Config }, key: string): boolean {
  const { node, peer } = nodes;
  const [here, there] = [node.query(readHaSync).pfsyncPeer, peer.query(readHaSync).pfsyncPeer];
  if (!here && !there) return true;
  return fitsPeer(here, peer.query(readInterfaces).get(key)) && fitsPeer(there, node.query(readInterfaces).get(key));
}

function fitsPeer(peer: Read<string> | undefined, other: Interface | undefined): boolean {
  const expected = other?.isEnabled ? other.ipv4?.address.value : undefined;
  if (!expected) return true;
  const written = addressOf(peer)?.value;
  return peer !== undefined && (!written || sameAddress(written, expected));
}

/** Where a finding on a value of `hasync` stands: on the value, on the section's name where the value is missing; absent without a section. */
export function haSyncPlace({ element }: HaSync, name: string): Place | undefined {
  return element && childPlace(element, name);
}

/** What a fix writes into `hasync`, in the order of pfSense's form. */
const haSyncKeys = [
  'pfsyncenabled',
  'pfhostid',
  'pfsyncpeerip',
  'pfsyncinterface',
  'synchronizetoip',
  'username',
  'password',
] as const;

export type HaSyncKey = (typeof haSyncKeys)[number];

/**
 * The edits that give values of `hasync` a text, each where pfSense's form writes it; the section comes with them where
 * it is missing. Empty where the file has no place for it.
 */
export function setHaSync(config: Config, values: Readonly<Partial<Record<HaSyncKey, string>>>): readonly TextEdit[] {
  const { element } = config.query(readHaSync);
  const entries = haSyncKeys.flatMap(name => {
    const text = values[name];
    return text === undefined ? [] : [{ name, text }];
  });
  if (element) return merged(entries.map(entry => setChildText(config, element, entry)));
  const rows = entries.map(({ name, text }) => `\t${elementSource(config, name, text)}\n`).join('');
  const section = insertSection(config, `<hasync>\n${rows}</hasync>`);
  return section ? [section] : [];
}

/** Several insertions at one place become one: which of them comes first would else be up to the editor. */
function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of edits) {
    const same = kept.findIndex(each => each.from === edit.from && each.to === edit.to && edit.from === edit.to);
    const before = kept[same];
    if (before) kept[same] = { ...before, text: before.text + edit.text };
    else kept.push(edit);
  }
  return kept;
}
