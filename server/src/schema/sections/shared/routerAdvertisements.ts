import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';

const address = { type: 'address', family: 6 } as const;

/** services_radvd.php (services_router_advertisements.php up to 2.7), upgrade_config.inc:upgrade_240_to_241. */
export const routerAdvertisements: Readonly<Record<string, ElementSchema>> = {
  ramode: choice(
    'What routers on the interface tell hosts about addresses.',
    {
      disabled: 'Disabled',
      router: 'Router Only - RA Flags [none], Prefix Flags [router]',
      unmanaged: 'Unmanaged - RA Flags [none], Prefix Flags [onlink, auto, router]',
      managed: 'Managed - RA Flags [managed, other stateful], Prefix Flags [onlink, router]',
      assist: 'Assisted - RA Flags [managed, other stateful], Prefix Flags [onlink, auto, router]',
      stateless_dhcp: 'Stateless DHCP - RA Flags [other stateful], Prefix Flags [onlink, auto, router]',
    },
    { default: 'disabled', docs: 'services/dhcp/ipv6-ra.html' },
  ),
  rapriority: choice(
    'Which router hosts prefer.',
    { low: 'Low', medium: 'Normal', high: 'High' },
    { default: 'medium' },
  ),
  rainterface: text('Where the advertisements come from: the interface or a CARP VIP on it.'),
  ravalidlifetime: integer('Seconds for which a prefix is valid.', { max: 4294967295 }, { default: '86400' }),
  rapreferredlifetime: integer(
    'Seconds for which an address of a prefix is preferred.',
    { max: 4294967295 },
    { default: '14400' },
  ),
  raminrtradvinterval: integer('Seconds between two advertisements at least.', {}),
  ramaxrtradvinterval: integer('Seconds between two advertisements at most.', {}),
  raadvdefaultlifetime: integer('Seconds for which the router is one.', {}),
  ranat64: value(
    'The prefix for NAT64 that hosts are told.',
    { type: 'address', family: 6, prefix: 'optional' },
    { since: 23.5, until: 24.1, replacedBy: 'pref64/prefix' },
  ),
  ranat64_lifetime: integer(
    'Seconds for which the prefix for NAT64 holds.',
    {},
    { since: 23.5, until: 24.1, replacedBy: 'pref64/lifetime' },
  ),
  pref64: group(
    'The prefix for NAT64 that hosts are told.',
    {
      enable: flag('Hosts are told the prefix for NAT64.'),
      lifetime: integer('Seconds for which the prefix for NAT64 holds.', { max: 65528 }),
      prefix: value('The prefix for NAT64, where the well-known one is overridden.', {
        type: 'address',
        family: 6,
        prefix: 'optional',
      }),
    },
    { since: 24.1 },
  ),
  radomainsearchlist: text('Domains that hosts complete names with.', { separator: ';' }),
  radnsserver: value('A DNS server that hosts are told.', address),
  'radvd-dns': choice(
    'Whether hosts are told DNS servers.',
    { enabled: 'Provide DNS configuration via radvd', disabled: 'Provide none' },
    { default: 'enabled', since: 19.9 },
  ),
  rasamednsasdhcp6: flag('Hosts are told the same as clients of DHCPv6.'),
  subnets: group('Prefixes that are advertised beside the interface’s own.', {
    item: value('A prefix.', { type: 'address', family: 6, prefix: 'optional' }),
  }),
};
