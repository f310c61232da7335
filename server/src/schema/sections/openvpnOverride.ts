import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import {
  blockOutsideDns,
  clientServers,
  inactiveSeconds,
  netbios,
  networks,
  pingAction,
  pingActionSeconds,
  registerDns,
  restartResolver,
} from './openvpnShared.ts';
import { addressOrAlias } from './shared/ruleValues.ts';
import { ticked } from './shared/ticked.ts';

/** VPN > OpenVPN > Client Specific Overrides (vpn_openvpn_csc.php; openvpn.inc). */
export const openvpnOverride = group(
  'Settings of a server for one client, known by the common name of its certificate or its user name.',
  (): Readonly<Record<string, ElementSchema>> => ({
    push_reset: text(
      'The client is given none of the server’s own options. Up to 2.7.2 the text `yes` says so, later the element alone.',
    ),
    remove_options: choice('Which of the server’s options the client is told to drop.', removable, {
      separator: ',',
      since: 23.4,
    }),
    keep_minimal: flag('Topology and gateway are still given when options are reset or removed.', { since: 23.4 }),
    remove_route: ticked('The client is told to drop the server’s routes.', 'yes', {
      since: 19.2,
      until: 23.4,
      replacedBy: 'remove_options',
    }),
    server_list: text('The `vpnid` of each server that the override is for; empty for all.', { separator: ',' }),
    custom_options: text('Further options for this client, one a line or parted by semicolons.'),
    disable: flag('The override is switched off.'),
    common_name: text('The common name of the client’s certificate, or its user name.'),
    block: ticked('The client may not connect.', 'yes'),
    description: text('A note for administrators.'),
    tunnel_network: value(
      'The IPv4 address that the client gets, with the prefix length of the tunnel network, or an alias of one.',
      addressOrAlias,
    ),
    tunnel_networkv6: value(
      'The IPv6 address that the client gets, with its prefix length, or an alias of one.',
      addressOrAlias,
    ),
    gateway: value('The IPv4 gateway that the client is given.', { type: 'address', family: 4 }, { since: 23.4 }),
    gateway6: value('The IPv6 gateway that the client is given.', { type: 'address', family: 6 }, { since: 23.4 }),
    gwredir: ticked('The client sends all its IPv4 traffic through the tunnel.', 'yes'),
    local_network: networks('The IPv4 networks that the client is given routes to.'),
    gwredir6: ticked('The client sends all its IPv6 traffic through the tunnel.', 'yes'),
    local_networkv6: networks('The IPv6 networks that the client is given routes to.'),
    remote_network: networks('The IPv4 networks behind the client.'),
    remote_networkv6: networks('The IPv6 networks behind the client.'),
    inactive_seconds: inactiveSeconds,
    ping_seconds: integer('Seconds of silence after which the client sends a ping.', {}),
    ping_action: pingAction,
    ping_action_seconds: pingActionSeconds,
    ...clientServers,
    push_blockoutsidedns: blockOutsideDns,
    push_register_dns: registerDns,
    ...netbios,
    unbound_restart: restartResolver,
  }),
  { docs: 'vpn/openvpn/configure.html' },
);

const removable = {
  remove_route: 'Local Routes & Gateways',
  remove_iroute: 'Remote Routes',
  remove_redirect_gateway: 'Redirect Gateways',
  remove_inactive: 'Inactivity Timeout',
  remove_ping: 'Client Ping',
  remove_ping_action: 'Ping Action',
  remove_dnsdomain: 'DNS Domains',
  remove_dnsservers: 'DNS Servers',
  remove_blockoutsidedns: 'Block Outside DNS',
  remove_ntpservers: 'NTP Options',
  remove_netbios_ntype: 'NetBIOS Type',
  remove_netbios_scope: 'NetBIOS Scope',
  remove_wins: 'WINS Options',
};
