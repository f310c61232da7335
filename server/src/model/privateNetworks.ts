import { type Address, contains, parseSubnet } from './address.ts';
import { readBridges } from './bridges.ts';
import type { Config } from './config.ts';
import type { Interface } from './interfaces.ts';
import { isPacketFilterOff } from './packetFilter.ts';
import { hasFlag } from './read.ts';

/** What pfSense drops on an interface with `blockpriv`, before any other rule for what comes in there (filter.inc). */
const blocked = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8'].flatMap(
  text => parseSubnet(text) ?? [],
);

/** Whether the interface drops what comes from an address because that is private. On the member of a bridge pfSense blocks nothing of the kind, nor with pf turned off. */
export function blocksAsPrivate(config: Config, { element, key }: Interface, address: Address): boolean {
  if (!hasFlag(element, 'blockpriv') || isPacketFilterOff(config)) return false;
  if (!blocked.some(subnet => contains(subnet, address))) return false;
  return !config.query(readBridges).some(({ members }) => members.includes(key));
}
