import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { portOrService } from './shared/port.ts';

const mode = choice('Whether the server runs.', { server: 'Enabled', off: 'Disabled' }, { isOpen: true });
const protocols = { chap: 'CHAP', 'chap-msv2': 'MS-CHAPv2', pap: 'PAP' };

const l2tp = group(
  'The L2TP server.',
  {
    remoteip: value('The first address given to clients.', { type: 'address' }),
    localip: value('The address of the server inside the tunnel.', { type: 'address' }),
    l2tp_subnet: integer('The prefix length of the clients’ network.', { max: 32 }),
    mode,
    interface: text('The interface that clients call.'),
    n_l2tp_units: integer('How many clients may be connected at a time.', {}),
    radius: group('The RADIUS server that users are looked up in.', {
      server: text('The address of the RADIUS server.'),
      secret: text('The secret of the RADIUS server.'),
      enable: flag('Users are looked up in RADIUS, not in the list here.'),
      accounting: flag('Sessions are reported to the RADIUS server.'),
      radiusissueips: flag('The RADIUS server gives clients their addresses.'),
    }),
    secret: text('The secret of the tunnel.'),
    paporchap: choice('How clients prove who they are.', protocols, { isOpen: true }),
    dns1: text('The first DNS server that clients are given.'),
    dns2: text('The second DNS server that clients are given.'),
    mtu: integer('The MTU of the tunnel.', {}, { since: 19.2 }),
    user: group('A user of the L2TP server.', {
      name: text('The user name.'),
      ip: text('The address that the user’s client is given.'),
      password: text('The password of the user.'),
    }),
  },
  { docs: 'vpn/l2tp/index.html' },
);

function radiusServer(description: string): ElementSchema {
  return group(description, {
    ip: text('The address of the RADIUS server.'),
    secret: text('The secret of the RADIUS server.'),
    secret2: text('The secret of the second RADIUS server.'),
    port: value('The port for authentication.', portOrService),
    acctport: value('The port for accounting.', portOrService),
    enable: flag('The RADIUS server is used.'),
  });
}

const pppoe = group('A PPPoE server.', {
  remoteip: value('The first address given to clients.', { type: 'address' }),
  localip: value('The address of the server.', { type: 'address' }),
  mode,
  interface: text('The interface that clients call.'),
  n_pppoe_units: integer('How many clients may be connected at a time.', {}),
  n_pppoe_maxlogin: integer('How often one user may be connected at a time.', {}),
  pppoe_subnet: integer('The prefix length of the clients’ network.', { max: 32 }),
  paporchap: choice('How clients prove who they are.', protocols, { isOpen: true }),
  descr: text('A note for administrators.'),
  radius: group('The RADIUS servers that users are looked up in.', {
    nasip: text('The address that the server calls itself by.'),
    acct_update: text('Seconds between two reports of a session.'),
    server: radiusServer('The first RADIUS server.'),
    server2: radiusServer('The second RADIUS server.'),
    accounting: flag('Sessions are reported to the RADIUS servers.'),
    radiusissueips: flag('The RADIUS server gives clients their addresses.'),
  }),
  dns1: text('The first DNS server that clients are given.'),
  dns2: text('The second DNS server that clients are given.'),
  pppoeid: integer('The number of the server.', {}),
  username: text('The users: for each its name, its password in base64 and perhaps an address, parted by colons.', {
    separator: ' ',
  }),
});

/** The PPTP server, which went with 2.3, and the connections that pfSense 1.2 had sections of their own for. */
const gone = group(
  'A connection or server of a version before 2.0, kept by files that old.',
  {},
  { until: 18, isOpen: true },
);

/** VPN > L2TP (vpn_l2tp.php, vpn_l2tp_users_edit.php) and Services > PPPoE Server (services_pppoe_edit.php). */
export const dialInServerSections: Readonly<Record<string, ElementSchema>> = {
  l2tp,
  pppoes: group('The PPPoE servers.', { pppoe }),
  pptpd: gone,
  pptp: gone,
  pppoe: gone,
  bigpond: group('A connection of pfSense 1.2, which nothing reads any more.', {}, { isOpen: true }),
};
