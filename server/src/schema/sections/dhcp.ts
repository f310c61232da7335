import { choice, type ElementSchema, flag, group, interfaceKey, text, value } from '../elementSchema.ts';
import {
  addressRange,
  clientUpdates,
  dnsRegistration,
  earlyDnsRegistration,
  keaJson,
  keyAlgorithm,
  leaseTimes,
  numberOptions,
  zoneUpdates,
} from './shared/dhcpOptions.ts';
import { ticked } from './shared/ticked.ts';

const page = { docs: 'services/dhcp/ipv4.html' };
const address = { type: 'address', family: 4 } as const;

const toldToClients: Readonly<Record<string, ElementSchema>> = {
  winsserver: value('A WINS server that clients are told.', address),
  dnsserver: value('A DNS server that clients are told; without one, this node.', address),
  gateway: value('The gateway that clients are told; without one, this node.', address, {
    words: { none: 'No gateway' },
  }),
  domain: text('The domain that clients are told.'),
  domainsearchlist: text('Domains that clients complete names with.', { separator: ';' }),
};

const bootFile = text('The file that a BIOS boots.');
const rootPath = text('The path of the root file system.');

const bootServers: Readonly<Record<string, ElementSchema>> = {
  ntpserver: value('A time server that clients are told.', { type: 'host' }),
  tftp: text('The TFTP server: an address, a name or a URL.'),
  ldap: text('The LDAP server, as a URI.'),
  netboot: flag('Clients may boot over the network.'),
  nextserver: text('The server that clients boot from.'),
  filename: bootFile,
  filename32: text('The file that a 32-bit UEFI boots.'),
  filename64: text('The file that a 64-bit UEFI boots.'),
  filename32arm: text('The file that a 32-bit ARM boots.', { since: 20.1 }),
  filename64arm: text('The file that a 64-bit ARM boots.', { since: 20.1 }),
  uefihttpboot: text('The URL that a UEFI boots from.', { since: 22 }),
  rootpath: rootPath,
};

const macLists: Readonly<Record<string, ElementSchema>> = {
  mac_allow: text('Only clients whose MAC address begins so are served.', { separator: ',' }),
  mac_deny: text('Clients whose MAC address begins so are not served.', { separator: ',' }),
};

const whoIsServed: Readonly<Record<string, ElementSchema>> = {
  ignorebootp: flag('Questions by BOOTP are not answered.'),
  denyunknown: choice('Which clients get an address.', {
    disabled: 'Allow all clients',
    enabled: 'Allow known clients from any interface',
    class: 'Allow known clients from only this interface',
  }),
  ignoreclientuids: flag('Clients are known by MAC address, not by what they call themselves.'),
  nonak: flag('Clients that are turned away get no answer.'),
};

/** services_dhcp_edit.php. */
const staticMapping = group(
  'An address that one client always gets.',
  {
    mac: value('The client’s MAC address.', { type: 'mac' }),
    cid: text('What the client calls itself.'),
    ipaddr: value('The address; without one, the client gets any from the range.', address),
    hostname: text('The name that the client gets.'),
    descr: text('What the mapping is for.'),
    earlydnsregpolicy: earlyDnsRegistration,
    arp_table_static_entry: flag('The pair of addresses is put in the ARP table for good.'),
    filename: bootFile,
    rootpath: rootPath,
    ...leaseTimes,
    ...toldToClients,
    ...zoneUpdates,
    ...bootServers,
    numberoptions: numberOptions,
    custom_kea_config: keaJson,
  },
  page,
);

const pool = group(
  'A further range, with settings of its own.',
  {
    descr: text('What the range is for.'),
    range: addressRange('The addresses that are given out.', 4),
    failover_peerip: value('The peer’s address on this interface; ISC only.', address),
    ...leaseTimes,
    netmask: text('The prefix length that clients are told.'),
    ...toldToClients,
    ...whoIsServed,
    ...zoneUpdates,
    ...macLists,
    disablepingcheck: flag('An address is given out without a ping to it first.'),
    ddnsclientupdates: clientUpdates,
    ...bootServers,
    statsgraph: flag('Leases are counted for graphs.'),
    numberoptions: numberOptions,
    custom_kea_config: keaJson,
    staticmap: staticMapping,
  },
  page,
);

/** services_dhcp.php; options without a field are read by services.inc:services_dhcpdv4_configure alone. */
const server = group(
  'The DHCP server of one interface.',
  {
    range: addressRange('The addresses that are given out.', 4),
    enable: flag('The server is on.'),
    staticarp: flag('Only clients with a static mapping are talked to at all.'),
    failover_peerip: value('The peer’s address on this interface; ISC only.', address, {
      docs: 'highavailability/settings.html',
    }),
    dhcpleaseinlocaltime: ticked('Leases are shown in local time.', 'yes'),
    dnsregpolicy: dnsRegistration,
    earlydnsregpolicy: earlyDnsRegistration,
    descr: text('What the range is for.'),
    ...leaseTimes,
    netmask: text('The prefix length that clients are told.'),
    ...toldToClients,
    ...whoIsServed,
    ...zoneUpdates,
    ...macLists,
    disablepingcheck: flag('An address is given out without a ping to it first.'),
    ddnsclientupdates: clientUpdates,
    ...bootServers,
    statsgraph: flag('Leases are counted for graphs.'),
    numberoptions: numberOptions,
    omapi_port: value('The port at which the server takes orders.', { type: 'port' }, { since: 19.7 }),
    omapi_key: text('The key for orders to the server.', { since: 19.7 }),
    omapi_key_algorithm: keyAlgorithm('The algorithm of the key for orders to the server.', { since: 19.7 }),
    custom_kea_config: keaJson,
    pool,
    staticmap: staticMapping,
    alwaysbroadcast: flag('Answers are always broadcast.'),
    disableauthoritative: flag('The server leaves leases alone that it does not know.'),
  },
  page,
);

/** Services > DHCP Server. */
export const dhcpSections: Readonly<Record<string, ElementSchema>> = {
  dhcpd: group(
    'The DHCP servers, interface by interface.',
    {},
    {
      keyed: { pattern: interfaceKey, of: server },
      ...page,
    },
  ),
};
