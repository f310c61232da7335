import { type ElementSchema, flag, group, integer, interfaceKey, text, value } from '../../elementSchema.ts';
import { dhcp6Client } from './dhcp6Client.ts';
import { dhcpAlias, dhcpClient } from './dhcpClient.ts';
import { wireless } from './wireless.ts';

const prefixLength = (description: string, max: 32 | 128): ElementSchema => integer(description, { max });

/** What was kept on the interface until dial-up links got a section of their own (upgrade_063_to_064). */
const dialUp = { until: 6.4, replacedBy: 'ppps/ppp' };

const beforePpps: Readonly<Record<string, ElementSchema>> = {
  pppoe_password: text('The password of a PPPoE link.', dialUp),
  pppoe_username: text('The user name of a PPPoE link.', dialUp),
  pptp_username: text('The user name of a PPTP link.', dialUp),
  pptp_password: text('The password of a PPTP link.', dialUp),
  l2tp_secret: text('The secret of an L2TP link.', dialUp),
  provider: text('The service name of a PPPoE link.', dialUp),
  hostuniq: text('The Host-Uniq tag of a PPPoE link.', dialUp),
  ondemand: flag('A dial-up link is dialled when there is traffic.', dialUp),
  timeout: text('Seconds without traffic after which a dial-up link is closed.', dialUp),
  local: text('The local address of a PPTP link.', dialUp),
  remote: text('The remote address of a PPTP link.', dialUp),
  pppoe: group('When a PPPoE link was dialled anew.', { 'pppoe-reset-type': text('How the times are given.') }, dialUp),
};

/** Interfaces > (one): interfaces.php; interfaces_assign.php writes `if`, `descr` and `enable` of a new one. */
const assignedInterface = group(
  'A network port of the firewall and what it is set to.',
  {
    enable: flag('The interface is in use.'),
    if: text('The network port: a card, VLAN, LAGG, bridge, tunnel or dial-up link, such as igb0 or igb0.10.'),
    descr: text('The name by which the web interface speaks of the interface.'),
    ...dhcpAlias,
    blockpriv: flag('Traffic from private addresses is blocked.'),
    blockbogons: flag('Traffic from addresses that nobody has been given is blocked.'),
    spoofmac: value('The MAC address that the port takes instead of its own.', { type: 'mac' }),
    mtu: integer('The largest packet, in bytes; absent for what the port has by itself, mostly 1500.', {
      min: 576,
      max: 65_535,
    }),
    mss: integer('What the MSS of TCP connections is lowered to, with 40 (IPv4) or 60 (IPv6) bytes taken off.', {
      min: 576,
      max: 65_535,
    }),
    media: text('The speed of the port, as ifconfig names it.'),
    mediaopt: text('The duplex mode of the port, as ifconfig names it.'),
    wireless,
    ipaddr: value(
      'The IPv4 address, or how it is obtained; absent for none.',
      { type: 'address', family: 4 },
      { words: { dhcp: 'DHCP', pppoe: 'PPPoE', ppp: 'PPP', pptp: 'PPTP', l2tp: 'L2TP' } },
    ),
    subnet: prefixLength('The prefix length of the IPv4 address.', 32),
    gateway: text('The upstream IPv4 gateway, which makes the interface one towards the Internet.'),
    ...dhcpClient,
    ipaddrv6: value(
      'The IPv6 address, or how it is obtained; absent for none.',
      { type: 'address', family: 6 },
      {
        words: {
          dhcp6: 'DHCP6',
          slaac: 'SLAAC',
          '6rd': '6rd Tunnel',
          '6to4': '6to4 Tunnel',
          track6: 'Track Interface',
        },
      },
    ),
    subnetv6: prefixLength('The prefix length of the IPv6 address.', 128),
    ipv6usev4iface: flag('IPv6 runs over the link that carries IPv4, such as PPPoE.'),
    gatewayv6: text('The upstream IPv6 gateway, which makes the interface one towards the Internet.'),
    slaacusev4iface: flag('SLAAC runs over the link that carries IPv4, such as PPPoE.', { since: 20.1 }),
    ...dhcp6Client,
    'prefix-6rd': text('The IPv6 prefix of the provider for 6rd.'),
    'prefix-6rd-v4plen': prefixLength(
      'How many leading bits of the IPv4 address 6rd leaves out; 0 puts the whole address into the prefix.',
      32,
    ),
    'gateway-6rd': value('The IPv4 address of the border relay for 6rd.', { type: 'host' }),
    'track6-interface': text('The interface whose delegated prefix this interface takes a subnet of.'),
    'track6-prefix-id': integer(
      'Which of the subnets, in decimal; the web interface shows it in hexadecimal.',
      {},
      {
        default: '0',
      },
    ),
    ...beforePpps,
    use_rrd_gateway: text('The address whose quality was recorded.', {
      until: 4.3,
      replacedBy: 'gateways/gateway_item/monitor',
    }),
    schedulertype: text('The scheduler of the traffic shaper.', { until: 1.5 }),
    bandwidth: text('What a traffic shaper of old releases took for the speed of the interface.', { until: 8 }),
    bandwidthtype: text('The unit of that speed.', { until: 8 }),
    disableftpproxy: flag('The FTP proxy of old releases was off.', { until: 8 }),
  },
  { docs: 'interfaces/configure.html' },
);

export const interfacesSections: Readonly<Record<string, ElementSchema>> = {
  interfaces: group('The assigned interfaces, by their keys.', () => ({}), {
    keyed: { pattern: interfaceKey, of: assignedInterface },
    docs: 'config/interface-configuration.html',
  }),
};
