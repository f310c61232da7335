import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';

/** VPN > IPsec > Mobile Clients (vpn_ipsec_mobile.php; ipsec.inc). */
export const ipsecMobileClients = group(
  'What mobile clients are given and how their users are known.',
  (): Readonly<Record<string, ElementSchema>> => ({
    enable: flag('Mobile clients may connect.'),
    radiusaccounting: choice(
      'Whether sessions are reported to the RADIUS server.',
      { enabled: 'Enabled', disabled: 'Disabled' },
      { since: 19.2 },
    ),
    radius_groups: text('The RADIUS classes whose users may connect.', { since: 19.2 }),
    user_source: choice(
      'The authentication servers that users are looked up in.',
      { 'Local Database': 'Local Database' },
      {
        isOpen: true,
        separator: ',',
      },
    ),
    group_source: choice(
      'Whether only users of certain groups may connect.',
      { enabled: 'Enabled', disabled: 'Disabled', none: 'none', system: 'system' },
      { isOpen: true },
    ),
    auth_groups: text('The groups whose users may connect.', { separator: ',', since: 19.2 }),
    pool_address: value('The IPv4 network that clients get their addresses from.', { type: 'address' }),
    pool_netbits: integer('The prefix length of that network.', { max: 128 }),
    radius_ip_priority_enable: flag('An address that the RADIUS server gives goes before the network’s.', {
      since: 19.2,
    }),
    pool_address_v6: value('The IPv6 network that clients get their addresses from.', { type: 'address', family: 6 }),
    pool_netbits_v6: integer('The prefix length of that network.', { max: 128 }),
    radius_retransmit_base: text('The factor by which the wait for the RADIUS server grows.', { since: 21.6 }),
    radius_retransmit_timeout: text('Seconds of the first wait for the RADIUS server.', { since: 21.6 }),
    radius_retransmit_tries: text('How often the RADIUS server is asked.', { since: 21.6 }),
    radius_sockets: text('How many questions to the RADIUS server may be open at a time.', { since: 21.6 }),
    net_list: flag('Clients are given a list of the networks they can reach.'),
    net_list6: flag('Clients are given a list of the IPv6 networks they can reach; read by 2.5 alone.', {
      since: 19.2,
    }),
    save_passwd: flag('Clients may save the password.'),
    dns_domain: text('The default domain that clients are given.'),
    dns_split: text('The domains that clients resolve with the tunnel’s DNS servers.', { separator: ' ' }),
    dns_server1: value('The first DNS server that clients are given.', { type: 'address' }),
    dns_server2: value('The second DNS server that clients are given.', { type: 'address' }),
    dns_server3: value('The third DNS server that clients are given.', { type: 'address' }),
    dns_server4: value('The fourth DNS server that clients are given.', { type: 'address' }),
    wins_server1: value('The first WINS server that clients are given.', { type: 'address' }),
    wins_server2: value('The second WINS server that clients are given.', { type: 'address' }),
    pfs_group: text('The Diffie-Hellman group of phase 2 that clients are given.'),
    login_banner: text('The text that clients show at login.'),
  }),
);

/** VPN > IPsec > Pre-Shared Keys (vpn_ipsec_keys_edit.php). */
export const ipsecMobileKey = group('A pre-shared or EAP key of one user.', {
  ident: text('The identifier that the key belongs to; `any` or `allusers` for every one.'),
  type: choice('What the key is for.', { PSK: 'PSK', EAP: 'EAP' }),
  'pre-shared-key': text('The key.'),
  ident_type: choice(
    'How the identifier is meant.',
    {
      none: 'Automatic based on content',
      email: 'E-mail address',
      fqdn: 'Fully qualified domain name',
      userfqdn: 'User fully qualified domain name',
      keyid: 'KeyID tag',
      asn1dn: 'ASN.1 distinguished Name',
    },
    { since: 18.1, isOpen: true },
  ),
  pool_address: text('The network that this user’s client gets its address from.', { since: 18.1 }),
  pool_netbits: integer('The prefix length of that network.', { max: 128 }, { since: 18.1 }),
  dns_address: text('The DNS server that this user’s client is given.', { since: 18.1 }),
});
