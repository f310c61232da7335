import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { CertificateFacts, Distrust } from '../../../server/src/sync/node/certificate.ts';
import type { NodeFailure } from '../../../server/src/sync/node/failure.ts';
import { applyManifestEdit } from '../manifestEdits.ts';
import type { Live } from './live.ts';

/** What a node has answered instead of what it was asked for. */
export interface LiveFailure {
  readonly role: Role;
  /** Such as `https://192.0.2.1`. */
  readonly origin: string;
  readonly failure: NodeFailure;
}

/** Each node may show a certificate that is pinned then. */
const attempts = 3;

/**
 * Does something with the nodes of a pair, and does it anew where the certificate was unknown that one of them showed, and a
 * person has pinned it.
 *
 * @param attempt gives what a node has answered instead of what it was asked for
 */
export async function untilTrusted(
  live: Live,
  attempt: () => Promise<{ readonly pair: LivePair; readonly failed: LiveFailure } | undefined>,
): Promise<void> {
  for (let count = 1; count <= attempts; count++) {
    const result = await attempt();
    if (!result || !(await settleFailure(live, result.pair, result.failed))) return;
  }
}

/**
 * Tells a person what went wrong. An unknown certificate is shown and may be pinned.
 * @returns whether it is worth trying again: the certificate was pinned
 */
async function settleFailure(live: Live, pair: LivePair, failed: LiveFailure): Promise<boolean> {
  const { role, origin, failure } = failed;
  const { cause, message } = failure;
  switch (cause.kind) {
    case 'cancelled':
      return false;
    case 'unknown-certificate':
      return pinUnknown(live, pair, { role, origin, certificate: cause.certificate, reason: cause.reason });
    case 'changed-certificate':
      await tellChanged({ role, origin, certificate: cause.certificate, expected: cause.expected });
      return false;
    case 'unauthorized':
      // The next run would send them again, and pfSense locks out who keeps failing.
      await live.credentials.forget(origin);
      void offerCredentials(message);
      return false;
    default:
      void vscode.window.showErrorMessage(message);
      return false;
  }
}

async function offerCredentials(message: string): Promise<void> {
  const set = 'Set Credentials…';
  const answer = await vscode.window.showErrorMessage(message, set);
  if (answer === set) await vscode.commands.executeCommand('pfsenseHa.setCredentials');
}

const distrustWords: Readonly<Record<Distrust, string>> = {
  'unknown issuer': 'No authority that this computer knows has signed it, as is usual for pfSense.',
  expired: 'It has expired.',
  'not yet valid': 'It is not valid yet. Check the clocks of both sides.',
  'other host': 'It is for another host.',
  invalid: 'It is not valid.',
};

interface ShownCertificate {
  readonly role: Role;
  readonly origin: string;
  readonly certificate: CertificateFacts;
}

async function pinUnknown(
  live: Live,
  pair: LivePair,
  { role, origin, certificate, reason }: ShownCertificate & { readonly reason: Distrust },
): Promise<boolean> {
  const pin = 'Pin This Certificate';
  const answer = await vscode.window.showWarningMessage(
    `Is this the certificate of the ${role} at ${origin}?`,
    {
      modal: true,
      detail: [
        distrustWords[reason],
        ...describe(certificate),
        'Compare the fingerprint with that of the certificate in the web interface, under System > Certificates. Pinned, it is written into the manifest, and with any other certificate nothing is sent.',
      ].join('\n\n'),
    },
    pin,
  );
  if (answer !== pin) return false;
  const { name, nodes, manifest } = pair;
  const edit = await live.session.pinCertificate({
    name,
    primary: nodes.primary.uri,
    secondary: nodes.secondary.uri,
    ...(manifest !== undefined && { manifest }),
    role,
    sha256: certificate.sha256,
  });
  return (await applyManifestEdit(edit)) !== undefined;
}

async function tellChanged({
  role,
  origin,
  certificate,
  expected,
}: ShownCertificate & { readonly expected: string }): Promise<void> {
  await vscode.window.showErrorMessage(`The ${role} at ${origin} shows another certificate than the pinned one.`, {
    modal: true,
    detail: [
      'Nothing was sent to it. Somebody may stand between you and the firewall.',
      `Pinned, SHA-256:\n${expected}`,
      'Shown now:',
      ...describe(certificate),
      'If the certificate was replaced on purpose, take the old fingerprint out of the manifest first.',
    ].join('\n\n'),
  });
}

function describe({ subject, issuer, validFrom, validTo, sha256 }: CertificateFacts): readonly string[] {
  return [`Subject: ${subject}\nIssuer: ${issuer}\nValid: ${day(validFrom)} to ${day(validTo)}`, `SHA-256:\n${sha256}`];
}

/** The day in UTC; `?` for a date that is none. */
function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(0, 10);
}
