import { type ElementSchema, group, text } from '../elementSchema.ts';

/** What IPsec's phases 1 and 2 have in common (ipsec.inc). */

const groups = {
  1: '1 (768 bit)',
  2: '2 (1024 bit)',
  5: '5 (1536 bit)',
  14: '14 (2048 bit)',
  15: '15 (3072 bit)',
  16: '16 (4096 bit)',
  17: '17 (6144 bit)',
  18: '18 (8192 bit)',
  19: '19 (nist ecp256)',
  20: '20 (nist ecp384)',
  21: '21 (nist ecp521)',
  22: '22 (1024(sub 160) bit)',
  23: '23 (2048(sub 224) bit)',
  24: '24 (2048(sub 256) bit)',
  25: '25 (nist ecp192)',
  26: '26 (nist ecp224)',
  27: '27 (brainpool ecp224)',
  28: '28 (brainpool ecp256)',
  29: '29 (brainpool ecp384)',
  30: '30 (brainpool ecp512)',
  31: '31 (Elliptic Curve 25519, 256 bit)',
  32: '32 (Elliptic Curve 448, 448 bit)',
};

/** Diffie-Hellman groups by number. */
export const dhGroups: Readonly<Record<string, string>> = groups;

/** Ciphers; those below the AEAD ones were taken from the forms with 2.5 (config version 21) but may still stand in a file. */
export const encryptionAlgorithms = {
  aes: 'AES',
  aes128gcm: 'AES128-GCM',
  aes192gcm: 'AES192-GCM',
  aes256gcm: 'AES256-GCM',
  chacha20poly1305: 'CHACHA20-POLY1305',
  blowfish: 'Blowfish',
  '3des': '3DES',
  cast128: 'CAST128',
  des: 'DES',
};

/** The digests of phase 1; phase 2 calls them `hmac_…`. */
export const hashAlgorithms = {
  sha1: 'SHA1',
  sha256: 'SHA256',
  sha384: 'SHA384',
  sha512: 'SHA512',
  aesxcbc: 'AES-XCBC',
  md5: 'MD5',
};

export const keyLength = text('The length of the key in bits, or `auto` to offer every length that the cipher has.');

/** The certificates and keys of pfSense 1.2, before the certificate manager; kept for files that old. */
export const formerTunnel: ElementSchema = group(
  'A tunnel of pfSense 1.2.',
  {},
  { until: 18, replacedBy: 'phase1', isOpen: true },
);
