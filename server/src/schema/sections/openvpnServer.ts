import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import {
  blockOutsideDns,
  bufferSize,
  ciphers,
  clientServers,
  compression,
  controlKey,
  createGateway,
  digest,
  endpoint,
  engine,
  fastIo,
  formerCiphers,
  inactiveSeconds,
  netbios,
  networks,
  passTos,
  pingAction,
  pingActionSeconds,
  pings,
  registerDns,
  restartResolver,
  sharedKey,
  topology,
  verbosity,
} from './openvpnShared.ts';
import { portOrService } from './shared/port.ts';
import { addressOrAlias } from './shared/ruleValues.ts';
import { ticked } from './shared/ticked.ts';

/** VPN > OpenVPN > Servers (vpn_openvpn_server.php; openvpn.inc). */
export const openvpnServer = group(
  'An OpenVPN server.',
  (): Readonly<Record<string, ElementSchema>> => ({
    vpnid: integer(
      'The number of the instance, which no other server or client has; its device is `ovpns` and this number.',
      {},
    ),
    disable: flag('The server is switched off.'),
    mode: choice('What the server is for and how its clients prove who they are.', {
      p2p_tls: 'Peer to Peer ( SSL/TLS )',
      p2p_shared_key: 'Peer to Peer ( Shared Key )',
      server_tls: 'Remote Access ( SSL/TLS )',
      server_user: 'Remote Access ( User Auth )',
      server_tls_user: 'Remote Access ( SSL/TLS + User Auth )',
    }),
    authmode: choice(
      'The authentication servers that users are looked up in, in this order.',
      { 'Local Database': 'Local Database' },
      {
        isOpen: true,
        separator: ',',
      },
    ),
    ...endpoint,
    local_port: value('The port that the server listens on.', portOrService),
    description: text('A note for administrators.'),
    custom_options: text('Further options, one a line or parted by semicolons, for the server’s configuration file.'),
    ...controlKey,
    ...certificates,
    shared_key: sharedKey,
    crypto: formerCiphers.crypto,
    digest,
    engine,
    ...tunnelNetworks,
    maxclients: integer('How many clients may be connected at a time.', {}),
    connlimit: integer('How many connections one user may have at a time.', {}, { since: 21.8 }),
    ...compression,
    compression_push: ticked('Clients are told to compress in the same way.', 'yes'),
    passtos: passTos,
    client2client: ticked('Clients may reach one another without passing the firewall rules.', 'yes'),
    dynamic_ip: ticked('Clients may keep their connection when their address changes.', 'yes'),
    topology,
    ...bridging,
    ...clientServers,
    push_blockoutsidedns: blockOutsideDns,
    username_as_common_name: choice(
      'Whether the user name stands in for the common name of the client’s certificate.',
      { enabled: 'Enabled', disabled: 'Disabled' },
      { since: 19.1, default: 'enabled' },
    ),
    udp_fast_io: fastIo,
    exit_notify: choice(
      'What clients are told to do when the server stops.',
      {
        none: 'Disabled',
        1: 'Reconnect to this server / Retry once',
        2: 'Reconnect to next server / Retry twice',
      },
      { since: 19.1, isOpen: true },
    ),
    sndrcvbuf: bufferSize,
    push_register_dns: registerDns,
    ...netbios,
    create_gw: createGateway,
    verbosity_level: verbosity,
    duplicate_cn: flag('Several clients may use the same common name at a time.'),
    ...ciphers,
    'ncp-ciphers': formerCiphers['ncp-ciphers'],
    ncp_enable: formerCiphers.ncp_enable,
    ...pings,
    ping_push: ticked('Clients are given the interval of the pings.', 'yes', { since: 18.1 }),
    ping_action: pingAction,
    ping_action_seconds: pingActionSeconds,
    ping_action_push: ticked('Clients are given the ping action.', 'yes', { since: 18.1 }),
    inactive_seconds: inactiveSeconds,
    unbound_restart: restartResolver,
    ...former,
  }),
  { docs: 'vpn/openvpn/configure.html' },
);

const certificates = {
  caref: text('The `refid` of the authority that signs the peers’ certificates.'),
  crlref: text('The `refid` of the revocation list that the peers’ certificates are held against.'),
  ocspcheck: ticked('The peers’ certificates are verified with OCSP.', 'yes', { since: 19.2 }),
  ocspurl: text('The URL of the OCSP responder.', { since: 19.2 }),
  certref: text('The `refid` of the server’s certificate.'),
  dh_length: choice(
    'The size of the Diffie-Hellman parameters.',
    { 2048: '2048 bit', 3072: '3072 bit', 4096: '4096 bit', 8192: '8192 bit', none: 'ECDH Only' },
    { isOpen: true },
  ),
  ecdh_curve: choice('The elliptic curve of the key exchange.', { none: 'Use Default' }, { isOpen: true }),
  cert_depth: integer(
    'How many certificates a chain may hold; empty to accept a chain of any length.',
    {},
    { default: '1' },
  ),
  strictusercn: ticked('The user name must match the common name of the client’s certificate.', 'yes'),
  remote_cert_tls: flag('Only hosts with a certificate made for clients may connect.', { since: 21.8 }),
} satisfies Record<string, ElementSchema>;

const tunnelNetworks = {
  tunnel_network: value('The IPv4 network of the tunnel, as CIDR or an alias of one.', addressOrAlias),
  tunnel_networkv6: value('The IPv6 network of the tunnel, as CIDR or an alias of one.', addressOrAlias),
  remote_network: networks('The IPv4 networks behind the peer.'),
  remote_networkv6: networks('The IPv6 networks behind the peer.'),
  gwredir: ticked('Clients send all their IPv4 traffic through the tunnel.', 'yes'),
  gwredir6: ticked('Clients send all their IPv6 traffic through the tunnel.', 'yes'),
  local_network: networks('The IPv4 networks that clients are given routes to.'),
  local_networkv6: networks('The IPv6 networks that clients are given routes to.'),
  tunnel_networkv6_type: choice(
    'Where the IPv6 network of the tunnel comes from.',
    { none: 'None', static: 'Static', track6: 'Track Interface' },
    { since: 24, isOpen: true },
  ),
  tunnel_track6_interface: text('The interface whose delegated prefix the tunnel takes its IPv6 network from.', {
    since: 24,
  }),
  tunnel_track6_prefix_id: value(
    'Which part of the delegated prefix the tunnel takes.',
    { type: 'hexadecimal', digits: 16 },
    {
      since: 24,
    },
  ),
} satisfies Record<string, ElementSchema>;

const bridging = {
  serverbridge_dhcp: ticked('Clients of a tap server get their addresses from the bridged network.', 'yes'),
  serverbridge_interface: choice('The interface that a tap server is bridged to.', { none: 'none' }, { isOpen: true }),
  serverbridge_routegateway: ticked('Clients are given the bridge’s address as their gateway.', 'yes'),
  serverbridge_dhcp_start: value('The first address given to clients of the bridge.', { type: 'address', family: 4 }),
  serverbridge_dhcp_end: value('The last address given to clients of the bridge.', { type: 'address', family: 4 }),
} satisfies Record<string, ElementSchema>;

/** What versions before 18 read; the upgrade leaves most of it where it stands. */
const former = {
  pool_enable: ticked(
    'Clients of versions before 2.3 got addresses of the tunnel network; nothing reads it any more.',
    'yes',
  ),
  topology_subnet: ticked('Each client had one address in a common subnet.', 'yes', {
    until: 18,
    replacedBy: 'topology',
  }),
  no_tun_ipv6: ticked('The tunnel device carried no IPv6; nothing reads it any more.', 'yes'),
} satisfies Record<string, ElementSchema>;
