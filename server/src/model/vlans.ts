import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Read, readAs, readText } from './read.ts';

/** A row of `vlans/vlan` (facts.md §2.7). */
export interface Vlan {
  readonly element: Element;
  /** The NIC that carries it: `igb1`, `lagg0`. */
  readonly parent: Read<string>;
  /** 1–4094. */
  readonly tag: Read<number>;
  /** The name by which an interface uses it: `igb1.20`, up to pfSense 2.4 `igb1_vlan20`; a missing one is made of parent and tag. */
  readonly name: string;
  readonly descr: Read<string> | undefined;
}

/** The VLANs of a node in the order of the file; rows without a parent or a usable tag are left out. */
export function readVlans(config: Config): readonly Vlan[] {
  return (config.top('vlans')?.childrenNamed('vlan') ?? []).flatMap(element => {
    const parent = readText(config, element, 'if');
    const tag = readAs(config, element.child('tag'), parseTag);
    if (!parent || !tag) return [];
    const name = readText(config, element, 'vlanif')?.value ?? `${parent.value}.${tag.value}`;
    return [{ element, parent, tag, name, descr: readText(config, element, 'descr') }];
  });
}

/** A VLAN tag, 1–4094 (interfaces.inc:vlan_valid_tag). */
export function parseTag(text: string): number | undefined {
  const tag = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return tag >= 1 && tag <= 4094 ? tag : undefined;
}
