import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isArray, type PhpArray, PhpObject, type PhpValue, phpList, toKey } from './php/value.ts';
import { type MethodResponse, readResponse, writeCall } from './xmlRpc/codec.ts';

/** Values as a test writes them down: nested arrays and objects. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | PhpObject
  | readonly Plain[]
  | { readonly [name: string]: Plain };

export function toPhp(value: Plain): PhpValue {
  if (Array.isArray(value)) return phpList(value.map(toPhp));
  if (typeof value !== 'object' || value === null || value instanceof PhpObject) return value as PhpValue;
  return new Map(
    Object.entries(value as { [name: string]: Plain }).map(([key, inner]) => [toKey(key), toPhp(inner)]),
  ) as PhpArray;
}

export function toPlain(value: PhpValue): Plain {
  if (!isArray(value)) return value;
  if ([...value.keys()].every((key, index) => key === index)) return [...value.values()].map(toPlain);
  return Object.fromEntries([...value].map(([key, inner]) => [String(key), toPlain(inner)]));
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpCall {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One request on a connection of its own. Rejects where the connection ends before the answer does. */
export function exchange(
  url: string,
  { method = 'POST', path = '/xmlrpc.php', headers = {}, body }: HttpCall,
): Promise<HttpReply> {
  return new Promise((done, reject) => {
    const options = { method, headers, agent: false, rejectUnauthorized: false };
    const request = url.startsWith('https:')
      ? requestHttps(`${url}${path}`, options)
      : requestHttp(`${url}${path}`, options);
    request.on('error', reject);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.end(body);
  });
}

/** Name and password with a colon between; empty for none. */
export function basic(credentials: string): Readonly<Record<string, string>> {
  return credentials === '' ? {} : { Authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` };
}

/** A caller of XMLRPC, as plain as can be: it checks nothing and repeats nothing. */
export class TestClient {
  readonly url: string;
  readonly #credentials: string;

  constructor({ url }: { readonly url: string }, credentials = 'admin:pfsense') {
    this.url = url;
    this.#credentials = credentials;
  }

  async reply(method: string, ...parameters: readonly Plain[]): Promise<HttpReply> {
    const body = writeCall({ method: `pfsense.${method}`, parameters: parameters.map(toPhp) });
    return exchange(this.url, { headers: { 'Content-Type': 'text/xml', ...basic(this.#credentials) }, body });
  }

  /** The value that is answered. Throws a fault as `fault CODE: TEXT`, and anything else as what it is. */
  async call(method: string, ...parameters: readonly Plain[]): Promise<Plain> {
    const reply = await this.reply(method, ...parameters);
    const response: MethodResponse | undefined = reply.status === 200 ? readResponse(reply.body) : undefined;
    if (response?.kind === 'value') return toPlain(response.value);
    throw new Error(response ? `fault ${response.code}: ${response.text}` : `${reply.status} ${reply.body.trim()}`);
  }

  restore(sections: Plain): Promise<Plain> {
    return this.call('restore_config_section', sections, 900);
  }

  backup(...names: readonly string[]): Promise<Plain> {
    return this.call('backup_config_section', names);
  }

  php(code: string): Promise<Plain> {
    return this.call('exec_php', code);
  }
}
