import { choice, type ElementSchema, flag, group, integer, interfaceKey, text, value } from '../elementSchema.ts';
import {
  addressRange,
  clientUpdates,
  dnsRegistration,
  earlyDnsRegistration,
  keaJson,
  leaseTimes,
  numberOptions,
  reverseZoneUpdates,
  zoneUpdates,
} from './shared/dhcpOptions.ts';
import { routerAdvertisements } from './shared/routerAdvertisements.ts';
import { ticked } from './shared/ticked.ts';

const page = { docs: 'services/dhcp/ipv6.html' };
const address = { type: 'address', family: 6 } as const;

const toldToClients: Readonly<Record<string, ElementSchema>> = {
  netmask: text('The prefix length that clients are told.'),
  dnsserver: value('A DNS server that clients are told; without one, this node.', address),
  'dhcp6c-dns': choice(
    'Whether clients are told DNS servers.',
    { enabled: 'Provide DNS servers to DHCPv6 clients', disabled: 'Provide none' },
    { since: 19.9 },
  ),
  domain: text('The domain that clients are told.'),
  domainsearchlist: text('Domains that clients complete names with.', { separator: ';' }),
  ...zoneUpdates,
  ddnsreverse: reverseZoneUpdates,
  ddnsclientupdates: clientUpdates,
  ntpserver: value('A time server that clients are told.', { type: 'host' }),
  tftp: text('The TFTP server: an address, a name or a URL.'),
  ldap: text('The LDAP server, as a URI.'),
  netboot: flag('Clients may boot over the network.'),
  bootfile_url: text('The URL that clients boot from.'),
};

const delegatedPrefixes: Readonly<Record<string, ElementSchema>> = {
  pdprefix: value(
    'The prefix from which smaller ones are delegated; Kea only.',
    {
      type: 'address',
      family: 6,
      prefix: 'optional',
    },
    { since: 23.4 },
  ),
  pdprefixlen: integer(
    'The length of the prefix from which smaller ones are delegated.',
    { max: 128 },
    { since: 23.4 },
  ),
  pddellen: integer('The length of what is delegated.', { max: 128 }, { since: 23.4 }),
};

const prefixRange = group('The prefixes that are delegated.', {
  from: value('The first prefix.', address),
  to: value('The last prefix.', address),
  prefixlength: integer('The length of the prefixes that are delegated.', { max: 128 }),
});

const knownClients = choice('Which clients get an address.', {
  disabled: 'Allow all clients',
  enabled: 'Allow known clients from any interface',
  class: 'Allow known clients from only this interface',
});

/** services_dhcpv6_edit.php. */
const staticMapping = group(
  'An address that one client always gets.',
  {
    duid: text('The client’s DUID.'),
    ipaddrv6: value('The address that the client gets.', address),
    hostname: text('The name that the client gets.'),
    descr: text('What the mapping is for.'),
    earlydnsregpolicy: earlyDnsRegistration,
    filename: text('The file that the client boots.'),
    rootpath: text('The path of the root file system.'),
    pdprefix: value(
      'The prefix that is delegated to the client; Kea only.',
      { type: 'address', family: 6, prefix: 'optional' },
      { since: 23.4 },
    ),
    custom_kea_config: keaJson,
    domainsearchlist: text('Domains that the client completes names with.', { separator: ';' }),
    numberoptions: numberOptions,
    ...zoneUpdates,
  },
  page,
);

const pool = group(
  'A further range, with settings of its own.',
  {
    ...delegatedPrefixes,
    descr: text('What the range is for.'),
    denyunknown: knownClients,
    range: addressRange('The addresses that are given out.', 6),
    prefixrange: prefixRange,
    ...leaseTimes,
    ...toldToClients,
    numberoptions: numberOptions,
    custom_kea_config: keaJson,
  },
  { ...page, since: 23.3 },
);

/** services_dhcpv6.php; options without a field are read by services.inc:services_dhcpdv6_configure alone. */
const server = group(
  'The DHCPv6 server and the router advertisements of one interface.',
  {
    range: addressRange('The addresses that are given out.', 6),
    ...delegatedPrefixes,
    enable: flag('The server is on.'),
    dnsregpolicy: dnsRegistration,
    earlydnsregpolicy: earlyDnsRegistration,
    descr: text('What the range is for.'),
    denyunknown: knownClients,
    prefixrange: prefixRange,
    ...leaseTimes,
    ...toldToClients,
    dhcpv6leaseinlocaltime: ticked('Leases are shown in local time.', 'yes'),
    numberoptions: numberOptions,
    custom_kea_config: keaJson,
    ...routerAdvertisements,
    pool,
    staticmap: staticMapping,
    mode: text('What ramode was called once; read where ramode is absent.'),
    dns6ip: text('The DNS server of a tracked prefix, reckoned as the server starts.'),
    alwaysbroadcast: flag('Answers are always broadcast.'),
    disableauthoritative: flag('The server leaves leases alone that it does not know.'),
  },
  page,
);

/** Services > DHCPv6 Server and Services > Router Advertisement. */
export const dhcpv6Sections: Readonly<Record<string, ElementSchema>> = {
  dhcpdv6: group(
    'The DHCPv6 servers and router advertisements, interface by interface.',
    {},
    {
      keyed: { pattern: interfaceKey, of: server },
      ...page,
    },
  ),
};
