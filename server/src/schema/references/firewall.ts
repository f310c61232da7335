import type { ReferenceSource } from '../references.ts';
import {
  alias,
  gateway,
  gatewayGroup,
  interfaceGroup,
  interfaceKey,
  interfaceNetwork,
  networkWords,
  rulesetInterfaces,
  serviceName,
  vip,
} from './targets.ts';

const leftOut = 'pfSense leaves the rule out';
const noForward = 'pfSense leaves the port forward out';
const noEffect = 'the rule does nothing, or keeps the ruleset from being loaded';
const noMapping = 'pfSense leaves the mapping out';

/** pfSense looks at the ports of these protocols alone (util.inc:get_ipprotocols). */
const withPorts = { child: 'protocol', matches: /^(?:tcp|udp|tcp\/udp|sctp)$/i } as const;

/** Firewall rules, aliases, schedules and shapers. */
export const rulesAndAliases: readonly ReferenceSource[] = [
  {
    items: 'filter/rule',
    title: 'Firewall rule',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      {
        at: 'interface',
        separator: ',',
        targets: [interfaceKey, interfaceGroup],
        words: rulesetInterfaces,
        effect: leftOut,
        isOneOfList: true,
      },
      { at: 'source/address', targets: [alias], effect: leftOut },
      { at: 'destination/address', targets: [alias], effect: leftOut },
      {
        at: 'source/network',
        targets: [interfaceNetwork, interfaceGroup],
        words: networkWords,
        effect: leftOut,
      },
      {
        at: 'destination/network',
        targets: [interfaceNetwork, interfaceGroup],
        words: networkWords,
        effect: leftOut,
      },
      { at: 'source/port', targets: [alias], onlyIf: withPorts, mayBeElse: serviceName, effect: leftOut },
      { at: 'destination/port', targets: [alias], onlyIf: withPorts, mayBeElse: serviceName, effect: leftOut },
      // Of NAT64 rules, from config version 24.1 on.
      { at: 'nat/source', targets: [interfaceNetwork, alias], effect: leftOut },
      {
        at: 'gateway',
        targets: [gateway, gatewayGroup],
        words: ['default'],
        onlyIf: { child: 'type', differs: /^(?:block|reject|match)$/ },
        effect: 'pfSense routes by its table what the rule passes',
      },
      { at: 'sched', targets: [{ kind: 'schedule' }], words: ['none'], effect: 'the rule holds at all times' },
      { at: 'dnpipe', targets: [{ kind: 'limiter' }], words: ['none'], effect: 'nothing is limited' },
      { at: 'pdnpipe', targets: [{ kind: 'limiter' }], words: ['none'], effect: 'nothing is limited' },
      { at: 'defaultqueue', targets: [{ kind: 'queue' }], words: ['none'] },
      { at: 'ackqueue', targets: [{ kind: 'queue' }], words: ['none'] },
      { at: 'associated-rule-id', targets: [{ kind: 'port-forward' }] },
    ],
  },
  {
    items: 'aliases/alias',
    title: 'Alias',
    labels: ['name'],
    slots: [
      // In an alias of hosts, what is no alias is the name of a host (filter.inc:filter_generate_nested_alias_recurse).
      {
        at: 'address',
        separator: ' ',
        targets: [alias],
        onlyIf: { child: 'type', differs: /port/i },
        mayBeElse: /^.*$/,
      },
      {
        at: 'address',
        separator: ' ',
        targets: [alias],
        onlyIf: { child: 'type', matches: /^port$/i },
        mayBeElse: serviceName,
        effect: 'none of its ports is matched',
      },
      // Beside what it fetches, a list may hold another one that is fetched (pfsense-utils.inc:update_alias_url_data).
      { at: 'aliasurl', targets: [alias], mayBeElse: /^.*$/ },
    ],
  },
  {
    items: 'shaper/queue',
    title: 'Traffic shaper',
    labels: ['name'],
    slots: [{ at: 'interface', targets: [interfaceKey] }],
  },
  {
    items: 'dnshaper/queue',
    title: 'Limiter',
    labels: ['name'],
    slots: [
      {
        at: 'bandwidth/item/bwsched',
        targets: [{ kind: 'schedule' }],
        words: ['none'],
        effect: 'pfSense passes over that bandwidth',
      },
    ],
  },
];

/** NAT, gateways and static routes. */
export const natAndRoutes: readonly ReferenceSource[] = [
  {
    items: 'nat/rule',
    title: 'Port forward',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey, interfaceGroup],
        words: rulesetInterfaces,
        effect: noForward,
      },
      { at: 'source/address', targets: [alias], effect: noForward },
      { at: 'destination/address', targets: [alias], effect: noForward },
      {
        at: 'source/network',
        targets: [interfaceNetwork, interfaceGroup],
        words: networkWords,
        effect: noForward,
      },
      {
        at: 'destination/network',
        targets: [interfaceNetwork, interfaceGroup],
        words: networkWords,
        effect: noForward,
      },
      { at: 'source/port', targets: [alias], onlyIf: withPorts, mayBeElse: serviceName },
      { at: 'destination/port', targets: [alias], onlyIf: withPorts, mayBeElse: serviceName },
      { at: 'target', targets: [interfaceNetwork, alias], words: networkWords, effect: noForward },
      { at: 'local-port', targets: [alias], onlyIf: withPorts, mayBeElse: serviceName },
      { at: 'associated-rule-id', targets: [{ kind: 'associated-rule' }], words: ['pass', 'new'] },
    ],
  },
  {
    items: 'nat/outbound/rule',
    title: 'Outbound NAT rule',
    labels: ['descr'],
    offWith: 'disabled',
    section: { path: 'outbound/mode', matches: /^(?:advanced|hybrid)$/ },
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey, interfaceGroup],
        words: rulesetInterfaces,
        effect: leftOut,
      },
      {
        at: 'source/network',
        targets: [interfaceNetwork, alias, interfaceGroup],
        words: networkWords,
        effect: noEffect,
      },
      { at: 'source/address', targets: [alias], effect: noEffect },
      { at: 'sourceport', targets: [alias], mayBeElse: serviceName, effect: noEffect },
      {
        at: 'destination/network',
        targets: [interfaceNetwork, alias, interfaceGroup],
        words: networkWords,
        effect: noEffect,
      },
      { at: 'destination/address', targets: [alias], effect: noEffect },
      { at: 'dstport', targets: [alias], mayBeElse: serviceName, effect: noEffect },
      {
        at: 'target',
        targets: [interfaceNetwork, alias],
        words: [...networkWords, 'other-subnet'],
        effect: "pfSense translates to the interface's own address",
      },
    ],
  },
  {
    items: 'nat/onetoone',
    title: '1:1 NAT mapping',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey, interfaceGroup],
        words: rulesetInterfaces,
        effect: noMapping,
      },
      { at: 'external', targets: [interfaceNetwork] },
      { at: 'source/network', targets: [interfaceNetwork, interfaceGroup], words: networkWords, effect: noMapping },
      { at: 'source/address', targets: [alias] },
      {
        at: 'destination/network',
        targets: [interfaceNetwork, interfaceGroup],
        words: networkWords,
        effect: noMapping,
      },
      { at: 'destination/address', targets: [alias], effect: noMapping },
    ],
  },
  {
    items: 'nat/npt',
    title: 'NPt mapping',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey, interfaceGroup],
        words: rulesetInterfaces,
        effect: noMapping,
      },
      // The interface whose tracked prefix is meant, and a length that pfSense takes no note of: `opt1/64`.
      { at: 'destination/network', separator: '/', targets: [interfaceKey], effect: noMapping },
    ],
  },
  {
    items: 'staticroutes/route',
    title: 'Static route',
    labels: ['network', 'descr'],
    offWith: 'disabled',
    slots: [
      { at: 'network', targets: [alias], effect: 'the route is not set' },
      { at: 'gateway', targets: [gateway], effect: 'the route is not set' },
    ],
  },
  {
    items: 'gateways/gateway_item',
    title: 'Gateway',
    labels: ['name'],
    offWith: 'disabled',
    slots: [{ at: 'interface', targets: [interfaceKey], effect: 'pfSense does not use the gateway' }],
  },
  {
    items: 'gateways/gateway_group',
    title: 'Gateway group',
    labels: ['name'],
    slots: [
      {
        at: 'item',
        field: 0,
        targets: [gateway],
        effect: 'pfSense passes over that member',
      },
      { at: 'item', field: 2, targets: [vip], words: ['address'] },
    ],
  },
  {
    items: 'gateways',
    title: 'The default gateway',
    labels: [],
    slots: [
      {
        at: 'defaultgw4',
        targets: [gateway, gatewayGroup],
        words: ['-'],
        effect: 'pfSense sets no IPv4 default route',
      },
      {
        at: 'defaultgw6',
        targets: [gateway, gatewayGroup],
        words: ['-'],
        effect: 'pfSense sets no IPv6 default route',
      },
    ],
  },
];
