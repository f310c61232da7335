import type { ReferenceSlot, ReferenceSource } from '../references.ts';
import { alias, gatewayGroup, interfaceKey, interfaceNetwork, listenInterface, listenWords, vip } from './targets.ts';

const networks = (names: readonly string[]): readonly ReferenceSlot[] =>
  names.map(at => ({ at, separator: ',', targets: [alias], effect: 'pfSense leaves that network out' }));

/** Methods with a certificate of this side; up to 2.4 they were named after RSA (ipsec.inc). */
const onCertificate = { child: 'authentication_method', matches: /cert|rsa|^eap-(?:mschapv2|tls|radius)$/ } as const;

/** OpenVPN and IPsec. */
export const vpns: readonly ReferenceSource[] = [
  {
    items: 'openvpn/openvpn-server',
    title: 'OpenVPN server',
    labels: ['description'],
    offWith: 'disable',
    slots: [
      {
        at: 'interface',
        targets: [vip, listenInterface, gatewayGroup],
        words: listenWords,
        effect: 'the server has no address to listen on',
      },
      ...networks([
        'tunnel_network',
        'tunnel_networkv6',
        'local_network',
        'local_networkv6',
        'remote_network',
        'remote_networkv6',
      ]),
      {
        at: 'caref',
        targets: [{ kind: 'ca' }],
        onlyIf: { child: 'mode', differs: /shared_key/ },
        effect: 'the server does not start',
      },
      {
        at: 'certref',
        targets: [{ kind: 'certificate' }],
        onlyIf: { child: 'mode', differs: /shared_key/ },
        effect: 'the server does not start',
      },
      {
        at: 'crlref',
        targets: [{ kind: 'crl' }],
        words: ['none'],
        onlyIf: { child: 'mode', differs: /shared_key/ },
        effect: 'revoked certificates are let in',
      },
      {
        at: 'authmode',
        separator: ',',
        targets: [{ kind: 'auth-server' }],
        words: ['Local Database', 'none'],
        onlyIf: { child: 'mode', matches: /user$/ },
        effect: 'nobody is let in by it',
      },
      // Of a VIP the form writes the address, too, behind a bar (openvpn.inc:openvpn_build_bridge_list).
      { at: 'serverbridge_interface', field: 0, targets: [vip, interfaceKey], words: listenWords },
      {
        at: 'tunnel_track6_interface',
        targets: [interfaceKey],
        onlyIf: { child: 'tunnel_networkv6_type', matches: /^track6$/ },
        effect: 'the tunnel gets no IPv6 network',
      },
    ],
  },
  {
    items: 'openvpn/openvpn-client',
    title: 'OpenVPN client',
    labels: ['description'],
    offWith: 'disable',
    slots: [
      {
        at: 'interface',
        targets: [vip, listenInterface, gatewayGroup],
        words: listenWords,
        effect: 'the client has no address to send from',
      },
      ...networks(['tunnel_network', 'tunnel_networkv6', 'remote_network', 'remote_networkv6']),
      {
        at: 'caref',
        targets: [{ kind: 'ca' }],
        onlyIf: { child: 'mode', differs: /shared_key/ },
        effect: 'the client does not start',
      },
      {
        at: 'certref',
        targets: [{ kind: 'certificate' }],
        words: ['none'],
        onlyIf: { child: 'mode', differs: /shared_key/ },
        effect: 'the client does not start',
      },
      { at: 'crlref', targets: [{ kind: 'crl' }], words: ['none'] },
    ],
  },
  {
    items: 'openvpn/openvpn-csc',
    title: 'OpenVPN client override',
    labels: ['common_name', 'description'],
    offWith: 'disable',
    slots: [
      { at: 'server_list', separator: ',', targets: [{ kind: 'openvpn-server' }] },
      ...networks([
        'tunnel_network',
        'tunnel_networkv6',
        'local_network',
        'local_networkv6',
        'remote_network',
        'remote_networkv6',
      ]),
    ],
  },
  {
    items: 'ipsec/phase1',
    title: 'IPsec phase 1',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      {
        at: 'interface',
        targets: [vip, listenInterface, gatewayGroup],
        words: listenWords,
        effect: 'the tunnel has no local end',
      },
      { at: 'caref', targets: [{ kind: 'ca' }], onlyIf: onCertificate, effect: "the peer's authority is unknown" },
      { at: 'certref', targets: [{ kind: 'certificate' }], onlyIf: onCertificate, effect: 'the tunnel is not set up' },
    ],
  },
  {
    items: 'ipsec/phase2',
    title: 'IPsec phase 2',
    labels: ['descr'],
    offWith: 'disabled',
    slots: [
      { at: 'ikeid', targets: [{ kind: 'phase1' }], effect: 'pfSense leaves it out' },
      { at: 'localid/type', targets: [interfaceNetwork], effect: 'the tunnel has no local network' },
      { at: 'natlocalid/type', targets: [interfaceNetwork] },
    ],
  },
  {
    items: 'ipsec/client',
    title: 'IPsec mobile clients',
    labels: [],
    offWithout: 'enable',
    slots: [
      {
        at: 'user_source',
        separator: ',',
        targets: [{ kind: 'auth-server' }],
        words: ['Local Database', 'system', 'none'],
        effect: 'nobody is let in by it',
      },
      // Of an authentication server's groups the file does not tell (ipsec.auth-user.php).
      { at: 'auth_groups', separator: ',', targets: [{ kind: 'group' }], mayBeElse: /^.*$/ },
    ],
  },
  {
    items: 'cert',
    title: 'Certificate',
    labels: ['descr', 'name'],
    slots: [{ at: 'caref', targets: [{ kind: 'ca' }] }],
  },
  {
    items: 'ca',
    title: 'Certificate authority',
    labels: ['descr', 'name'],
    slots: [{ at: 'caref', targets: [{ kind: 'ca' }] }],
  },
  {
    items: 'crl',
    title: 'Certificate revocation list',
    labels: ['descr', 'name'],
    slots: [{ at: 'caref', targets: [{ kind: 'ca' }] }],
  },
  {
    items: 'l2tp',
    title: 'L2TP server',
    labels: [],
    section: { path: 'mode', matches: /^server$/ },
    slots: [{ at: 'interface', targets: [interfaceKey], words: listenWords }],
  },
  {
    items: 'pppoes/pppoe',
    title: 'PPPoE server',
    labels: ['descr'],
    slots: [
      {
        at: 'interface',
        targets: [interfaceKey],
        words: listenWords,
        onlyIf: { child: 'mode', matches: /^server$/ },
        effect: 'the server has nothing to listen on',
      },
    ],
  },
];
