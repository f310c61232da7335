import { ClientRequest, type IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { HttpAnswer } from '../xmlRpc/faults.ts';
import { type CertificateVerdict, judgeCertificate } from './certificate.ts';
import { authorityOf, type HttpsConnection, type NodeConnection } from './connection.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with its length; nothing for GET. */
  readonly body?: string;
}

export interface Limits {
  /** Milliseconds until the connection stands, TLS included. */
  readonly connect: number;
  /** Milliseconds for everything. */
  readonly total: number;
  readonly signal?: AbortSignal | undefined;
}

/** Why nothing came back. */
export type TransportFault =
  | { readonly kind: 'unreachable'; readonly reason: Unreachable }
  /** In seconds. */
  | { readonly kind: 'timeout'; readonly stage: 'connecting' | 'answering'; readonly seconds: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not-http' }
  | { readonly kind: 'answer-too-large' }
  | Exclude<CertificateVerdict, { readonly kind: 'trusted' }>;

export type Unreachable = 'refused' | 'unknown host' | 'no route' | 'dropped' | 'no TLS' | 'other';

export type Exchange =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** `isSent` where some of the request has gone out, so that the other side may be acting on it. */
  | { readonly kind: 'failed'; readonly fault: TransportFault; readonly isSent: boolean };

/** No answer of pfSense is as large: a config of 20 MB takes 27 in base64. */
const largestAnswer = 256 * 1024 * 1024;

/**
 * Sends one request over a connection of its own and waits for the whole answer. Nothing is sent before the certificate
 * is found good. Never rejects.
 */
export async function exchange(connection: NodeConnection, request: HttpRequest, limits: Limits): Promise<Exchange> {
  const attempt = new Attempt(limits);
  try {
    const socket = await attempt.open(connection);
    return socket ? await attempt.send(socket, { connection, request }) : await attempt.result;
  } finally {
    attempt.end();
  }
}

/**
 * Where a name has several addresses, Node goes on to the next after a quarter of a second and never comes back: too little
 * for a firewall behind a slow VPN.
 */
const patience = { autoSelectFamilyAttemptTimeout: 3000 };

/** One try, and what it came to: the first thing that settles it counts. */
class Attempt {
  readonly result: Promise<Exchange>;
  private settle: (exchange: Exchange) => void = () => undefined;
  private isSent = false;
  private socket: Socket | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly onAbort = () => this.fail({ kind: 'cancelled' });
  private isSettled = false;

  constructor(private readonly limits: Limits) {
    this.result = new Promise(resolve => {
      this.settle = resolve;
    });
    this.failAfter(limits.total);
    limits.signal?.addEventListener('abort', this.onAbort, { once: true });
    if (limits.signal?.aborted) this.onAbort();
  }

  /** Gives a connection that may be written to; absent where the attempt has failed. */
  async open(connection: NodeConnection): Promise<Socket | undefined> {
    if (this.isSettled) return undefined;
    const timer = this.failAfter(this.limits.connect);
    const { host, port } = connection;
    const socket = connection.protocol === 'https' ? openTls(connection) : connectTcp({ host, port, ...patience });
    this.socket = socket;
    const isOpen = await new Promise<boolean>(resolve => {
      socket.once(connection.protocol === 'https' ? 'secureConnect' : 'connect', () => resolve(true));
      // Once the request is on its way, it is the request that tells: an answer may be whole when the connection closes.
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (!this.isSent) this.fail({ kind: 'unreachable', reason: unreachable(error) });
      });
      socket.once('close', () => {
        if (!this.isSent) this.fail({ kind: 'unreachable', reason: 'dropped' });
      });
      this.result.then(() => resolve(false));
    });
    clearTimeout(timer);
    if (!isOpen || this.isSettled) return undefined;
    if (connection.protocol === 'http') return socket;
    const verdict = judgeCertificate(socket as tls.TLSSocket, connection.trust);
    if (verdict?.kind === 'trusted') return socket;
    this.fail(verdict ?? { kind: 'unreachable', reason: 'no TLS' });
    return undefined;
  }

  send(
    socket: Socket,
    { connection, request }: { readonly connection: NodeConnection; readonly request: HttpRequest },
  ): Promise<Exchange> {
    if (this.isSettled) return this.result;
    const { method, path, headers, body } = request;
    this.isSent = true;
    // The class and not `request()`: VS Code replaces that by one which may go through a proxy, over a connection of its
    // own whose certificate nobody here has looked at.
    const outgoing = new ClientRequest({
      createConnection: () => socket,
      method,
      path,
      headers: {
        host: authorityOf(connection),
        connection: 'close',
        'accept-encoding': 'identity',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      setHost: false,
    });
    let hasResponse = false;
    outgoing.on('response', response => {
      hasResponse = true;
      this.receive(response);
    });
    outgoing.on('close', () => {
      if (!hasResponse) this.fail({ kind: 'unreachable', reason: 'dropped' });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const isHttp = !String(error.code).startsWith('HPE_');
      this.fail(isHttp ? { kind: 'unreachable', reason: unreachable(error) } : { kind: 'not-http' });
    });
    outgoing.end(body);
    return this.result;
  }

  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.limits.signal?.removeEventListener('abort', this.onAbort);
    this.socket?.destroy();
  }

  private receive(response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > largestAnswer) this.fail({ kind: 'answer-too-large' });
    });
    // A connection that ends early is told by `error`, and by `complete` in what was received.
    response.on('error', () => this.finish(response, chunks));
    response.on('end', () => this.finish(response, chunks));
  }

  private finish(response: IncomingMessage, chunks: readonly Buffer[]): void {
    const headers = new Map<string, string>();
    for (const [name, value] of Object.entries(response.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join('\n') : value);
    }
    const body = Buffer.concat(chunks);
    const status = response.statusCode ?? 0;
    this.done({ kind: 'answer', answer: { status, headers, body, isWhole: response.complete } });
  }

  private failAfter(milliseconds: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const stage = this.isSent ? 'answering' : 'connecting';
      this.fail({ kind: 'timeout', stage, seconds: milliseconds / 1000 });
    }, milliseconds);
    this.timers.push(timer);
    return timer;
  }

  private fail(fault: TransportFault): void {
    this.done({ kind: 'failed', fault, isSent: this.isSent });
  }

  private done(exchange: Exchange): void {
    this.isSettled = true;
    this.settle(exchange);
  }
}

/**
 * The handshake is not left to judge the certificate: a verdict must come with the certificate to show, and a pinned one is
 * good whoever signed it. {@link judgeCertificate} does it before anything is sent.
 */
function openTls({ host, port, trust }: HttpsConnection): tls.TLSSocket {
  // Nobody needs to have signed a pinned certificate, and to load no authorities saves time.
  const authorities = trust.kind === 'pinned' ? [] : (trust.authorities ?? systemAuthorities());
  return tls.connect({
    host,
    port,
    rejectUnauthorized: false,
    ...patience,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) === 0 && { servername: host }),
    ...(authorities && { ca: [...authorities] }),
  });
}

/**
 * Node's own authorities and those of the operating system. Absent before Node 22.15, which could not read the latter: then
 * it goes by its own, by NODE_EXTRA_CA_CERTS, and in VS Code by what that adds from the system.
 */
function systemAuthorities(): readonly string[] | undefined {
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'default' | 'system') => string[] };
  return getCACertificates && [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

function unreachable({ code = '' }: NodeJS.ErrnoException): Unreachable {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return 'unknown host';
  if (/^E(?:HOST|NET)(?:UNREACH|DOWN)$|^EADDRNOTAVAIL$|^ETIMEDOUT$/.test(code)) return 'no route';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') return 'dropped';
  return code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') ? 'no TLS' : 'other';
}
