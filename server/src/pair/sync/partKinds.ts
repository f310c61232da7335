import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import type { Element } from '../../syntax/tree.ts';
import type { SyncPart } from './areas.ts';
import type { ItemKind } from './kinds.ts';

type Title = ItemKind['title'];

const alias: ItemKind = {
  identities: [['name']],
  mayBeNosync: true,
  hasCleanedDescr: true,
  title: named('alias', 'name'),
};

const filterRule: ItemKind = {
  identities: [['tracker'], ['interface', 'descr']],
  orderedBy: ['floating', 'interface'],
  mayBeNosync: true,
  hasCleanedDescr: true,
  title: onInterface('firewall rule'),
};

const portForward: ItemKind = {
  identities: [
    ['associated-rule-id', 'interface', 'destination/port', 'descr'],
    ['interface', 'protocol', 'destination/address', 'destination/network', 'destination/port'],
    ['interface', 'descr'],
  ],
  orderedBy: ['interface'],
  mayBeNosync: true,
  hasCleanedDescr: true,
  title: onInterface('port forward'),
};

const outboundRule: ItemKind = {
  identities: [
    ['interface', 'source/network', 'sourceport', 'destination/address', 'destination/network', 'dstport', 'descr'],
    ['interface', 'descr'],
    ['interface', 'source/network', 'dstport'],
  ],
  orderedBy: ['interface'],
  mayBeNosync: true,
  hasCleanedDescr: true,
  title: onInterface('outbound NAT rule'),
};

const oneToOne: ItemKind = {
  identities: [
    ['interface', 'external'],
    ['interface', 'descr'],
  ],
  orderedBy: ['interface'],
  title: onInterface('1:1 mapping'),
};

const networkPrefix: ItemKind = {
  identities: [
    ['interface', 'source/address'],
    ['interface', 'descr'],
  ],
  title: onInterface('NPt mapping'),
};

const vip: ItemKind = {
  isRewritten: true,
  identities: [
    ['mode', 'interface', 'vhid', 'subnet'],
    ['mode', 'interface', 'subnet'],
    ['mode', 'interface', 'vhid'],
    ['mode', 'subnet'],
  ],
  title: (element, config) => {
    const kind = config.text(element.child('mode')) === 'carp' ? 'CARP VIP' : 'VIP';
    return `${kind} ${config.text(element.child('subnet'))}`;
  },
};

const hosts: ItemKind = {
  identities: [
    ['host', 'domain', 'ip'],
    ['host', 'domain'],
  ],
  title: (element, config) => {
    const parts = [config.text(element.child('host')), config.text(element.child('domain'))];
    return `host override ${parts.filter(part => part !== '').join('.')}`;
  },
};

const nosyncHosts: ItemKind = { ...hosts, mayBeNosync: true, hasCleanedDescr: true };

const domainOverride: ItemKind = {
  identities: [['domain', 'ip'], ['domain']],
  title: named('domain override', 'domain'),
};

const dhcpServer: ItemKind = {
  isRewritten: true,
  identities: [],
  title: (element, config) => `DHCP server on ${interfaceName(config, element.name)}`,
  parts: {
    staticmap: { identities: [['mac', 'cid'], ['mac'], ['cid'], ['ipaddr']], title: staticMapping('mac') },
    pool: {
      identities: [['range/from', 'range/to'], ['range/from']],
      title: (element, config) => `DHCP pool ${config.text(element.find('range/from'))}`,
    },
  },
};

const dhcp6Server: ItemKind = {
  identities: [],
  title: (element, config) => `DHCPv6 server on ${interfaceName(config, element.name)}`,
  parts: { staticmap: { identities: [['duid'], ['ipaddrv6']], title: staticMapping('duid') } },
};

/** What a node keeps of Kea's high availability when it is sent one (xmlrpc.php:restore_config_section). */
const keaHa: ItemKind = {
  isRewritten: true,
  identities: [],
  local: ['localname', 'tls', 'mutualtls', 'scertref', 'ccertref'],
  title: element => `${element.branch.nameAt(0) === 'kea6' ? 'Kea DHCPv6' : 'Kea DHCP'} high availability`,
};

const zone: ItemKind = {
  identities: [],
  local: ['enablebackwardsync', 'backwardsyncip', 'backwardsyncuser', 'backwardsyncpassword'],
  title: element => `captive portal zone ${element.name}`,
  parts: {
    passthrumac: { identities: [['mac']], title: named('captive portal MAC address', 'mac') },
    allowedip: { identities: [['ip', 'sn'], ['ip']], title: named('captive portal allowed address', 'ip') },
    allowedhostname: { identities: [['hostname']], title: named('captive portal allowed host', 'hostname') },
  },
};

/** What changes while vouchers are used, and the keys of a node's own; the rest is the primary's. */
const voucherZone: ItemKind = {
  isPlural: true,
  identities: [],
  local: ['vouchersyncdbip', 'vouchersyncport', 'vouchersyncusername', 'vouchersyncpass'],
  title: element => `vouchers of captive portal zone ${element.name}`,
  parts: {
    roll: { identities: [['number']], local: ['used', 'active', 'lastsync'], title: named('voucher roll', 'number') },
  },
};

/** How each part is cut into items. The title is that of its settings, which are what no item of its own is. */
export const partKinds: Readonly<Record<SyncPart, ItemKind>> = {
  users: {
    ...settings('user manager settings'),
    only: ['nextuid', 'nextgid'],
    parts: {
      user: { identities: [['name']], title: named('user', 'name') },
      group: { identities: [['name']], title: named('group', 'name') },
    },
  },
  authservers: {
    ...settings('authentication servers'),
    only: [],
    parts: { authserver: { identities: [['refid'], ['name']], title: named('authentication server', 'name') } },
  },
  aliases: { ...settings('alias settings'), parts: { alias } },
  ca: { ...settings('CAs'), parts: { ca: { identities: [['refid']], title: named('CA', 'descr') } } },
  cert: {
    ...settings('certificates'),
    parts: { cert: { identities: [['refid']], title: named('certificate', 'descr') } },
  },
  crl: { ...settings('CRLs'), parts: { crl: { identities: [['refid']], title: named('CRL', 'descr') } } },
  // Files that a backup with extra data carries are of the node that it is of (backup.inc:backup_xmldatafile).
  captiveportal: { ...settings('captive portal settings'), keyed: zone, local: ['captiveportaldata'] },
  voucher: { ...settings('voucher settings'), keyed: voucherZone, local: ['voucherdata'] },
  dhcpd: { ...settings('DHCP settings'), keyed: dhcpServer, local: ['dhcpddata'] },
  dhcpdv6: { ...settings('DHCPv6 settings'), keyed: dhcp6Server, local: ['dhcpdv6data'] },
  dhcrelay: settings('DHCP relay'),
  dhcrelay6: settings('DHCPv6 relay'),
  dnshaper: {
    ...settings('limiter settings'),
    parts: { queue: { identities: [['name']], title: named('limiter', 'name') } },
  },
  shaper: {
    ...settings('traffic shaper settings'),
    parts: { queue: { identities: [['interface', 'name'], ['interface']], title: onInterface('traffic shaper') } },
  },
  dnsmasq: { ...settings('DNS Forwarder'), parts: { hosts: nosyncHosts, domainoverrides: domainOverride } },
  unbound: {
    ...settings('DNS Resolver'),
    parts: {
      hosts,
      domainoverrides: domainOverride,
      acls: { identities: [['aclname'], ['aclid']], title: named('DNS access list', 'aclname') },
    },
  },
  filter: { ...settings('firewall settings'), parts: { rule: filterRule } },
  gateways: {
    ...settings('gateway settings'),
    parts: {
      gateway_item: { identities: [['name']], title: named('gateway', 'name') },
      gateway_group: { identities: [['name']], title: named('gateway group', 'name') },
    },
  },
  ipsec: {
    ...settings('IPsec settings'),
    parts: {
      phase1: { identities: [['ikeid']], title: described('IPsec phase 1', 'remote-gateway') },
      phase2: { identities: [['uniqid'], ['ikeid', 'descr']], title: described('IPsec phase 2', 'uniqid') },
      mobilekey: { identities: [['ident']], title: named('IPsec pre-shared key of', 'ident') },
    },
  },
  kea: { ...settings('Kea settings'), parts: { ha: keaHa } },
  kea6: { ...settings('Kea DHCPv6 settings'), parts: { ha: keaHa } },
  load_balancer: {
    ...settings('load balancer settings'),
    parts: {
      lbpool: { identities: [['name']], title: named('load balancer pool', 'name') },
      monitor_type: { identities: [['name']], title: named('load balancer monitor', 'name') },
      virtual_server: { identities: [['name']], title: named('virtual server', 'name') },
    },
  },
  nat: {
    ...settings('NAT settings'),
    parts: {
      outbound: { ...settings('outbound NAT settings'), parts: { rule: outboundRule } },
      rule: portForward,
      onetoone: oneToOne,
      npt: networkPrefix,
    },
  },
  openvpn: {
    ...settings('OpenVPN settings'),
    parts: {
      'openvpn-server': { identities: [['vpnid']], title: described('OpenVPN server', 'vpnid') },
      'openvpn-client': { identities: [['vpnid']], title: described('OpenVPN client', 'vpnid') },
      'openvpn-csc': {
        identities: [['common_name', 'server_list'], ['common_name']],
        title: named('OpenVPN client override', 'common_name'),
      },
    },
  },
  schedules: {
    ...settings('schedule settings'),
    parts: { schedule: { identities: [['name']], title: named('schedule', 'name') } },
  },
  staticroutes: {
    ...settings('static route settings'),
    parts: { route: { identities: [['network', 'gateway'], ['network']], title: named('static route', 'network') } },
  },
  virtualip: { ...settings('virtual IP settings'), parts: { vip } },
  wol: {
    ...settings('Wake-on-LAN settings'),
    parts: { wolentry: { identities: [['interface', 'mac'], ['mac']], title: named('Wake-on-LAN entry', 'mac') } },
  },
};

function settings(title: string): ItemKind {
  return { identities: [], title: () => title, ...(title.endsWith('s') && { isPlural: true }) };
}

function named(kind: string, child: string): Title {
  return (element, config) => {
    const name = config.text(element.child(child));
    return name === '' ? `${kind} without a name` : `${kind} ${name}`;
  };
}

/** With the description, or what else tells it from others. */
function described(kind: string, child: string): Title {
  return (element, config) => {
    const descr = config.text(element.child('descr')) || config.text(element.child('description'));
    return descr === '' ? `${kind} ${config.text(element.child(child))}` : `${kind} "${descr}"`;
  };
}

function staticMapping(child: string): Title {
  return (element, config) => {
    const id = config.text(element.child(child)) || config.text(element.child('cid'));
    const name = config.text(element.child('hostname')) || config.text(element.child('descr'));
    const where = element.parent ? ` on ${interfaceName(config, element.parent.name)}` : '';
    return `static mapping ${id}${name === '' ? '' : ` (${name})`}${where}`;
  };
}

function onInterface(kind: string): Title {
  return (element, config) => {
    const descr = config.text(element.child('descr'));
    const name = descr === '' ? `${kind} without a description` : `${kind} "${descr}"`;
    return `${name} on ${interfaceNames(element, config)}`;
  };
}

function interfaceNames(element: Element, config: Config): string {
  const keys = config.text(element.child('interface'));
  if (keys === '') return 'no interface';
  const [first = '', ...more] = keys.split(',');
  return more.length === 0 ? interfaceName(config, first) : `${interfaceName(config, first)} and ${more.length} more`;
}
