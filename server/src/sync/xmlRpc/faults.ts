import { type Decoded, decodeResponse } from './decode.ts';
import type { RpcValue } from './value.ts';

/** An HTTP answer as it came. */
export interface HttpAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Whether as much came as the other side said it would send. */
  readonly isWhole: boolean;
}

/** Why an answer is none. Nothing in it was sent by us or is a value of a config, so that it may be shown. */
export type AnswerFault =
  /** Fault -1: no such user, wrong password, disabled or expired user. */
  | { readonly kind: 'unauthorized' }
  /** Fault -2, or a page that the account must not open. */
  | { readonly kind: 'not-enough-privileges'; readonly privilege: Privilege }
  /** Fault -32601: older pfSense, or newer than we know. */
  | { readonly kind: 'no-such-method' }
  /** Faults 0 and -32602: the request was not understood. Checked before anything is done. */
  | { readonly kind: 'request-not-understood' }
  /** Fault 1, or PHP's own text: `error` is the class or sort, `place` a file of pfSense's with the line. */
  | { readonly kind: 'php-error'; readonly error: string; readonly place: string | undefined }
  | { readonly kind: 'other-fault'; readonly code: number }
  /** `to` is the address without path, user and query; absent where it is not told or on the same host. */
  | { readonly kind: 'redirected'; readonly to: string | undefined }
  /** 502, 503 and 504 come from nginx, which waits 180 seconds for PHP while PHP goes on. */
  | { readonly kind: 'gateway'; readonly status: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'https-expected' }
  | { readonly kind: 'locked-out' }
  | { readonly kind: 'host-name-refused' }
  /** A good answer that does not hold what this method answers. */
  | { readonly kind: 'unexpected-answer' }
  | { readonly kind: 'not-pfsense'; readonly status: number };

/** As the GUI names it. */
export type Privilege = 'System - HA node sync' | 'WebCfg - Diagnostics: Backup & Restore';

export type Answer =
  | { readonly kind: 'value'; readonly value: RpcValue }
  | { readonly kind: 'fault'; readonly fault: AnswerFault };

/** Reads whatever came back from /xmlrpc.php (facts.md §1.3). */
export function readAnswer(answer: HttpAnswer): Answer {
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status !== 200 || !/^(?:text|application)\/xml\b/i.test(type)) {
    return { kind: 'fault', fault: pageFault(answer) };
  }
  const text = readUtf8(answer.body);
  if (text === undefined) return { kind: 'fault', fault: { kind: 'unexpected-answer' } };
  const decoded: Decoded = answer.isWhole ? decodeResponse(text) : { kind: 'cut-off' };
  switch (decoded.kind) {
    case 'value':
      return decoded;
    case 'fault':
      return { kind: 'fault', fault: rpcFault(decoded) };
    case 'cut-off':
      return { kind: 'fault', fault: { kind: 'cut-off' } };
    case 'no-answer':
      return { kind: 'fault', fault: text === '' ? { kind: 'cut-off' } : pageFault(answer) };
  }
}

/** What is wrong with an answer that is a page and should be none. */
export function pageFault({ status, headers, body, isWhole }: HttpAnswer): AnswerFault {
  if (status >= 300 && status < 400) return { kind: 'redirected', to: originOf(headers.get('location')) };
  if (status === 502 || status === 503 || status === 504) return { kind: 'gateway', status };
  if (status === 413) return { kind: 'too-large' };
  const text = new TextDecoder().decode(body);
  const php = phpFault(text);
  if (php) return php;
  if (text.includes('The plain HTTP request was sent to HTTPS port')) return { kind: 'https-expected' };
  if (text.includes('temporarily locked out')) return { kind: 'locked-out' };
  if (text.includes('Potential DNS Rebind attack')) return { kind: 'host-name-refused' };
  return isWhole ? { kind: 'not-pfsense', status } : { kind: 'cut-off' };
}

/** The text of UTF-8; absent where it is not, since a replaced character would be taken for what the node holds. */
export function readUtf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function rpcFault({ code, text }: { readonly code: number; readonly text: string }): AnswerFault {
  switch (code) {
    case -1:
      return { kind: 'unauthorized' };
    case -2:
      return { kind: 'not-enough-privileges', privilege: 'System - HA node sync' };
    case -32601:
      return { kind: 'no-such-method' };
    case 0:
    case -32602:
      return { kind: 'request-not-understood' };
    case 1:
      return {
        kind: 'php-error',
        error: /^Unhandled ([A-Za-z_\\]{1,60}) exception/.exec(text)?.[1] ?? 'Exception',
        place: undefined,
      };
    default:
      return { kind: 'other-fault', code };
  }
}

/**
 * PHP's errors are a page of text (facts.md §1.3). Its message and its stack trace quote what the functions were given,
 * passwords and keys among them, so only the sort of error and the place in pfSense's source are taken from it.
 */
function phpFault(text: string): AnswerFault | undefined {
  const [, sort, uncaught] =
    /(?:<b>)?\b((?:Fatal|Parse|Recoverable fatal) error|Warning|Notice|Deprecated)(?:<\/b>)?:\s+(?:Uncaught ([A-Za-z_\\]{1,60}))?/.exec(
      text,
    ) ?? [];
  if (sort === undefined) return undefined;
  const place =
    / in (?:<b>)?(\/[\w./-]{1,120})(?:<\/b>)?(?:\(\d+\) : eval\(\)'d code)?(?::| on line (?:<b>)?)(\d{1,6})/.exec(text);
  // Such words stand on pages of anything; PHP adds where.
  if (!place && !sort.endsWith('error')) return undefined;
  return { kind: 'php-error', error: uncaught ?? sort, place: place ? `${place[1]}:${place[2]}` : undefined };
}

function originOf(location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location)) return undefined;
  const { protocol, host } = new URL(location);
  return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${host}` : undefined;
}
