import type { ReferenceSource } from '../references.ts';
import { gateway, interfaceKey, listenInterface, listenWords, vip } from './targets.ts';

/** What is built of interfaces, or on them. */
export const interfaceUsers: readonly ReferenceSource[] = [
  {
    items: 'interfaces/*',
    title: 'Interface',
    labels: ['descr'],
    offWithout: 'enable',
    slots: [
      {
        at: 'gateway',
        targets: [gateway],
        words: ['none'],
        onlyIf: { child: 'ipaddr', matches: /^[\d.]+$/ },
        effect: 'the interface has no IPv4 gateway',
      },
      {
        at: 'gatewayv6',
        targets: [gateway],
        words: ['none'],
        onlyIf: { child: 'ipaddrv6', matches: /:/ },
        effect: 'the interface has no IPv6 gateway',
      },
      {
        at: 'track6-interface',
        targets: [interfaceKey],
        onlyIf: { child: 'ipaddrv6', matches: /^track6$/ },
        effect: 'the interface gets no IPv6 prefix',
      },
      { at: 'wireless/wpa/wpa_eap_ca', targets: [{ kind: 'ca' }] },
      { at: 'wireless/wpa/wpa_eap_cert', targets: [{ kind: 'certificate' }] },
    ],
  },
  {
    items: 'ifgroups/ifgroupentry',
    title: 'Interface group',
    labels: ['ifname'],
    slots: [{ at: 'members', separator: ' ', targets: [interfaceKey] }],
  },
  {
    items: 'bridges/bridged',
    title: 'Bridge',
    labels: ['descr', 'bridgeif'],
    slots: [
      { at: 'members', separator: ',', targets: [interfaceKey], effect: 'the bridge is without that member' },
      ...['stp', 'span', 'edge', 'autoedge', 'ptp', 'autoptp', 'static', 'private'].map(at => ({
        at,
        separator: ',',
        targets: [interfaceKey],
      })),
    ],
  },
  {
    items: 'gifs/gif',
    title: 'GIF tunnel',
    labels: ['descr', 'gifif'],
    slots: [
      {
        at: 'if',
        field: 0,
        targets: [vip, listenInterface],
        words: listenWords,
        effect: 'the tunnel has no local end',
      },
    ],
  },
  {
    items: 'gres/gre',
    title: 'GRE tunnel',
    labels: ['descr', 'greif'],
    slots: [
      {
        at: 'if',
        field: 0,
        targets: [vip, listenInterface],
        words: listenWords,
        effect: 'the tunnel has no local end',
      },
    ],
  },
  {
    items: 'ppps/ppp',
    title: 'Dial-up link',
    labels: ['descr', 'if'],
    // Beside ports the links of all but modems take CARP VIPs, and dial on the master alone.
    slots: [{ at: 'ports', separator: ',', targets: [vip], effect: 'pfSense does not dial on it' }],
  },
  {
    items: 'virtualip/vip',
    title: 'VIP',
    labels: ['subnet'],
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey],
        onlyIf: { child: 'mode', matches: /^carp$/ },
        toldBy: 'carp-interface-missing',
      },
      {
        at: 'interface',
        targets: [vip, interfaceKey],
        words: listenWords,
        onlyIf: { child: 'mode', matches: /^(?:ipalias|proxyarp)$/ },
        effect: 'pfSense does not set the address',
      },
      // Of the others pfSense sets none: they are there to be chosen in NAT.
      {
        at: 'interface',
        targets: [vip, interfaceKey],
        words: listenWords,
        onlyIf: { child: 'mode', differs: /^(?:carp|ipalias|proxyarp)$/ },
      },
    ],
  },
  {
    items: 'hasync',
    title: 'State synchronisation',
    labels: [],
    slots: [{ at: 'pfsyncinterface', targets: [interfaceKey], words: listenWords, toldBy: 'pfsync-interface-invalid' }],
  },
];
