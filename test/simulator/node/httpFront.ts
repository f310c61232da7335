import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from '../../harness/selfSigned.ts';
import { page, type Question } from './answer.ts';
import type { Delivery } from './faultyAnswers.ts';

export interface FrontOptions {
  readonly protocol: 'http' | 'https';
  readonly certificate: TestCertificate;
  readonly answer: (question: Omit<Question, 'caller'>, remotePort: number | undefined) => Promise<Delivery>;
}

/** What listens on loopback for a node: TLS or not, bytes in and bytes out. */
export class HttpFront {
  readonly protocol: 'http' | 'https';
  readonly #server: Server | TlsServer;
  readonly #answer: FrontOptions['answer'];

  constructor({ protocol, certificate: { cert, key }, answer }: FrontOptions) {
    this.protocol = protocol;
    this.#answer = answer;
    this.#server = protocol === 'https' ? createTlsServer({ cert, key }) : createServer();
    this.#server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response),
    );
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  listen(port: number): Promise<void> {
    return new Promise((done, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        done();
      });
    });
  }

  /** Uses another certificate from the next connection on, and ends those that wait for a request. */
  use({ cert, key }: TestCertificate): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext({ cert, key });
    this.#server.closeIdleConnections();
  }

  close(): Promise<void> {
    return new Promise(done => {
      this.#server.close(() => done());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Who hangs up while nobody listens for it would end the process.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const body = await readAll(request);
    if (body === undefined) return;
    const { method = 'GET', url: path = '/', headers } = request;
    // A mistake of the simulator's own must not look like anything that pfSense says.
    const delivery = await this.#answer({ method, path, headers, body }, request.socket.remotePort).catch(
      (error: unknown) => page(500, `The simulator failed: ${error instanceof Error ? error.stack : String(error)}`),
    );
    if (delivery === 'dropped') request.socket.destroy();
    else if ('half' in delivery) sendHalf(delivery.half, response);
    else send(delivery, response);
  }
}

function send(
  { status, headers, body }: Exclude<Delivery, 'dropped' | { half: unknown }>,
  response: ServerResponse,
): void {
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, withLength(headers, bytes.length));
  response.end(bytes);
}

function sendHalf(
  { status, headers, body }: Exclude<Delivery, 'dropped' | { half: unknown }>,
  response: ServerResponse,
): void {
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, withLength(headers, bytes.length));
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function withLength(headers: Readonly<Record<string, string | readonly string[]>>, length: number) {
  const written: Record<string, string | string[]> = { 'Content-Length': String(length) };
  for (const [name, value] of Object.entries(headers)) written[name] = typeof value === 'string' ? value : [...value];
  return written;
}

/** @returns undefined where the caller hung up before the end */
function readAll(request: IncomingMessage): Promise<string | undefined> {
  return new Promise(done => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => done(undefined));
  });
}
