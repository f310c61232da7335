import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { dhGroups, encryptionAlgorithms, hashAlgorithms, keyLength } from './ipsecShared.ts';
import { portOrService } from './shared/port.ts';
import { ticked } from './shared/ticked.ts';

/** VPN > IPsec > Tunnels > Phase 1 (vpn_ipsec_phase1.php; ipsec.inc). */
export const ipsecPhase1 = group(
  'Phase 1 of an IPsec tunnel: the peer, and how the two prove who they are.',
  (): Readonly<Record<string, ElementSchema>> => ({
    ikeid: integer('The number that phases 2 name this phase 1 by.', {}),
    iketype: choice('The version of IKE.', { ikev1: 'IKEv1', ikev2: 'IKEv2', auto: 'Auto' }),
    mode: choice('The negotiation mode of IKEv1.', { main: 'Main', aggressive: 'Aggressive' }, { isOpen: true }),
    disabled: flag('The tunnel is switched off.'),
    interface: text('The interface, CARP VIP or gateway group whose address is the local end.'),
    mobile: flag('Mobile clients connect here, so there is no fixed peer.'),
    'remote-gateway': value('The address or name of the peer.', { type: 'host' }),
    ikeport: value('The port of the peer for IKE, when not 500.', portOrService, { since: 19.2 }),
    nattport: value('The port of the peer for NAT traversal, when not 4500.', portOrService, { since: 19.2 }),
    protocol: choice('The address family of the outer packets.', {
      inet: 'IPv4',
      inet6: 'IPv6',
      both: 'Both (Dual Stack)',
    }),
    ...identifiers,
    encryption,
    lifetime: integer('Seconds after which the IKE SA expires for good.', {}, { default: '28800' }),
    rekey_time: integer('Seconds after which an IKEv2 SA is rekeyed.', {}, { since: 19.2 }),
    reauth_time: integer('Seconds after which the peer must prove again who it is.', {}, { since: 19.2 }),
    rand_time: integer(
      'Up to how many seconds rekeying and reauthentication are moved at random.',
      {},
      { since: 19.2 },
    ),
    ...credentials,
    descr: text('A note for administrators.'),
    nat_traversal: choice('Whether packets are wrapped in UDP even where no NAT is found.', {
      on: 'Auto',
      force: 'Force',
      off: 'Disabled',
    }),
    mobike: choice('Whether an IKEv2 peer may change its address.', { on: 'Enable', off: 'Disable' }),
    gw_duplicates: flag('Another phase 1 may have the same peer.', { since: 19.2 }),
    startaction: choice(
      'Who brings the child SAs up.',
      {
        none: 'None (Responder Only)',
        start: 'Initiate at start (VTI or Tunnel Mode)',
        trap: 'Initiate on demand (Tunnel mode only)',
      },
      { since: 21.6 },
    ),
    closeaction: choice(
      'What happens when the peer closes a child SA.',
      {
        none: 'Close connection and clear SA',
        start: 'Restart/Reconnect',
        trap: 'Close connection and reconnect on demand',
      },
      { since: 18.1, isOpen: true },
    ),
    prfselect_enable: ticked('The pseudo-random function is chosen apart from the digest.', 'yes', { since: 19.2 }),
    dpd_delay: integer('Seconds of silence after which the peer is asked whether it is alive.', {}, { default: '10' }),
    dpd_maxfail: integer('How many such questions may go unanswered.', {}, { default: '5' }),
    splitconn: flag('Each child SA carries a single pair of networks.'),
    tfc_enable: flag('Packets are padded to hide their true length.'),
    tfc_bytes: integer('The length in bytes that packets are padded to; empty for the path’s MTU.', {}),
    ...former,
  }),
  { docs: 'vpn/ipsec/configure-p1.html' },
);

const identifiers = {
  myid_type: choice(
    'What this firewall calls itself.',
    {
      myaddress: 'My IP address',
      address: 'IP address',
      fqdn: 'Fully qualified domain name',
      user_fqdn: 'User fully qualified domain name / E-mail',
      asn1dn: 'ASN.1 distinguished Name',
      'keyid tag': 'KeyID tag',
      dyn_dns: 'Dynamic DNS',
      auto: 'Automatic based on content',
    },
    { isOpen: true },
  ),
  myid_data: text('The name or address that this firewall calls itself by.'),
  peerid_type: choice(
    'What the peer calls itself.',
    {
      any: 'Any',
      peeraddress: 'Peer IP address',
      address: 'IP address',
      fqdn: 'Fully qualified domain name',
      user_fqdn: 'User fully qualified domain name / E-mail',
      asn1dn: 'ASN.1 distinguished Name',
      'keyid tag': 'KeyID tag',
      auto: 'Automatic based on content',
    },
    { isOpen: true },
  ),
  peerid_data: text('The name or address that the peer calls itself by.'),
} satisfies Record<string, ElementSchema>;

const algorithm = group('The cipher.', {
  name: choice('The name of the cipher.', encryptionAlgorithms, { isOpen: true }),
  keylen: keyLength,
});

const encryption = group('What the IKE SA may be protected with.', {
  item: group('One proposal.', {
    'encryption-algorithm': algorithm,
    'hash-algorithm': choice('The digest.', hashAlgorithms, { isOpen: true }),
    'prf-algorithm': choice('The pseudo-random function.', hashAlgorithms, { isOpen: true, since: 19.2 }),
    dhgroup: choice('The Diffie-Hellman group of the key exchange.', dhGroups, { isOpen: true }),
  }),
  // Up to 2.3 there was one cipher a phase 1 (upgrade_174_to_175).
  name: choice('The name of the cipher.', encryptionAlgorithms, { isOpen: true, until: 18 }),
  keylen: keyLength,
});

const credentials = {
  'pre-shared-key': text('The key that both sides know.'),
  'private-key': value('A private key of its own, in base64; certificates are used instead.', { type: 'base64' }),
  certref: text('The `refid` of this firewall’s certificate.'),
  pkcs11certref: text('The identifier of the certificate on a PKCS#11 token.', { since: 19.2 }),
  pkcs11pin: text('The PIN of the PKCS#11 token.', { since: 19.2 }),
  caref: text('The `refid` of the authority that signed the peer’s certificate.'),
  authentication_method: choice(
    'How the two sides prove who they are.',
    {
      pre_shared_key: 'Mutual PSK',
      cert: 'Mutual Certificate',
      pkcs11: 'Mutual Certificate (PKCS#11)',
      'eap-tls': 'EAP-TLS',
      'eap-radius': 'EAP-RADIUS',
      'eap-mschapv2': 'EAP-MSChapv2',
      hybrid_cert_server: 'Hybrid Certificate + Xauth',
      xauth_cert_server: 'Mutual Certificate + Xauth',
      xauth_psk_server: 'Mutual PSK + Xauth',
      rsasig: 'Mutual RSA',
      hybrid_rsa_server: 'Hybrid RSA + Xauth',
      xauth_rsa_server: 'Mutual RSA + Xauth',
    },
    { isOpen: true, wordsUntil: { rsasig: 19.9, hybrid_rsa_server: 19.9, xauth_rsa_server: 19.9 } },
  ),
} satisfies Record<string, ElementSchema>;

/** What versions before 2.5 read. */
const former = {
  'encryption-algorithm': group(
    'The cipher of the only proposal.',
    {
      name: choice('The name of the cipher.', encryptionAlgorithms, { isOpen: true }),
      keylen: keyLength,
    },
    { until: 18, replacedBy: 'encryption' },
  ),
  'hash-algorithm': choice('The digest of the only proposal.', hashAlgorithms, {
    isOpen: true,
    until: 18,
    replacedBy: 'encryption',
  }),
  dhgroup: choice('The Diffie-Hellman group of the only proposal.', dhGroups, {
    isOpen: true,
    until: 18,
    replacedBy: 'encryption',
  }),
  reauth_enable: flag('Rekeying did not ask the peer again who it is.', { until: 21.4, replacedBy: 'reauth_time' }),
  rekey_enable: flag('The IKE SA was not rekeyed.', { until: 21.4, replacedBy: 'rekey_time' }),
  margintime: integer(
    'Seconds before its end at which the SA was rekeyed.',
    {},
    { until: 21.4, replacedBy: 'rekey_time' },
  ),
  responderonly: flag('The tunnel was never brought up from this side.', { until: 21.7, replacedBy: 'startaction' }),
  dpd_enable: flag('Nothing reads it: that `dpd_delay` is there says that the peer is asked whether it is alive.'),
} satisfies Record<string, ElementSchema>;
