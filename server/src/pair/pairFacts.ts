import { type Address, formatAddress } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import { addressOf, readHaSync } from '../model/hasync.ts';
import { readInterfaces } from '../model/interfaces.ts';
import type { Read } from '../model/read.ts';
import { readCarpVips, skewOf } from '../model/virtualIps.ts';

/** What a node's file says about which other node it belongs to. Addresses are written in one spelling, to be compared. */
export interface PairFacts {
  /** The static addresses of its interfaces by interface key and family (`lan 4`); tunnels and loopback addresses are left out. */
  readonly addresses: ReadonlyMap<string, string>;
  /** `hasync/synchronizetoip`: where it sends its configuration. */
  readonly synchronizeTo: string | undefined;
  /** `hasync/pfsyncpeerip`: where it sends its states. */
  readonly pfsyncPeer: string | undefined;
  readonly carpVips: readonly CarpVip[];
}

export interface CarpVip {
  /** The key of its interface. */
  readonly interfaceKey: string;
  /** As it is written. */
  readonly vhid: string;
  readonly address: string;
  /** 0–254; absent where the file holds none of these. */
  readonly skew: number | undefined;
}

export function readPairFacts(config: Config): PairFacts {
  const { synchronizeToIp, pfsyncPeer } = config.query(readHaSync);
  return {
    addresses: readOwnAddresses(config),
    synchronizeTo: written(addressOf(synchronizeToIp)),
    pfsyncPeer: written(addressOf(pfsyncPeer)),
    carpVips: config.query(readCarpVips).flatMap((vip): CarpVip[] => {
      const { interfaceKey, vhid, address } = vip;
      if (interfaceKey === undefined || !vhid || !address) return [];
      return [{ interfaceKey, vhid: vhid.value, address: formatAddress(address.value), skew: skewOf(config, vip) }];
    }),
  };
}

function readOwnAddresses(config: Config): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const { key, isTunnel, ipv4, ipv6 } of config.query(readInterfaces).values()) {
    for (const own of isTunnel ? [] : [ipv4, ipv6]) {
      if (own && !isLoopback(own.address.value)) {
        addresses.set(`${key} ${own.address.value.family}`, formatAddress(own.address.value));
      }
    }
  }
  return addresses;
}

function written(read: Read<Address> | undefined): string | undefined {
  return read && !isLoopback(read.value) ? formatAddress(read.value) : undefined;
}

function isLoopback({ family, bits }: Address): boolean {
  return family === 4 ? bits >> 24n === 127n : bits === 1n;
}
