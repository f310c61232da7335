import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** What makes a certificate good. There is no third way. */
export type Trust =
  /**
   * An authority that the system knows has signed it, it is valid now, and it names the host. `authorities` (PEM) stand in
   * for the system's.
   */
  | { readonly kind: 'authorities'; readonly authorities?: readonly string[] }
  /** It is this one and no other, whatever it says of itself. In the form of {@link parseFingerprint}. */
  | { readonly kind: 'pinned'; readonly sha256: Fingerprint };

/** SHA-256 of a certificate: 32 pairs of capital hexadecimal digits with colons between them. */
export type Fingerprint = string & { readonly fingerprint: unique symbol };

/** What a person needs to see of a certificate to decide about it. */
export interface CertificateFacts {
  /** Such as `CN=fw1-62a84e3a5d2f0, O=pfSense GUI default Self-Signed Certificate`; the host's own words, control characters taken out. */
  readonly subject: string;
  readonly issuer: string;
  /** Names and addresses that it is for, as `DNS:fw1.example.org`. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly sha256: Fingerprint;
}

/** Why a certificate that is not pinned is not trusted. */
export type Distrust = 'unknown issuer' | 'expired' | 'not yet valid' | 'other host' | 'invalid';

export type CertificateVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'unknown-certificate'; readonly certificate: CertificateFacts; readonly reason: Distrust }
  | {
      readonly kind: 'changed-certificate';
      readonly certificate: CertificateFacts;
      readonly expected: Fingerprint;
    };

/** Reads a fingerprint, with or without colons, in capitals or not; absent where the text is none. */
export function parseFingerprint(text: string): Fingerprint | undefined {
  const digits = text.replaceAll(':', '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) return undefined;
  return digits.replace(/..(?=.)/g, '$&:') as Fingerprint;
}

/**
 * Judges the certificate of a connection whose handshake is done and over which nothing has been sent. Absent where the
 * other side has shown none.
 */
export function judgeCertificate(socket: TLSSocket, trust: Trust): CertificateVerdict | undefined {
  const shown = socket.getPeerX509Certificate();
  if (!shown) return undefined;
  const certificate = factsOf(shown);
  if (trust.kind === 'pinned') {
    if (certificate.sha256 === trust.sha256) return { kind: 'trusted' };
    return { kind: 'changed-certificate', certificate, expected: trust.sha256 };
  }
  if (socket.authorized) return { kind: 'trusted' };
  return { kind: 'unknown-certificate', certificate, reason: distrustOf(String(socket.authorizationError)) };
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectAltName ?? '')
      .split(', ')
      .filter(name => name !== '')
      .map(oneLine),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    sha256: certificate.fingerprint256 as Fingerprint,
  };
}

/** Node has the parts of a name on lines of their own, and none at all for an empty one. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ').replace(/\p{C}/gu, '?').slice(0, 300);
}

/** What OpenSSL and Node say, https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
function distrustOf(error: string): Distrust {
  switch (error) {
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'CERT_NOT_YET_VALID':
      return 'not yet valid';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'other host';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return 'unknown issuer';
    default:
      return 'invalid';
  }
}
