import type { Element } from '../syntax/tree.ts';
import { type Address, isLinkLocal, parseAddress, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { type Interface, readInterfaces } from './interfaces.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';

/** A row of `gateways/gateway_item` (facts.md §2.7). */
export interface Gateway {
  readonly element: Element;
  readonly name: Read<string>;
  /** The interface key behind which it stands. */
  readonly interface: Read<string> | undefined;
  /** Absent for a dynamic one (`dynamic`, `dynamic6`, or nothing). */
  readonly address: Read<Address> | undefined;
  readonly isDynamic: boolean;
  readonly isDisabled: boolean;
  readonly family: 4 | 6;
  /** What is pinged in its stead. */
  readonly monitor: Read<string> | undefined;
  readonly descr: Read<string> | undefined;
}

/** One line of a gateway group: `GATEWAY|tier|address or VIP`. */
export interface GatewayGroupMember {
  readonly element: Element;
  readonly gateway: string;
  /** 1 is the first; 0 where the text has none. */
  readonly tier: number;
  /** `address` for the interface's own, or `_vip…`; absent in the short form of older versions. */
  readonly address: string | undefined;
}

export interface GatewayGroup {
  readonly element: Element;
  readonly name: Read<string>;
  readonly members: readonly GatewayGroupMember[];
  readonly descr: Read<string> | undefined;
}

/** The enabled interface of the node that has the address of a gateway behind the interface of that key; of a link-local one that interface alone. */
export function ownInterface(config: Config, address: Address, key: string | undefined): Interface | undefined {
  return [...config.query(readInterfaces).values()].find(
    each =>
      each.isEnabled &&
      (each.key === key || !isLinkLocal(address)) &&
      [each.ipv4, each.ipv6].some(own => own && sameAddress(own.address.value, address)),
  );
}

/** The gateways of a node in the order of the file; rows without a name are left out. */
export function readGateways(config: Config): readonly Gateway[] {
  return (config.top('gateways')?.childrenNamed('gateway_item') ?? []).flatMap(element => {
    const name = readText(config, element, 'name');
    if (!name) return [];
    const address = readAs(config, element.child('gateway'), parseAddress);
    const family = address?.value.family ?? (config.text(element.child('ipprotocol')) === 'inet6' ? 6 : 4);
    return [
      {
        element,
        name,
        interface: readText(config, element, 'interface'),
        address,
        isDynamic: /^(?:dynamic6?)?$/.test(config.text(element.child('gateway'))),
        isDisabled: hasFlag(element, 'disabled'),
        family,
        monitor: readText(config, element, 'monitor'),
        descr: readText(config, element, 'descr'),
      },
    ];
  });
}

/** The gateway groups of a node in the order of the file; rows without a name are left out. */
export function readGatewayGroups(config: Config): readonly GatewayGroup[] {
  return (config.top('gateways')?.childrenNamed('gateway_group') ?? []).flatMap(element => {
    const name = readText(config, element, 'name');
    if (!name) return [];
    const members = element.childrenNamed('item').flatMap(item => readMember(config, item));
    return [{ element, name, members, descr: readText(config, element, 'descr') }];
  });
}

function readMember(config: Config, element: Element): GatewayGroupMember[] {
  const [gateway, tier, address] = config.text(element).split('|');
  if (!gateway) return [];
  return [{ element, gateway, tier: Number.parseInt(tier ?? '', 10) || 0, address: address || undefined }];
}
