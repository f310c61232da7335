import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { created, updated } from './shared/changeRecord.ts';
import { ruleEndpoint } from './shared/ruleEndpoint.ts';
import { ruleLabels } from './shared/ruleLabels.ts';
import { addressOrAlias, networkOrAlias, ports, portsOrAlias } from './shared/ruleValues.ts';
import { protocols } from './shared/ruleWords.ts';
import { separators } from './shared/separators.ts';

const disabled = flag('The rule is not loaded.');
const nosync = flag('The rule is not sent to the secondary.');
const descr = text('What the rule is for.');
/** No form of NAT writes the word that firewall rules have for both: of an outbound rule with it pfSense makes none. */
const family = { inet: 'IPv4', inet6: 'IPv6' };
const natInterface = text('The interface whose traffic is translated.');
/** Each form leaves out some (globals.inc:get_ipprotocols). */
const protocolBut = (...left: readonly string[]) =>
  choice(
    'The protocol above IP; any without it.',
    Object.fromEntries(Object.entries(protocols).filter(([word]) => !left.includes(word))),
    { isOpen: true },
  );

/** firewall_nat_edit.php, firewall_nat.inc. */
const portForward = group(
  'A port forward: traffic to an address of the firewall goes to a host behind it.',
  {
    disabled,
    nordr: flag('Traffic that matches is not redirected.'),
    source: ruleEndpoint('Where the traffic comes from.'),
    destination: ruleEndpoint('The address and port that it is sent to.'),
    ipprotocol: choice('The address family.', family, { default: 'inet', since: 21 }),
    protocol: protocolBut('etherip', 'carp', 'pfsync'),
    target: value('The host that gets it: an address, an alias, or an interface’s own, such as lanip.', addressOrAlias),
    'local-port': value('The first port there, or an alias.', portsOrAlias),
    interface: natInterface,
    descr,
    'associated-rule-id': text('The filter rule that belongs to it; pass lets the traffic through without one.'),
    nosync,
    natreflection: choice(
      'How hosts inside reach it by the address outside.',
      {
        enable: 'Enable (NAT + Proxy)',
        purenat: 'Enable (Pure NAT)',
        disable: 'Disable',
        default: 'Use system default',
      },
      { docs: 'nat/reflection.html' },
    ),
    created,
    updated,
    tracker: text('The number that upgrades once gave the rule.'),
    ...ruleLabels,
  },
  { docs: 'nat/port-forwards.html' },
);

/** Neither end of an outbound rule has a port in it; where the traffic goes was an address before it became a network. */
const outboundNetwork = (since?: number) =>
  value(
    'A network by address, an alias, any, or one that pfSense knows by name, such as lan or (self).',
    networkOrAlias,
    since === undefined ? {} : { since },
  );
const outboundNot = flag('The rule is about every address but these.');

/** firewall_nat_out_edit.php, firewall_nat_out.inc, upgrade_config.inc:upgrade_229_to_230. */
const outboundRule = group('How the source of traffic is translated as it leaves.', {
  source: group('Where the traffic comes from.', { network: outboundNetwork(), not: outboundNot }),
  sourceport: value('The port that it comes from, two, or an alias.', portsOrAlias),
  descr,
  target: value(
    'The address that it leaves with: an interface’s own, such as wanip, a VIP, an alias or a network; empty means the interface’s own.',
    addressOrAlias,
    { words: { 'other-subnet': 'Other Subnet' } },
  ),
  target_subnet: integer('The prefix length of the target, where that is a network.', { max: 128 }, { since: 23 }),
  targetip: value('The network that is the target, where target says other-subnet.', addressOrAlias, {
    until: 23,
    replacedBy: 'target',
  }),
  targetip_subnet: integer(
    'The prefix length of that network.',
    { max: 128 },
    {
      until: 23,
      replacedBy: 'target_subnet',
    },
  ),
  interface: natInterface,
  poolopts: choice('How an address is taken from several.', {
    'round-robin': 'Round Robin',
    'round-robin sticky-address': 'Round Robin with Sticky Address',
    random: 'Random',
    'random sticky-address': 'Random with Sticky Address',
    'source-hash': 'Source hash',
    bitmask: 'Bit mask',
  }),
  source_hash_key: text('The key of the source hash: 0x and 32 hexadecimal digits.'),
  staticnatport: flag('The port stays as it is.'),
  eimnat: flag('The same source keeps the same port, whatever the destination.', { since: 24.1 }),
  disabled,
  nonat: flag('Traffic that matches is not translated.'),
  ipprotocol: choice('The address family; both without it.', family),
  protocol: protocolBut('etherip', 'pim', 'ospf'),
  destination: group('Where the traffic goes.', {
    any: flag('Every address.'),
    network: outboundNetwork(23),
    address: value('A network by address, or an alias.', addressOrAlias, { until: 23, replacedBy: 'network' }),
    not: outboundNot,
  }),
  natport: value('The port that it leaves from, or two; pfSense does not resolve an alias here.', ports),
  dstport: value('The port that it goes to, two, or an alias.', portsOrAlias),
  nosync,
  created,
  updated,
  ...ruleLabels,
});

const outboundModes = {
  automatic: 'Automatic',
  hybrid: 'Hybrid',
  advanced: 'Manual',
  disabled: 'Disable',
};

const outbound = group(
  'Translation of what leaves.',
  {
    mode: choice('Who makes the rules.', outboundModes, { default: 'automatic' }),
    enable: flag('The rules beside are those that count.', {
      until: 10.3,
      replacedBy: 'mode',
    }),
    rule: outboundRule,
  },
  { docs: 'nat/outbound.html' },
);

/** firewall_nat_1to1_edit.php, firewall_nat_1to1.inc. */
const oneToOne = group(
  'An address outside that stands for one inside, both ways.',
  {
    nobinat: flag('Traffic that matches is not translated.'),
    disabled,
    external: value('The first address outside, or an interface’s own, such as wanip.', addressOrAlias),
    descr,
    interface: natInterface,
    ipprotocol: choice('The address family.', family, { since: 21 }),
    source: ruleEndpoint('The address or network inside.'),
    destination: ruleEndpoint('Translate only what goes there.'),
    natreflection: choice(
      'Whether hosts inside reach it by the address outside.',
      { enable: 'Enable', disable: 'Disable', default: 'Use system default' },
      { docs: 'nat/reflection.html' },
    ),
    created,
    updated,
    ...ruleLabels,
  },
  { docs: 'nat/1-1.html' },
);

/** The form writes a slash behind the interface, and a length where it has one (util.inc:pconfig_to_address). */
const trackedNetwork = value('The interface whose tracked prefix is meant, such as opt1.', {
  type: 'either',
  of: [
    ...networkOrAlias.of,
    { type: 'pattern', pattern: '(?:wan|lan|opt\\d+)/\\d{0,3}', is: 'an interface with a slash behind it' },
  ],
});

/** firewall_nat_npt_edit.php, firewall_nat_npt.inc. */
const prefixTranslation = group(
  'An IPv6 prefix outside that stands for one inside.',
  {
    disabled,
    descr,
    interface: natInterface,
    source: ruleEndpoint('The prefix inside.'),
    destination: ruleEndpoint('The prefix outside, or the interface that it is tracked from.', trackedNetwork),
    created,
    updated,
    ...ruleLabels,
  },
  { docs: 'nat/npt.html' },
);

/** Firewall > NAT. */
export const natSections: Readonly<Record<string, ElementSchema>> = {
  nat: group(
    'Translation of addresses and ports.',
    {
      separator: group('The bars between the port forwards.', {}, { keyed: separators, isOpen: true }),
      outbound,
      rule: portForward,
      onetoone: oneToOne,
      npt: prefixTranslation,
      advancedoutbound: group('Translation of what leaves.', () => outbound.children(), {
        until: 10.3,
        replacedBy: 'outbound',
      }),
      ipsecpassthru: group(
        'Help for IPsec clients behind the firewall.',
        { enable: flag('The help is on.') },
        { until: 10.3, replacedBy: 'staticnatport of outbound rules' },
      ),
    },
    { docs: 'nat/index.html' },
  ),
};
