import { formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, readHaSync, readPfsyncAddress } from '../../model/hasync.ts';
import { readWebGui } from '../../model/webgui.ts';
import { type Fingerprint, parseFingerprint } from './certificate.ts';
import { defaultPort, type Host, type NodeConnection } from './connection.ts';

/** What the manifest says of reaching one node. */
export interface NodeSettings {
  /** Such as `https://fw1.example.org:8443`; absent for the SYNC address. */
  readonly url?: string | undefined;
  /** `"allowHttp": true`; nothing else allows plain HTTP. */
  readonly allowHttp?: boolean;
  /** `"tls": { "sha256": "…" }`, as it is written. */
  readonly sha256?: string | undefined;
}

export type ConnectionReading =
  | { readonly kind: 'connection'; readonly connection: NodeConnection; readonly source: 'manifest' | 'SYNC address' }
  /** One sentence that says what to write into the manifest. */
  | { readonly kind: 'refused'; readonly message: string };

/**
 * How a node is reached: by the manifest's `url`, else by the address that the pair itself uses. That is the peer's
 * `synchronizetoip`, which the primary sends this node's configuration to, else the node's own address on the SYNC
 * interface, with protocol and port of the node's own GUI.
 */
export function readConnection(
  nodes: { readonly node: Config; readonly peer: Config | undefined },
  settings: NodeSettings,
): ConnectionReading {
  const endpoint = settings.url === undefined ? endpointOfPair(nodes) : endpointOfUrl(settings.url);
  if (typeof endpoint === 'string') return { kind: 'refused', message: endpoint };
  const source = settings.url === undefined ? 'SYNC address' : 'manifest';
  const { protocol, host, port } = endpoint;
  if (protocol === 'http') {
    if (settings.allowHttp !== true) return { kind: 'refused', message: httpRefused };
    return { kind: 'connection', source, connection: { protocol, host, port, allowHttp: true } };
  }
  const pin = readPin(settings.sha256);
  if (pin === 'malformed') return { kind: 'refused', message: malformedPin };
  const trust = pin === undefined ? ({ kind: 'authorities' } as const) : ({ kind: 'pinned', sha256: pin } as const);
  return { kind: 'connection', source, connection: { protocol, host, port, trust } };
}

interface Endpoint {
  readonly protocol: 'http' | 'https';
  readonly host: Host;
  readonly port: number;
}

const httpRefused =
  'The node would be reached by plain HTTP, over which password and configuration can be read on the way. Use https, or allow it for this node in the manifest with "allowHttp": true.';

const malformedPin =
  'The manifest pins no SHA-256 fingerprint under "tls": it has 64 hexadecimal digits, with or without colons.';

function readPin(text: string | undefined): Fingerprint | 'malformed' | undefined {
  return text === undefined ? undefined : (parseFingerprint(text) ?? 'malformed');
}

/** The parts of a URL, or what is wrong with it. */
function endpointOfUrl(text: string): Endpoint | string {
  if (!URL.canParse(text))
    return 'The url of the node is not a URL. Write it as https://192.0.2.1 or https://fw1.example.org:8443.';
  const url = new URL(text);
  // The address itself is not repeated: it may hold a password.
  if (url.username !== '' || url.password !== '') {
    return 'The url of the node holds a user name or a password. Take them out: credentials are kept elsewhere.';
  }
  const protocol = url.protocol === 'https:' ? 'https' : url.protocol === 'http:' ? 'http' : undefined;
  if (!protocol) return 'The url of the node must begin with https://.';
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return 'The url of the node must end behind host and port: pfSense answers at one path only.';
  }
  const port = url.port === '' ? defaultPort(protocol) : Number(url.port);
  return { protocol, host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

function endpointOfPair({
  node,
  peer,
}: {
  readonly node: Config;
  readonly peer: Config | undefined;
}): Endpoint | string {
  const sentTo = peer && addressOf(peer.query(readHaSync).synchronizeToIp);
  const address = sentTo ?? node.query(readPfsyncAddress);
  if (!address) {
    return 'The files do not tell how the node is reached: there is neither an address that its peer synchronises to, nor one on its SYNC interface. Set "url" for it in the manifest.';
  }
  const gui = node.query(readWebGui);
  return { protocol: gui.protocol?.value ?? 'https', host: formatAddress(address.value), port: gui.effectivePort };
}
