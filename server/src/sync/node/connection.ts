import type { Trust } from './certificate.ts';

/** How a node is reached. */
export type NodeConnection = HttpsConnection | PlainHttpConnection;

export interface HttpsConnection {
  readonly protocol: 'https';
  readonly host: Host;
  /** 1–65535. */
  readonly port: number;
  readonly trust: Trust;
}

/** Password and configuration go unprotected, so this cannot be made without saying so. */
export interface PlainHttpConnection {
  readonly protocol: 'http';
  readonly host: Host;
  readonly port: number;
  /** The manifest says `"allowHttp": true` for this node. */
  readonly allowHttp: true;
}

/** A name, or an address without brackets. */
export type Host = string;

/** As in a browser's address line, without path: `https://192.0.2.1`, `https://[2001:db8::1]:8443`. */
export function originOf(connection: NodeConnection): string {
  return `${connection.protocol}://${authorityOf(connection)}`;
}

/** Host and port as the header `Host` has them: no port where it is the protocol's own. */
export function authorityOf({ protocol, host, port }: NodeConnection): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return port === defaultPort(protocol) ? bracketed : `${bracketed}:${port}`;
}

export function defaultPort(protocol: 'http' | 'https'): number {
  return protocol === 'https' ? 443 : 80;
}
