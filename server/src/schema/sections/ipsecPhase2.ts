import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { dhGroups, encryptionAlgorithms, keyLength } from './ipsecShared.ts';

/** VPN > IPsec > Tunnels > Phase 2 (vpn_ipsec_phase2.php; ipsec.inc). */
export const ipsecPhase2 = group(
  'Phase 2 of an IPsec tunnel: which networks go through it, and how their packets are protected.',
  (): Readonly<Record<string, ElementSchema>> => ({
    ikeid: integer('The number of the phase 1.', {}),
    uniqid: text('The identifier of this phase 2.'),
    mode: choice('What is carried between the peers.', {
      tunnel: 'Tunnel IPv4',
      tunnel6: 'Tunnel IPv6',
      transport: 'Transport',
      vti: 'Routed (VTI)',
    }),
    disabled: flag('This phase 2 is switched off.'),
    reqid: integer('The number that the kernel’s policies of this phase 2 carry.', {}),
    natlocalid: network('The network that the local one is translated to.'),
    localid: network('The local network.'),
    remoteid: network('The network behind the peer.'),
    protocol: choice('Whether packets are encrypted or only authenticated.', { esp: 'ESP', ah: 'AH' }),
    'encryption-algorithm-option': group('A cipher that may be used.', {
      name: choice('The name of the cipher.', encryptionAlgorithms, { isOpen: true }),
      keylen: keyLength,
    }),
    'hash-algorithm-option': choice(
      'A digest that may be used.',
      {
        hmac_sha1: 'SHA1',
        hmac_sha256: 'SHA256',
        hmac_sha384: 'SHA384',
        hmac_sha512: 'SHA512',
        aesxcbc: 'AES-XCBC',
        hmac_md5: 'MD5',
      },
      { isOpen: true },
    ),
    pfsgroup: choice(
      'The Diffie-Hellman group of a key exchange of its own.',
      { 0: 'off', ...dhGroups },
      {
        isOpen: true,
        default: '0',
      },
    ),
    lifetime: integer('Seconds after which the child SA expires for good.', {}, { default: '3600' }),
    rekey_time: integer('Seconds after which the child SA is rekeyed.', {}, { since: 19.2 }),
    rand_time: integer('Up to how many seconds rekeying is moved at random.', {}, { since: 19.2 }),
    pinghost: text('An address behind the peer that is pinged to keep the tunnel up.'),
    keepalive: choice(
      'Whether the tunnel is looked at from time to time and brought up again.',
      { enabled: 'Enabled', disabled: 'Disabled' },
      { since: 21.8, default: 'disabled' },
    ),
    descr: text('A note for administrators.'),
    mobile: flag('This phase 2 is for mobile clients.'),
  }),
  { docs: 'vpn/ipsec/configure-p2.html' },
);

function network(description: string): ElementSchema {
  return group(description, {
    type: choice(
      'Whether it is one address, a network, or the network of an interface.',
      { address: 'Address', network: 'Network', none: 'None', mobile: 'Mobile client' },
      { isOpen: true },
    ),
    address: value('The address, or the first one of the network.', { type: 'address' }),
    netbits: integer('The prefix length of the network.', { max: 128 }),
  });
}
