import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { hostOverride } from './shared/dnsOverrides.ts';

const page = { docs: 'services/dns/resolver.html' };

/** services_unbound.php. */
const service: Readonly<Record<string, ElementSchema>> = {
  enable: flag('The resolver is on.'),
  enablessl: flag('Questions are answered over TLS as well.', { since: 18.1 }),
  port: value('The port for questions.', { type: 'port' }, { default: '53' }),
  tlsport: value('The port for questions over TLS.', { type: 'port' }, { default: '853', since: 21.2 }),
  sslport: value('The port for questions over TLS.', { type: 'port' }, { until: 21.2, replacedBy: 'tlsport' }),
  sslcertref: text('The certificate for TLS, by its refid.', { since: 18.1 }),
  strictout: flag('Nothing is asked while the interfaces for it are down.', { since: 22.2 }),
  dnssec: flag('Signatures of answers are checked.'),
  python: flag('A Python module takes part in answering.', { since: 19 }),
  python_order: choice('Whether the Python module works before or after signatures are checked.', {
    pre_validator: 'Pre Validator',
    post_validator: 'Post Validator',
  }),
  python_script: text('The script that the Python module runs.'),
  forwarding: flag('The DNS servers of System > General Setup are asked, not the roots.'),
  forward_tls_upstream: flag('The DNS servers that questions are forwarded to are asked over TLS.'),
  regdhcp: flag('Names of clients of DHCP are answered.'),
  regdhcpstatic: flag('Names of static mappings are answered.'),
  regovpnclients: flag('Names of clients of OpenVPN are answered.'),
  active_interface: text('Where questions are taken: interfaces, VIPs, or all.', {
    separator: ',',
    default: 'all',
  }),
  outgoing_interface: text('From where is asked: interfaces, VIPs, or all.', { separator: ',', default: 'all' }),
  system_domain_local_zone_type: choice(
    'What is answered about names of the own domain that are not known here.',
    {
      deny: 'Deny',
      refuse: 'Refuse',
      static: 'Static',
      transparent: 'Transparent',
      typetransparent: 'Type Transparent',
      redirect: 'Redirect',
      inform: 'Inform',
      inform_deny: 'Inform Deny',
      nodefault: 'No Default',
    },
    { default: 'transparent' },
  ),
  custom_options: value('Lines for the configuration that the form has no field for.', { type: 'base64' }),
};

/** services_unbound_advanced.php. */
const advanced: Readonly<Record<string, ElementSchema>> = {
  hideidentity: flag('Questions for the name of the server are refused.'),
  hideversion: flag('Questions for the version of the server are refused.'),
  'qname-minimisation': flag('Other servers are asked for no more of a name than they need.'),
  'qname-minimisation-strict': flag(
    'Other servers are asked for no more of a name than they need, even where they then answer nothing.',
  ),
  prefetch: flag('Answers in use are fetched again before they run out.'),
  prefetchkey: flag('Keys are fetched as soon as a signature is seen.'),
  dnssecstripped: flag('Answers of a signed zone without signatures are thrown away.'),
  dnsrecordcache: flag('Answers that ran out are given while new ones are fetched.'),
  sock_queue_timeout: integer('Seconds after which a question that waited is dropped.', {}, { since: 23.2 }),
  aggressivensec: flag('Signed proofs that names do not exist serve for others as well.', { since: 20.1 }),
  msgcachesize: integer('Megabytes for answers.', {}, { default: '4' }),
  outgoing_num_tcp: integer('How many servers may be asked over TCP at once.', {}, { default: '10' }),
  incoming_num_tcp: integer('How many clients may ask over TCP at once.', {}, { default: '10' }),
  edns_buffer_size: value(
    'Bytes that an answer over UDP may have.',
    { type: 'integer', min: 0, max: 65535 },
    { words: { auto: 'Automatic based on active interface MTUs' } },
  ),
  num_queries_per_thread: integer('How many questions each thread works on at once.', {}),
  jostle_timeout: integer('Milliseconds after which a slow question makes room for others.', {}, { default: '200' }),
  cache_max_ttl: integer('Seconds that an answer is kept at most.', {}, { default: '86400' }),
  cache_min_ttl: integer('Seconds that an answer is kept at least.', {}, { default: '0' }),
  infra_keep_probing: choice(
    'Whether servers that are down are asked again and again.',
    { enabled: 'Keep probing', disabled: 'Keep probing no longer' },
    { default: 'enabled', since: 22.6 },
  ),
  infra_host_ttl: integer('Seconds that is remembered how fast a server is.', {}, { default: '900' }),
  infra_cache_numhosts: integer('Of how many servers is remembered how fast they are.', {}, { default: '10000' }),
  unwanted_reply_threshold: value(
    'After how many answers that nobody asked for the cache is emptied.',
    { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    { words: { disabled: 'Disabled' }, default: 'disabled' },
  ),
  log_verbosity: integer('How much is logged.', { max: 5 }, { default: '1' }),
  disable_auto_added_access_control: flag('Networks of the firewall may not ask without an access list.'),
  disable_auto_added_host_entries: flag('The firewall’s own name is not answered.'),
  use_caps: flag('Questions mix upper and lower case, and answers have to do the same.'),
  dns64: group(
    'IPv6 addresses are made up for hosts that have none.',
    {
      enable: flag('Hosts without an IPv6 address get one that is made from their IPv4 address.'),
      prefix: value('The prefix of the addresses that are made.', { type: 'address', family: 6, prefix: 'optional' }),
      allow_dns64_for_localhost: flag('Questions of the firewall itself get such addresses as well.', { since: 24.1 }),
    },
    { since: 20.1 },
  ),
  dns64prefix: value(
    'The prefix of the addresses that are made, without its length.',
    { type: 'address', family: 6 },
    { since: 20.1, until: 24.1, replacedBy: 'dns64/prefix' },
  ),
  dns64netbits: integer(
    'The length of the prefix of the addresses that are made.',
    { max: 128 },
    { since: 20.1, until: 24.1, replacedBy: 'dns64/prefix' },
  ),
  stats: flag('Figures are logged.'),
  stats_interval: text('Seconds between two logs of figures.'),
};

/** services_unbound_domainoverride_edit.php. */
const domainOverride = group('A domain that certain servers are asked for.', {
  domain: text('The domain.'),
  ip: text('The server’s address, and its port after @.'),
  descr: text('What the domain is.'),
  tls_hostname: text('The name that the server’s certificate has to carry.', { since: 18.4 }),
  forward_tls_upstream: flag('The server is asked over TLS.'),
});

/** services_unbound_acls.php. */
const accessList = group(
  'Who may ask what.',
  {
    aclid: text('The number of the list.'),
    aclname: text('What the list is called.'),
    aclaction: choice('What the networks of the list may do.', {
      allow: 'Allow',
      deny: 'Deny',
      refuse: 'Refuse',
      'allow snoop': 'Allow Snoop',
      'deny nonlocal': 'Deny Nonlocal',
      'refuse nonlocal': 'Refuse Nonlocal',
    }),
    description: text('What the list is for.'),
    row: group('A network.', {
      acl_network: value('The address of the network.', { type: 'address', prefix: 'optional' }),
      mask: integer('The prefix length of the network.', { max: 128 }),
      description: text('What the network is.'),
    }),
  },
  { docs: 'services/dns/resolver-acls.html' },
);

/** Services > DNS Resolver. */
export const dnsResolverSections: Readonly<Record<string, ElementSchema>> = {
  unbound: group(
    'The DNS resolver.',
    { ...service, ...advanced, hosts: hostOverride, domainoverrides: domainOverride, acls: accessList },
    page,
  ),
};
