import { type Address, formatAddress } from './address.ts';
import type { Config } from './config.ts';
import { readInterfaces } from './interfaces.ts';
import { type VirtualIp, vipsOn } from './virtualIps.ts';

/** A CARP VIP that has an address. */
export interface CarpAddress {
  readonly vip: VirtualIp;
  readonly address: Address;
}

/** The CARP VIPs on an interface on which CARP runs, of one family or of both, in the order of the file. */
export function carpAddressesOn(config: Config, key: string, family: 4 | 6 | 'both'): readonly CarpAddress[] {
  if (config.query(readInterfaces).get(key)?.isEnabled === false) return [];
  return vipsOn(config, key).flatMap(vip => {
    if (!vip.address || vip.mode !== 'carp') return [];
    const address = vip.address.value;
    return family === 'both' || address.family === family ? [{ vip, address }] : [];
  });
}

/** `192.0.2.1 or 192.0.2.2`, for a message. */
export function carpAddressesText(addresses: readonly CarpAddress[]): string {
  return addresses.map(({ address }) => formatAddress(address)).join(' or ');
}

/** The related places of a finding that says which VIPs there are. */
export function carpAddressPlaces(addresses: readonly CarpAddress[]) {
  return addresses.flatMap(({ vip, address }) =>
    vip.address ? [{ at: vip.address.element.contentPlace, message: `The CARP VIP ${formatAddress(address)}.` }] : [],
  );
}
