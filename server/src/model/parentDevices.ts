import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { readBridges } from './bridges.ts';
import type { Config } from './config.ts';
import type { Interface } from './interfaces.ts';
import { readLaggs } from './laggs.ts';
import { isKeyTaken } from './references/takenKeys.ts';
import { readVersion } from './version.ts';
import { readVlans } from './vlans.ts';
import { dedented, insertChild, insertSection, wrapped } from './write.ts';

/** A device that pfSense makes of NICs by a row of its own: a VLAN, a LAGG or a bridge (facts.md §2.7). */
export interface ParentDevice {
  readonly kind: 'VLAN' | 'LAGG' | 'bridge';
  readonly name: string;
  /** The row that makes it. */
  readonly element: Element;
  /** The NIC that carries a VLAN. */
  readonly parent: string | undefined;
}

/** The devices of a node by name; of two with one name the first. */
export function readParentDevices(config: Config): ReadonlyMap<string, ParentDevice> {
  const devices: ParentDevice[] = [];
  for (const { name, element, parent } of config.query(readVlans)) {
    devices.push({ kind: 'VLAN', name, element, parent: parent.value });
  }
  for (const { name, element } of config.query(readLaggs)) {
    if (name) devices.push({ kind: 'LAGG', name: name.value, element, parent: undefined });
  }
  for (const { name, element } of config.query(readBridges)) {
    if (name) devices.push({ kind: 'bridge', name: name.value, element, parent: undefined });
  }
  return new Map(devices.reverse().map(device => [device.name, device]));
}

/** The devices on which an interface stands, the uppermost first: its VLAN, then the LAGG that carries that. */
export function devicesOf(config: Config, one: Interface): readonly ParentDevice[] {
  const devices = config.query(readParentDevices);
  const upper = one.nic && devices.get(one.nic.value);
  const lower = upper?.parent === undefined ? undefined : devices.get(upper.parent);
  return [upper, lower].filter(device => device !== undefined);
}

const sections = { VLAN: 'vlans', LAGG: 'laggs', bridge: 'bridges' } as const;

/**
 * Copies a device's row to the other node as it stands. Absent where the two files encode text in different ways, or the
 * file has no place for it.
 */
export function copyDevice(
  device: ParentDevice,
  nodes: { readonly from: Config; readonly to: Config },
): TextEdit | undefined {
  if (nodes.from.query(readVersion).entities !== nodes.to.query(readVersion).entities) return undefined;
  if (isKeyTaken(nodes.to, { item: device.element, from: nodes.from })) return undefined;
  const source = dedented(device.element);
  const name = sections[device.kind];
  const section = nodes.to.top(name);
  if (section) return insertChild(section, { source });
  return insertSection(nodes.to, wrapped(name, source));
}
