import type { AnswerFault } from '../xmlRpc/faults.ts';
import type { Refusal } from '../xmlRpc/soundSections.ts';
import type { CertificateFacts, Distrust } from './certificate.ts';
import type { TransportFault, Unreachable } from './transport.ts';

/** What a call on a node comes to. A failure is an answer too: nothing is thrown for what a network or a firewall does. */
export type NodeAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: NodeFailure };

/** A cause, and one or two sentences for a person: what is wrong and what to do. Neither holds a password or a value of a config. */
export interface NodeFailure {
  readonly cause: FailureCause;
  readonly message: string;
}

export type FailureCause =
  | TransportFault
  | AnswerFault
  /** It was not sent, because it would break the node. */
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  /** A write went out, and no answer says what became of it. It must be read back, and must not be sent again. */
  | { readonly kind: 'fate-unknown'; readonly cause: TransportFault | AnswerFault };

/** Whom a message speaks of. */
export interface NodeName {
  /** As people call the node: `the primary (fw1.example.org)`. */
  readonly name: string;
  /** Such as `https://192.0.2.1:8443`. */
  readonly origin: string;
  readonly user: string;
}

export function failed(
  cause: FailureCause,
  node: NodeName,
): { readonly kind: 'failed'; readonly failure: NodeFailure } {
  return { kind: 'failed', failure: { cause, message: sentence(cause, node) } };
}

/** Whether the same credentials would fail again, and each try brings the caller nearer to being locked out (facts.md §1.1). */
export function isAboutCredentials({ kind }: FailureCause): boolean {
  return kind === 'unauthorized' || kind === 'not-enough-privileges' || kind === 'locked-out';
}

/** A name such as `the primary (fw1)` may begin a sentence. */
function sentence(cause: FailureCause, node: NodeName): string {
  return wording(cause, node).replace(/^the /, 'The ');
}

function wording(cause: FailureCause, node: NodeName): string {
  const { name, origin, user } = node;
  switch (cause.kind) {
    case 'unauthorized':
      return `${name} did not accept user name and password of “${user}”. It was not tried again, since pfSense locks out an address after a few failures: set the credentials anew.`;
    case 'not-enough-privileges':
      return `The account “${user}” on ${name} lacks the privilege “${cause.privilege}”. Give it to the account or one of its groups under System > User Manager${cause.privilege === 'System - HA node sync' ? '; to be in “admins” is not enough' : ''}.`;
    case 'locked-out':
      return `${name} has locked out this computer's address after failed logins. Wait until the lockout has passed, then check the credentials.`;
    case 'unreachable':
      return `${name} cannot be reached at ${origin}: ${unreachableWords[cause.reason]}`;
    case 'timeout':
      return cause.stage === 'connecting'
        ? `${name} did not answer at ${origin} within ${cause.seconds} seconds. Check address and port, the rules on the way, and whether it has locked out this computer after failed logins.`
        : `${name} did not finish its answer within ${cause.seconds} seconds. It may still be working on it.`;
    case 'cancelled':
      return `The request to ${name} was cancelled.`;
    case 'unknown-certificate':
      return `${name} shows a certificate that cannot be trusted at ${origin}: ${distrustWords[cause.reason]} It is ${described(cause.certificate)}. If that is the fingerprint of the certificate under System > Certificates on the firewall, pin it in the manifest with "tls": { "sha256": "${cause.certificate.sha256}" }.`;
    case 'changed-certificate':
      return `${name} shows another certificate than the pinned one at ${origin}, and nothing was sent to it. Pinned is SHA-256 ${cause.expected}; it shows ${described(cause.certificate)}. Pin the new one only if you know that the certificate was replaced.`;
    case 'redirected':
      return `${name} redirects from ${origin}${cause.to === undefined ? '' : ` to ${cause.to}`}, where a request would be lost. Set the node's url in the manifest to protocol and port of its web interface.`;
    case 'https-expected':
      return `${name} expects HTTPS at ${origin}. Set the node's url in the manifest to https.`;
    case 'host-name-refused':
      return `${name} does not know the host name of ${origin} as its own (DNS rebind check). Use its address, or add the name under System > Advanced > Alternate Hostnames.`;
    case 'not-http':
    case 'not-pfsense':
      return `What answers at ${origin} is not the web interface of pfSense${cause.kind === 'not-pfsense' ? ` (HTTP status ${cause.status})` : ''}. Check the url of ${name}.`;
    case 'answer-too-large':
      return `What answers at ${origin} sends more than any pfSense would. Check the url of ${name}.`;
    case 'too-large':
      return `The web server of ${name} does not take a request of that size.`;
    case 'gateway':
      return cause.status === 504
        ? `${name} took longer than its web server waits (HTTP status 504). PHP may still be working on it.`
        : `The web interface of ${name} is not ready (HTTP status ${cause.status}). Wait a minute; if that does not help, restart PHP-FPM from its console.`;
    case 'cut-off':
      return `The answer of ${name} ends in the middle.`;
    case 'no-such-method':
      return `${name} does not know this request: its version of pfSense is too old, or newer than this extension knows.`;
    case 'request-not-understood':
      return `${name} did not understand the request, and did nothing: its version of pfSense is too old, or newer than this extension knows.`;
    case 'php-error':
      return `pfSense failed on ${name} while it worked on the request: ${cause.error}${cause.place === undefined ? '' : ` at ${cause.place}`}. Its log under Status > System Logs tells more.`;
    case 'other-fault':
      return `${name} answered with the fault ${cause.code}. Its log under Status > System Logs may tell more.`;
    case 'unexpected-answer':
      return `${name} answered with something that this request never brings. Its version of pfSense may be newer than this extension knows.`;
    case 'refused':
      return `Nothing was sent to ${name}: ${cause.refusals[0]?.message ?? ''}${cause.refusals.length > 1 ? ` There are ${cause.refusals.length - 1} more reasons.` : ''}`;
    case 'fate-unknown':
      return `Whether ${name} has taken over what was sent is unknown. ${sentence(cause.cause, node)} Read it back before anything is sent again.`;
  }
}

const unreachableWords: Readonly<Record<Unreachable, string>> = {
  refused: 'nothing listens on that port. Check the port and whether the web interface is running.',
  'unknown host': 'the host name is not known. Check its spelling, or use the address.',
  'no route': 'no way leads there. Check the address and whether you are in the right network or VPN.',
  dropped: 'the connection was dropped. Check the rules on the way, and whether the firewall is restarting.',
  'no TLS': 'it does not answer with TLS. Check port and protocol of the web interface.',
  other: 'the connection failed. Check address and port.',
};

const distrustWords: Readonly<Record<Distrust, string>> = {
  'unknown issuer': 'no authority that this system knows has signed it.',
  expired: 'it has expired.',
  'not yet valid': 'it is not valid yet. Check the clocks of both sides.',
  'other host': 'it is for another host.',
  invalid: 'it is not valid.',
};

function described({ subject, validFrom, validTo, sha256 }: CertificateFacts): string {
  return `“${subject}”, valid from ${day(validFrom)} to ${day(validTo)}, SHA-256 ${sha256}`;
}

/** The day in UTC; `?` for a date that is none. */
function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}
