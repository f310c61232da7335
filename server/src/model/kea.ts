import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress } from './address.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';

/** One end of Kea's high availability, as a node's own file tells it. What is absent has pfSense's default. */
export interface KeaEndpoint {
  /** The hostname where absent. */
  readonly name: Read<string> | undefined;
  readonly address: Read<Address> | undefined;
  /** 8765 for DHCP, 8766 for DHCPv6 where absent. */
  readonly port: Read<number> | undefined;
}

/** Kea's high availability, `kea/ha` or `kea6/ha`: one for all interfaces of a node (facts.md §2.5). In files after 2.7.2. */
export interface KeaHa {
  readonly element: Element;
  readonly isEnabled: boolean;
  /** `primary` or `standby` as written; `primary` where absent (services.inc). */
  readonly role: Read<string> | undefined;
  readonly local: KeaEndpoint;
  readonly remote: KeaEndpoint;
  readonly usesTls: boolean;
  readonly usesMutualTls: boolean;
  /** The certificates' `refid`s. Never synchronised. */
  readonly serverCertificate: Read<string> | undefined;
  readonly clientCertificate: Read<string> | undefined;
}

/** The high availability of Kea's DHCP server for IPv4; absent where the file has none. */
export function readKeaHa(config: Config): KeaHa | undefined {
  return readHa(config, config.find('kea/ha'));
}

/** The high availability of Kea's DHCPv6 server; absent where the file has none. */
export function readKea6Ha(config: Config): KeaHa | undefined {
  return readHa(config, config.find('kea6/ha'));
}

function readHa(config: Config, element: Element | undefined): KeaHa | undefined {
  if (!element) return undefined;
  return {
    element,
    isEnabled: hasFlag(element, 'enable'),
    role: readText(config, element, 'role'),
    local: readEndpoint(config, element, 'local'),
    remote: readEndpoint(config, element, 'remote'),
    usesTls: hasFlag(element, 'tls'),
    usesMutualTls: hasFlag(element, 'mutualtls'),
    serverCertificate: readText(config, element, 'scertref'),
    clientCertificate: readText(config, element, 'ccertref'),
  };
}

function readEndpoint(config: Config, ha: Element, side: 'local' | 'remote'): KeaEndpoint {
  return {
    name: readText(config, ha, `${side}name`),
    address: readAs(config, ha.child(`${side}ip`), parseAddress),
    port: readAs(config, ha.child(`${side}port`), text => (/^\d{1,5}$/.test(text) ? Number(text) : undefined)),
  };
}
