import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { created, updated } from './shared/changeRecord.ts';
import { ruleEndpoint } from './shared/ruleEndpoint.ts';
import { ruleLabels } from './shared/ruleLabels.ts';
import { addressOrAlias } from './shared/ruleValues.ts';
import { protocols, vlanPriorities } from './shared/ruleWords.ts';
import { separators } from './shared/separators.ts';

const matching: Readonly<Record<string, ElementSchema>> = {
  id: text('A number that forms of old versions gave the rule.'),
  tracker: value('The number by which logs and states know the rule.', {
    type: 'integer',
    min: 0,
    max: 4294967295,
  }),
  type: choice(
    'What happens to traffic that the rule matches.',
    { pass: 'Pass', block: 'Block', reject: 'Reject', match: 'Match' },
    { default: 'pass' },
  ),
  interface: text(
    'Where the traffic comes in: an interface, a group, or a server such as openvpn; a floating rule may name several, or any.',
    { separator: ',' },
  ),
  ipprotocol: choice('The address family.', { inet: 'IPv4', inet6: 'IPv6', inet46: 'IPv4+IPv6' }, { default: 'inet' }),
  nat: group(
    'Translation between IPv6 and IPv4 of what the rule passes.',
    {
      enable: flag('The traffic is translated.'),
      source: value(
        'The IPv4 address that it leaves with: an address, a network, an alias or an interface’s own, such as wanip.',
        addressOrAlias,
      ),
    },
    { since: 23.5 },
  ),
  tcpflags_any: flag('Any combination of TCP flags matches.'),
  tcpflags2: text('The TCP flags that are looked at.', {
    separator: ',',
    docs: 'firewall/configure.html',
  }),
  tcpflags1: text('The TCP flags that have to be set, of those that are looked at.', { separator: ',' }),
  tag: text('A mark that the packet gets, for other rules to match.'),
  tagged: text('The mark of an earlier rule that the packet has to carry.'),
  direction: choice('Which way a floating rule looks.', { any: 'any', in: 'in', out: 'out' }),
  quick: flag('A floating rule that matches decides at once; without it the last that matches does.'),
  floating: choice(
    'The rule is a floating one.',
    { yes: 'Floating' },
    { isOpen: true, docs: 'firewall/floating-rules.html' },
  ),
};

const states: Readonly<Record<string, ElementSchema>> = {
  allowopts: flag('Packets with IP options pass as well.'),
  disablereplyto: flag('Replies are routed as any packet is, not back to where the request came from.'),
  nottagged: flag('The rule is about packets that do not carry the mark.', { since: 20.1 }),
  max: integer('How many states the rule may make.', {}),
  'max-src-nodes': integer('From how many hosts at once.', {}),
  'max-src-conn': integer('How many connections one host may have.', {}),
  'max-src-states': integer('How many states one host may have.', {}),
  statetimeout: integer('Seconds until an idle state of this rule ends.', {}),
  statepolicy: choice(
    'Whether a state holds for the interface on which it was made, or for all.',
    { 'if-bound': 'Interface Bound States', floating: 'Floating States' },
    { since: 23.4 },
  ),
  statetype: choice(
    'What pf remembers of a connection.',
    {
      'keep state': 'Keep',
      'sloppy state': 'Sloppy',
      'synproxy state': 'Synproxy',
      'modulate state': 'Modulate (deprecated)',
      none: 'None',
    },
    { default: 'keep state' },
  ),
  os: text('The operating system that the sender seems to run; TCP only.'),
  nopfsync: flag('States of this rule are not sent to the peer by pfsync.'),
  nosync: flag('The rule is not sent to the secondary.'),
  'max-src-conn-rate': integer('How many connections one host may open in the seconds given beside.', {}),
  'max-src-conn-rates': integer('In how many seconds one host may open that many connections.', {}),
  'source-track': text('How hosts are counted; only files of very old versions have it.'),
};

const ends: Readonly<Record<string, ElementSchema>> = {
  protocol: choice('The protocol above IP; any without it.', protocols, { isOpen: true }),
  icmptype: text('The kinds of ICMP message, by pf’s names, such as echoreq.', { separator: ',' }),
  source: ruleEndpoint('Where the traffic comes from.'),
  destination: ruleEndpoint('Where the traffic goes.'),
  disabled: flag('The rule is not loaded.'),
  dscp: text('The code point that the packet has to carry.'),
  log: flag('Packets that the rule decides on are logged.'),
  descr: text('What the rule is for.'),
};

const treatment: Readonly<Record<string, ElementSchema>> = {
  gateway: text('The gateway or group that the traffic leaves by, instead of what the routing table says.'),
  defaultqueue: text('The queue of the traffic shaper.'),
  ackqueue: text('The queue for acknowledgements without content.'),
  dnpipe: text('The limiter for what comes in.'),
  pdnpipe: text('The limiter for what goes out.'),
  l7container: text('The layer 7 rules that the traffic went through.', { until: 13.6 }),
  sched: text('The schedule in whose times the rule holds.', { docs: 'firewall/time-based-rules.html' }),
  vlanprio: choice('The 802.1p priority that the packet has to carry.', vlanPriorities),
  vlanprioset: choice('The 802.1p priority that the packet gets.', vlanPriorities),
  'associated-rule-id': text('Ties the rule to the port forward that made it.'),
  created,
  updated,
  ...ruleLabels,
};

/** Firewall > Rules: firewall_rules_edit.php, firewall_rules.php, easyrule.inc, filter.inc:filter_generate_user_rule. */
export const filterSections: Readonly<Record<string, ElementSchema>> = {
  filter: group(
    'The rules that say what traffic passes.',
    {
      rule: group(
        'One rule; the first of its list that matches decides.',
        { ...matching, ...states, ...ends, ...treatment },
        { docs: 'firewall/configure.html' },
      ),
      separator: group(
        'The bars between the rules, list by list.',
        {},
        {
          keyed: {
            pattern: '[a-z0-9_]+',
            of: group('The bars of one list: an interface, a group, or floatingrules.', {}, { keyed: separators }),
          },
        },
      ),
      bypassstaticroutes: flag('Traffic between networks behind the same interface is not looked at.'),
    },
    { docs: 'firewall/index.html' },
  ),
};
