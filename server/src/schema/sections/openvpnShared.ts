import { choice, type ElementSchema, flag, integer, text, value } from '../elementSchema.ts';
import { addressOrAlias } from './shared/ruleValues.ts';
import { ticked } from './shared/ticked.ts';

/**
 * What OpenVPN's servers, clients and overrides have in common (vpn_openvpn_server.php, vpn_openvpn_client.php,
 * vpn_openvpn_csc.php, openvpn.inc).
 */

export const protocols = {
  UDP4: 'UDP on IPv4 only',
  UDP6: 'UDP on IPv6 only',
  TCP4: 'TCP on IPv4 only',
  TCP6: 'TCP on IPv6 only',
  UDP: 'UDP IPv4 and IPv6 on all interfaces (multihome)',
  TCP: 'TCP IPv4 and IPv6 on all interfaces (multihome)',
};

/** Where an instance listens or sends from. */
export const endpoint = {
  protocol: choice('The transport protocol and address family of the tunnel.', protocols, { isOpen: true }),
  dev_mode: choice('Whether the tunnel carries packets or frames.', {
    tun: 'tun - Layer 3 Tunnel Mode',
    tap: 'tap - Layer 2 Tap Mode',
  }),
  interface: choice(
    'The interface, CARP VIP or gateway group whose address the instance uses.',
    { any: 'any', lo0: 'Localhost' },
    { isOpen: true },
  ),
  ipaddr: value('The address of the VIP that the instance uses; empty for the interface’s own.', { type: 'address' }),
} satisfies Record<string, ElementSchema>;

/** The static key that signs or encrypts the control channel. */
export const controlKey = {
  tls: value('The TLS key of the control channel, in base64.', { type: 'base64' }),
  tls_type: choice('What the TLS key is used for.', {
    auth: 'TLS Authentication',
    crypt: 'TLS Encryption and Authentication',
  }),
  tlsauth_keydir: choice(
    'Which halves of the TLS key this side sends and receives with.',
    { default: 'Use default direction', 0: 'Direction 0', 1: 'Direction 1', 2: 'Both directions' },
    { since: 18.1, default: 'default' },
  ),
} satisfies Record<string, ElementSchema>;

export const sharedKey = value('The static key of a shared key tunnel, in base64.', { type: 'base64' });

const cipherNames = {
  'AES-256-GCM': 'AES-256-GCM (256 bit key, 128 bit block)',
  'AES-192-GCM': 'AES-192-GCM (192 bit key, 128 bit block)',
  'AES-128-GCM': 'AES-128-GCM (128 bit key, 128 bit block)',
  'CHACHA20-POLY1305': 'CHACHA20-POLY1305 (256 bit key, stream cipher)',
  'AES-256-CBC': 'AES-256-CBC (256 bit key, 128 bit block)',
  'AES-192-CBC': 'AES-192-CBC (192 bit key, 128 bit block)',
  'AES-128-CBC': 'AES-128-CBC (128 bit key, 128 bit block)',
};

/** The ciphers up to 2.4.5. */
export const formerCiphers = {
  crypto: choice('The cipher of the data channel where none is negotiated.', cipherNames, {
    isOpen: true,
    until: 21.4,
    replacedBy: 'data_ciphers_fallback',
  }),
  'ncp-ciphers': choice('The ciphers that may be negotiated, the preferred first.', cipherNames, {
    isOpen: true,
    separator: ',',
    until: 21.4,
    replacedBy: 'data_ciphers',
  }),
  ncp_enable: choice(
    'Whether the cipher of the data channel is negotiated; 2.7 and later always do.',
    { enabled: 'Enabled', disabled: 'Disabled' },
    { isOpen: true },
  ),
} satisfies Record<string, ElementSchema>;

export const ciphers = {
  data_ciphers: choice('The ciphers that may be negotiated, the preferred first.', cipherNames, {
    isOpen: true,
    separator: ',',
    since: 19.2,
    default: 'AES-256-GCM,AES-128-GCM,CHACHA20-POLY1305',
  }),
  data_ciphers_fallback: choice('The cipher for a peer that does not negotiate one.', cipherNames, {
    isOpen: true,
    since: 19.2,
  }),
} satisfies Record<string, ElementSchema>;

export const digest = choice(
  'The digest that authenticates packets of the data channel, and of the control channel where a TLS key is used.',
  { SHA256: 'SHA256 (256-bit)', SHA512: 'SHA512 (512-bit)', SHA1: 'SHA1 (160-bit)', none: 'None (No Authentication)' },
  { isOpen: true, default: 'SHA256' },
);

export const engine = text('The cryptographic accelerator that versions up to 2.7.2 use.');

export const compression = {
  allow_compression: choice(
    'Whether compressed packets are sent or accepted.',
    {
      asym: 'Decompress incoming, do not compress outgoing (Asymmetric)',
      no: 'Refuse any non-stub compression (Most secure)',
      yes: 'Compress packets',
    },
    { since: 19.2 },
  ),
  compression: choice('The compression method, and how it is announced.', {
    none: 'Disable Compression, retain compression packet framing [compress]',
    stub: 'Enable Compression (stub) [compress stub]',
    'stub-v2': 'Enable Compression (stub v2) [compress stub-v2]',
    lz4: 'LZ4 Compression [compress lz4]',
    'lz4-v2': 'LZ4 Compression v2 [compress lz4-v2]',
    lzo: 'LZO Compression [compress lzo]',
    noadapt: 'Omit Preference, + Disable Adaptive LZO Compression [comp-noadapt]',
    adaptive: 'Adaptive LZO Compression [comp-lzo adaptive]',
    yes: 'LZO Compression [comp-lzo yes]',
    no: 'No LZO Compression [comp-lzo no]',
  }),
} satisfies Record<string, ElementSchema>;

export const topology = choice(
  'How addresses of the tunnel network are given to clients.',
  { subnet: 'Subnet - One IP address per client in a common subnet', net30: 'net30 - Isolated /30 network per client' },
  { default: 'subnet' },
);

export const passTos = ticked('Copies the TOS field of the packets inside to those outside.', 'yes');
export const fastIo = ticked('Sends over UDP without waiting for the socket to be writable.', 'yes');
export const bufferSize = integer('The size of the send and receive buffers in bytes; empty for the system’s own.', {});

export const createGateway = choice(
  'For which address families an assigned interface gets a gateway.',
  { both: 'Both', v4only: 'IPv4 only', v6only: 'IPv6 only' },
  { default: 'both' },
);
export const verbosity = integer(
  'How much is logged: 0 for errors alone, 3 as recommended, up to 11.',
  { max: 11 },
  { default: '1' },
);

/** The DNS, time and name servers that a client is told of. */
export const clientServers = {
  dns_domain: text('The default domain that clients are given.'),
  dns_server1: value('The first DNS server that clients are given.', { type: 'address' }),
  dns_server2: value('The second DNS server that clients are given.', { type: 'address' }),
  dns_server3: value('The third DNS server that clients are given.', { type: 'address' }),
  dns_server4: value('The fourth DNS server that clients are given.', { type: 'address' }),
} satisfies Record<string, ElementSchema>;

export const blockOutsideDns = ticked('Keeps Windows clients from asking DNS servers outside the tunnel.', 'yes');
export const registerDns = ticked('Makes Windows clients register their name and flush their DNS cache.', 'yes');

export const netbios = {
  ntp_server1: value('The first NTP server that clients are given.', { type: 'address' }),
  ntp_server2: value('The second NTP server that clients are given.', { type: 'address' }),
  netbios_enable: ticked('Gives clients NetBIOS settings.', 'yes'),
  netbios_ntype: choice(
    'In which order NetBIOS names are resolved.',
    { 0: 'none', 1: 'b-node', 2: 'p-node', 4: 'm-node', 8: 'h-node' },
    { default: '0' },
  ),
  netbios_scope: text('The NetBIOS scope identifier.'),
  dhcp_nbttype: text('In which order NetBIOS names are resolved.', { until: 23.4, replacedBy: 'netbios_ntype' }),
  dhcp_nbtscope: text('The NetBIOS scope identifier.', { until: 23.4, replacedBy: 'netbios_scope' }),
  wins_server1: value('The first WINS server that clients are given.', { type: 'address' }),
  wins_server2: value('The second WINS server that clients are given.', { type: 'address' }),
  nbdd_server1: value('The first NetBIOS datagram distribution server that clients are given.', { type: 'address' }),
  nbdd_server2: value(
    'The second NetBIOS datagram distribution server that clients are given.',
    { type: 'address' },
    {
      since: 23.4,
    },
  ),
} satisfies Record<string, ElementSchema>;

export const pingAction = choice(
  'What happens when the peer has not answered for so long.',
  {
    ping_restart: 'ping-restart - Restart OpenVPN after timeout',
    ping_exit: 'ping-exit - Exit OpenVPN after timeout',
  },
  { since: 18.1 },
);

/** How a dead peer is noticed; the keys end with `_push` where the value is given to clients too. */
export const pings = {
  ping_method: choice(
    'Whether one setting governs the pings or each is set alone.',
    {
      keepalive: 'keepalive - Use keepalive helper to define ping configuration',
      ping: 'ping - Define ping/ping-exit/ping-restart manually',
    },
    { since: 18.1, default: 'keepalive' },
  ),
  keepalive_interval: integer('Seconds of silence after which a ping is sent.', {}, { since: 18.1, default: '10' }),
  keepalive_timeout: integer(
    'Seconds without an answer after which the tunnel is restarted.',
    {},
    {
      since: 18.1,
      default: '60',
    },
  ),
  ping_seconds: integer('Seconds of silence after which a ping is sent, when set alone.', {}, { since: 18.1 }),
} satisfies Record<string, ElementSchema>;

export const pingActionSeconds = integer('Seconds without an answer before the ping action.', {}, { since: 18.1 });
export const inactiveSeconds = integer(
  'Seconds without traffic after which a client is disconnected; 0 for never.',
  {},
  {
    since: 18.1,
  },
);

export const restartResolver = flag('Set by pfSense so that the DNS resolver is restarted when the tunnel comes up.', {
  since: 22.3,
});

/** Networks as CIDR, or aliases of them. */
export function networks(description: string): ElementSchema {
  return value(description, addressOrAlias, { separator: ',' });
}
