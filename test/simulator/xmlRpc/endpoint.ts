import { randomBytes } from 'node:crypto';
import { type Accounts, basicCredentials } from '../node/accounts.ts';
import { type Answer, header, page, type Question } from '../node/answer.ts';
import type { Lockout } from '../node/lockout.ts';
import { NodeRequest, type RequestHost } from '../node/nodeRequest.ts';
import { PhpException, PhpFatalError } from '../php/errors.ts';
import { type MethodCall, type MethodResponse, readCall, writeResponse } from './codec.ts';
import { acceptsParameters, hasProperAliases, methods } from './methods.ts';

/** What xmlrpc.php needs of its node. */
export interface XmlRpcHost extends RequestHost {
  readonly accounts: Accounts;
  readonly lockout: Lockout;
}

class Fault extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }
}

const prefix = 'pfsense.';

/** The name of the method that is called, without the prefix; empty for what is no call. */
export function calledMethod(question: Question): string {
  return /<methodName>\s*(?:pfsense\.)?([^<\s]*)/.exec(question.body)?.[1] ?? '';
}

/** Answers a POST to /xmlrpc.php: always with status 200 (facts.md §1.1 to §1.3). */
export function answerXmlRpc(question: Question, host: XmlRpcHost): Answer {
  const headers: Record<string, string> = {};
  try {
    if (host.store.release.needsProperAliases && !hasProperAliases(host.store.config)) throw brokenAliases();
    const call = question.method === 'POST' ? readCall(question.body) : undefined;
    return xml({ kind: 'value', value: run(call, question, { host, headers }) }, headers);
  } catch (error) {
    if (error instanceof Fault) return xml({ kind: 'fault', code: error.code, text: error.message }, headers);
    if (error instanceof PhpException) {
      return xml({ kind: 'fault', code: 1, text: `Unhandled Exception exception:${error.message}` }, headers);
    }
    if (error instanceof PhpFatalError) return page(200, error.page);
    throw error;
  }
}

function run(
  call: MethodCall | undefined,
  question: Question,
  { host, headers }: { host: XmlRpcHost; headers: Record<string, string> },
) {
  if (!call) throw new Fault(0, 'Unable to parse request XML');
  const name = call.method.startsWith(prefix) ? call.method.slice(prefix.length) : '';
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new Fault(-32601, 'server error. requested method not found');
  // What is needed of the parameters is looked at before who sends them.
  if (!acceptsParameters(method, call.parameters)) {
    throw new Fault(-32602, 'server error. invalid method parameters');
  }
  authenticate(question, host);
  const request = new NodeRequest(host, question.caller);
  if (method.writes) Object.assign(headers, sessionHeaders());
  return method.run(request, ...call.parameters);
}

function authenticate(question: Question, { accounts, lockout, store, log }: XmlRpcHost): void {
  const credentials = basicCredentials(header(question, 'authorization'));
  const login = accounts.forXmlRpc(store.config, credentials);
  if (login === 'accepted') return;
  lockout.recordFailure(question.caller);
  log(`webConfigurator authentication error for user '${credentials?.name ?? ''}' from: ${question.caller}`);
  if (login === 'not enough privileges') throw new Fault(-2, 'Authentication failed: not enough privileges');
  throw new Fault(-1, 'Authentication failed: Invalid username or password');
}

/** write_config begins a session, which nobody uses. */
function sessionHeaders(): Record<string, string> {
  return {
    'Set-Cookie': `PHPSESSID=${randomBytes(16).toString('hex')}; path=/`,
    Expires: 'Thu, 19 Nov 1981 08:52:00 GMT',
    'Cache-Control': 'no-store, no-cache, must-revalidate',
    Pragma: 'no-cache',
  };
}

/** An answer of XML-RPC. */
export function xml(response: MethodResponse, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': 'text/xml; charset=utf-8' },
    body: writeResponse(response),
  };
}

function brokenAliases(): PhpFatalError {
  return new PhpFatalError({
    message: 'Uncaught TypeError: Cannot access offset of type string on string in /etc/inc/util.inc:2241',
    place: '/etc/inc/util.inc on line 2241',
  });
}
