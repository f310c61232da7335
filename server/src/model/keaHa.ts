import { type Address, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { readDhcpBackend } from './dhcp.ts';
import { readHostname } from './hostname.ts';
import { readInterfaces } from './interfaces.ts';
import { type KeaHa, readKea6Ha, readKeaHa } from './kea.ts';
import { readVersion } from './version.ts';
import { readVirtualIps, type VirtualIp } from './virtualIps.ts';

/** One of a node's Kea servers with high availability turned on. */
export interface RunningKeaHa {
  readonly config: Config;
  readonly section: 'kea' | 'kea6';
  /** What a message calls the server. */
  readonly server: 'DHCP' | 'DHCPv6';
  readonly ha: KeaHa;
}

export type KeaSide = 'local' | 'remote';

/** High availability came with version 23.4; Kea of pfSense 2.7 has none and reads no such section. */
export function knowsKeaHa(config: Config): boolean {
  const { number } = config.query(readVersion);
  return number === undefined || number > 23.3;
}

/** The Kea servers that have high availability: none where ISC's server is chosen, which does not read the section. */
export function readRunningKeaHas(config: Config): readonly RunningKeaHa[] {
  if (config.query(readDhcpBackend).value !== 'kea' || !knowsKeaHa(config)) return [];
  const ha = config.query(readKeaHa);
  const ha6 = config.query(readKea6Ha);
  return [
    ...(ha?.isEnabled ? [{ config, section: 'kea', server: 'DHCP', ha } as const] : []),
    ...(ha6?.isEnabled ? [{ config, section: 'kea6', server: 'DHCPv6', ha: ha6 } as const] : []),
  ];
}

/** The same server on another node; absent where it has no high availability there. */
export function counterpartHa(other: Config | undefined, { section }: RunningKeaHa): RunningKeaHa | undefined {
  return other?.query(readRunningKeaHas).find(each => each.section === section);
}

export interface KeaHaPair {
  readonly primary: RunningKeaHa;
  readonly secondary: RunningKeaHa;
}

/** The servers that have high availability on both nodes. */
export function keaHaPairs(primary: Config, secondary: Config): readonly KeaHaPair[] {
  return primary.query(readRunningKeaHas).flatMap(one => {
    const other = counterpartHa(secondary, one);
    return other ? [{ primary: one, secondary: other }] : [];
  });
}

/** The role as Kea is given it: `primary` where none is written (services.inc). */
export function keaRoleOf({ ha }: RunningKeaHa): string {
  return ha.role?.value ?? 'primary';
}

/** The name that a server gives itself: the hostname where none is written. */
export function keaLocalName({ config, ha }: RunningKeaHa): string {
  return ha.local.name?.value.trim() || config.query(readHostname);
}

/** The port that a server listens on where none is written (services.inc). */
export function defaultKeaPort({ section }: RunningKeaHa): number {
  return section === 'kea' ? 8765 : 8766;
}

/** A port, 1–65535, the default where none is written; absent where the text is none. */
export function keaPortOf(running: RunningKeaHa, side: KeaSide): number | undefined {
  const { config, ha } = running;
  if (config.text(ha.element.child(`${side}port`)) === '') return defaultKeaPort(running);
  const port = ha[side].port?.value ?? 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** Whether the node has that address on an enabled interface. */
export function hasOwnAddress(config: Config, address: Address): boolean {
  return [...config.query(readInterfaces).values()].some(
    each =>
      each.isEnabled &&
      [each.ipv4, each.ipv6].some(own => own !== undefined && sameAddress(own.address.value, address)),
  );
}

/** The CARP VIP, or the alias on one, that has the address: it moves between the nodes. */
export function movingVip(config: Config | undefined, address: Address): VirtualIp | undefined {
  return config
    ?.query(readVirtualIps)
    .find(
      vip =>
        (vip.mode === 'carp' || vip.parent?.kind === 'vip') && vip.address && sameAddress(vip.address.value, address),
    );
}
