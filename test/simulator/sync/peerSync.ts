import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { guiEndpoint, type Network, sourceTowards } from '../node/network.ts';
import { isArray, type PhpArray, type PhpValue, textAt } from '../php/value.ts';
import type { Release } from '../release.ts';
import { readResponse, writeCall } from '../xmlRpc/codec.ts';
import { SyncBrokenOff, sectionsToSend } from './sections.ts';

/** What a primary needs to synchronise. */
export interface SyncOptions {
  readonly config: PhpArray;
  readonly release: Release;
  readonly network: Network;
  readonly log: (line: string) => void;
  /** Between two attempts, of which there are four (facts.md §1.8). */
  readonly retryMilliseconds: number;
  /** Given the body of every call, for tests that look at them. */
  readonly sent: (body: string) => void;
  /** Whether the node is about to be gone, so that no further attempt is made. */
  readonly isStopped: () => boolean;
}

/** How a sync ended: `nothing` is what a node without a target or without boxes does. */
export type SyncResult = 'done' | 'failed' | 'nothing';

const attempts = 4;

/** What rc.filter_synchronize does after a save: asks the other node for its version, and sends it all in one call. */
export async function synchronise(options: SyncOptions): Promise<SyncResult> {
  const { config, release, log } = options;
  if (textAt(config, 'hasync/synchronizetoip') === '') return 'nothing';
  try {
    const sections = sectionsToSend(config, release);
    if (!sections) {
      log('Nothing has been configured to be synched. Skipping....');
      return 'nothing';
    }
    if (!(await isSameVersion(options))) return 'failed';
    const answer = await call(options, 'restore_config_section', [sections, 900]);
    if (answer === undefined) return 'failed';
    log('XMLRPC sync successfully completed.');
    return 'done';
  } catch (error) {
    if (!(error instanceof SyncBrokenOff)) throw error;
    log(error.message);
    return 'failed';
  }
}

async function isSameVersion(options: SyncOptions): Promise<boolean> {
  const answer = await call(options, 'host_firmware_version', ['', 240]);
  const version = isArray(answer) ? answer.get('config_version') : undefined;
  if (version === undefined || version === null) {
    options.log(
      'The pfSense software configuration version of the other member could not be determined. Skipping synchronization to avoid causing a problem!',
    );
    return false;
  }
  if (version === textAt(options.config, 'version')) return true;
  options.log(
    'The other member is on a different configuration version of pfSense. Sync will not be done to prevent problems!',
  );
  return false;
}

/** @returns undefined where all attempts failed */
async function call(
  options: SyncOptions,
  method: string,
  parameters: readonly PhpValue[],
): Promise<PhpValue | undefined> {
  const body = writeCall({ method: `pfsense.${method}`, parameters });
  options.sent(body);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1) await new Promise(done => setTimeout(done, options.retryMilliseconds));
    if (options.isStopped()) return undefined;
    const outcome = await exchange(options, body).catch((error: unknown) => String(error));
    const response = typeof outcome === 'string' ? undefined : readResponse(outcome.body);
    if (response?.kind === 'value') return response.value;
    const reason = response
      ? `#${response.code} : ${response.text}`
      : typeof outcome === 'string'
        ? outcome
        : 'no XML-RPC';
    options.log(`Exception calling XMLRPC method ${method} ${reason}`);
  }
  return undefined;
}

/** One request under the primary's own address; the certificate of the other node is not looked at. */
function exchange({ config, network }: SyncOptions, body: string): Promise<{ readonly body: string }> {
  const address = textAt(config, 'hasync/synchronizetoip');
  const target = network.find({ ...guiEndpoint(config), address });
  if (!target) return Promise.reject(new Error(`Unable to connect to ${address}: connection refused`));
  return new Promise((done, reject) => {
    const options = {
      host: '127.0.0.1',
      port: target.port,
      path: '/xmlrpc.php',
      method: 'POST',
      agent: false,
      rejectUnauthorized: false,
      headers: {
        'User-Agent': 'PEAR::XML_RPC2/@package_version@',
        'Content-Type': 'text/xml; charset=utf-8',
        Authorization: authorization(config),
        'Content-Length': Buffer.byteLength(body),
      },
    };
    const request: ClientRequest = target.protocol === 'https' ? requestHttps(options) : requestHttp(options);
    announce(request, network, sourceTowards(config, address));
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('aborted', () => reject(new Error('The connection was closed.')));
      response.on('end', () => done({ body: Buffer.concat(chunks).toString('utf8') }));
    });
    request.end(body);
  });
}

/** The other node must know who calls before it reads the request, so that this is told as soon as there is a connection. */
function announce(request: ClientRequest, network: Network, address: string): void {
  request.on('socket', socket => {
    socket.once('connect', () => {
      const { localPort } = socket;
      if (localPort === undefined) return;
      network.announce(localPort, address);
      socket.once('close', () => network.forget(localPort));
    });
  });
}

function authorization(config: PhpArray): string {
  const name = textAt(config, 'hasync/username') || 'admin';
  return `Basic ${Buffer.from(`${name}:${textAt(config, 'hasync/password')}`, 'utf8').toString('base64')}`;
}
