import { type Address, parseAddress, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { vipTitle } from './definitionDetails.ts';
import { readGateways } from './gateways.ts';
import { interfaceName, readInterfaces } from './interfaces.ts';
import { readVirtualIps } from './virtualIps.ts';

/** An address that a node has, or knows by a name. */
export interface NodeAddress {
  readonly address: Address;
  /** As it is written. */
  readonly text: string;
  readonly kind: 'interface' | 'vip' | 'gateway';
  /** What has it: `LAN`, `CARP 192.0.2.1 VHID 1 on WAN`, a gateway's name. */
  readonly title: string;
  /** The key of the interface on which it stands; absent where that is none of the node's. */
  readonly interfaceKey: string | undefined;
}

/** The addresses of a node's interfaces, VIPs and gateways, in the order of the file. */
export function readNodeAddresses(config: Config): readonly NodeAddress[] {
  const found: NodeAddress[] = [];
  const add = (text: string, rest: Omit<NodeAddress, 'address' | 'text'>) => {
    const address = parseAddress(text);
    if (address) found.push({ address, text, ...rest });
  };
  for (const { key, element } of config.query(readInterfaces).values()) {
    for (const child of ['ipaddr', 'ipaddrv6']) {
      const title = interfaceName(config, key);
      add(config.text(element.child(child)), { kind: 'interface', title, interfaceKey: key });
    }
  }
  for (const vip of config.query(readVirtualIps)) {
    const title = vipTitle(config, vip);
    add(config.text(vip.element.child('subnet')), { kind: 'vip', title, interfaceKey: vip.interfaceKey });
  }
  for (const gateway of config.query(readGateways)) {
    const text = config.text(gateway.element.child('gateway'));
    add(text, { kind: 'gateway', title: gateway.name.value, interfaceKey: gateway.interface?.value });
  }
  return found;
}

/** What of a node has an address. */
export function holdersOf(config: Config, address: Address): readonly NodeAddress[] {
  return config.query(readNodeAddresses).filter(each => sameAddress(each.address, address));
}
