import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Fingerprint } from '../../../../server/src/sync/node/certificate.ts';
import type { NodeConnection } from '../../../../server/src/sync/node/connection.ts';
import { Credentials } from '../../../../server/src/sync/node/credentials.ts';
import { NodeClient } from '../../../../server/src/sync/node/nodeClient.ts';
import { makeCertificate, type TestCertificate } from '../../../harness/selfSigned.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a node does with a request that it has got whole. */
export type Script = (request: SeenRequest, response: ServerResponse) => void;

export interface ScriptedNode {
  readonly port: number;
  /** All that came, in order. */
  readonly requests: readonly SeenRequest[];
  /** How often somebody connected. */
  readonly connections: () => number;
}

export interface ScriptedNodeOptions {
  /** Absent for plain HTTP. */
  readonly certificate?: TestCertificate;
}

/** A server on loopback that lives as long as the test, and does what a script says. */
export async function scriptedNode(
  t: TestContext,
  script: Script,
  { certificate }: ScriptedNodeOptions = {},
): Promise<ScriptedNode> {
  const requests: SeenRequest[] = [];
  const listener: RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(request);
      script(request, response);
    });
  };
  const server: Server = certificate
    ? createHttps({ key: certificate.key, cert: certificate.cert }, listener)
    : createHttp(listener);
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, requests, connections: () => connections };
}

/** One for all tests that are not about certificates. */
export const nodeCertificate = makeCertificate();

export function pinned(port: number, certificate = nodeCertificate): NodeConnection {
  const trust = { kind: 'pinned', sha256: certificate.sha256 as Fingerprint } as const;
  return { protocol: 'https', host: '127.0.0.1', port, trust };
}

/** What must never be seen anywhere. */
export const password = 'Geheim-pässw0rd/"&<';

export function credentials(user = 'hasync'): Credentials {
  const reading = Credentials.of(user, password);
  if (reading.kind === 'refused') throw new Error(reading.message);
  return reading.credentials;
}

/** A node that follows a script, and a client that knows its certificate. */
export async function nodeWith(t: TestContext, script: Script) {
  const node = await scriptedNode(t, script, { certificate: nodeCertificate });
  const client = new NodeClient({ name: 'fw1', connection: pinned(node.port), credentials: credentials() });
  return { node, client };
}

export function answer(response: ServerResponse, value: string): void {
  const body = `<?xml version="1.0" encoding="utf-8"?>\n<methodResponse><params><param><value>${value}</value></param></params></methodResponse>\n`;
  send(response, body);
}

export function fault(
  response: ServerResponse,
  { code, text }: { readonly code: number; readonly text: string },
): void {
  send(
    response,
    `<?xml version="1.0" encoding="utf-8"?>\n<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>${code}</int></value></member><member><name>faultString</name><value><string>${text}</string></value></member></struct></value></fault></methodResponse>\n`,
  );
}

export function send(
  response: ServerResponse,
  body: string | Buffer,
  { status = 200, type = 'text/xml; charset=utf-8', headers = {} as Readonly<Record<string, string | string[]>> } = {},
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

export const versionValue =
  '<struct><member><name>firmware</name><value><struct><member><name>version</name><value><string>2.7.2-RELEASE</string></value></member></struct></value></member><member><name>platform</name><value><string>pfSense</string></value></member><member><name>config_version</name><value><string>23.3</string></value></member></struct>';
