import type { Element } from '../syntax/tree.ts';
import { readBridges } from './bridges.ts';
import type { Config } from './config.ts';
import { interfaceName, readInterfaces } from './interfaces.ts';
import { readLaggs } from './laggs.ts';
import { isCard } from './nic.ts';
import { hasFlag, readText } from './read.ts';
import { itemsOf } from './references/items.ts';
import { readVersion } from './version.ts';
import { readVlans } from './vlans.ts';

/** A network port that the config makes and an interface can be put on: what Interfaces > Assignments lists beside the cards. */
export interface Port {
  /** As `interfaces/KEY/if` has it: `igb1.20`, `lagg0`, `ovpns2`. */
  readonly name: string;
  /** What it is, with its description in brackets where it has one: `VLAN 20 on igb1 (DMZ)`. */
  readonly title: string;
  /** The row that makes it. */
  readonly element: Element;
  /** In which its name stands, or what it is made of: the number of an OpenVPN server. */
  readonly named: Element;
}

/**
 * The ports that a config makes, those first that interfaces are mostly put on. Disabled OpenVPN servers and clients count,
 * as pfSense lists them; of disabled tunnels of IPsec and WireGuard there is no port (interfaces_assign.php).
 */
export function readPorts(config: Config): readonly Port[] {
  return [
    ...vlanPorts(config),
    ...laggPorts(config),
    ...qinqPorts(config),
    ...openvpnPorts(config, 'server'),
    ...openvpnPorts(config, 'client'),
    ...wireguardPorts(config),
    ...ipsecPorts(config),
    ...rowPorts(config, { rows: 'gifs/gif', name: 'gifif' }, row => `GIF to ${config.text(row.child('remote-addr'))}`),
    ...rowPorts(config, { rows: 'gres/gre', name: 'greif' }, row => `GRE to ${config.text(row.child('remote-addr'))}`),
    ...rowPorts(config, { rows: 'ppps/ppp', name: 'if' }, row => dialUpTitle(config, row)),
    ...bridgePorts(config),
    ...rowPorts(
      config,
      { rows: 'wireless/clone', name: 'cloneif' },
      row => `Wireless on ${config.text(row.child('if'))}`,
    ),
  ];
}

/** The names of the cards that the config speaks of, in the order in which it does. */
export function readCards(config: Config): readonly string[] {
  const made = new Set(config.query(readPorts).map(({ name }) => name));
  const named = [
    ...[...config.query(readInterfaces).values()].map(({ nic }) => nic?.value ?? ''),
    ...config.query(readLaggs).flatMap(({ members }) => members),
    ...config.query(readVlans).map(({ parent }) => parent.value),
    ...itemsOf(config, { items: 'qinqs/qinqentry' }).map(row => config.text(row.child('if'))),
    ...itemsOf(config, { items: 'ppps/ppp' }).flatMap(row => config.text(row.child('ports')).split(',')),
  ];
  return [...new Set(named)].filter(name => isCard(name) && !made.has(name));
}

/** interfaces.inc:vlan_interface. */
function vlanPorts(config: Config): readonly Port[] {
  return config.query(readVlans).map(({ element, parent, tag, name }) => ({
    name,
    title: described(config, element, `VLAN ${tag.value} on ${parent.value}`),
    element,
    named: element.child('vlanif') ?? tag.element,
  }));
}

function laggPorts(config: Config): readonly Port[] {
  return config.query(readLaggs).flatMap(({ element, name, members }) => {
    if (!name) return [];
    const title = described(config, element, members.length > 0 ? `LAGG of ${members.join(', ')}` : 'LAGG');
    return [{ name: name.value, title, element, named: name.element }];
  });
}

function bridgePorts(config: Config): readonly Port[] {
  return config.query(readBridges).flatMap(({ element, name, members }) => {
    if (!name) return [];
    const names = members.map(key => interfaceName(config, key)).join(', ');
    const title = described(config, element, names === '' ? 'Bridge' : `Bridge of ${names}`);
    return [{ name: name.value, title, element, named: name.element }];
  });
}

/** The outer VLAN, and behind a dot each of the inner ones (interfaces_assign.php). */
function qinqPorts(config: Config): readonly Port[] {
  return itemsOf(config, { items: 'qinqs/qinqentry' }).flatMap(element => {
    const outer = readText(config, element, 'vlanif');
    if (!outer) return [];
    const around = `VLAN ${config.text(element.child('tag'))} on ${config.text(element.child('if'))}`;
    const members = element.child('members');
    const tags = members
      ? config
          .text(members)
          .split(/\s+/)
          .filter(tag => /^\d+$/.test(tag))
      : [];
    return [
      { name: outer.value, title: around, element, named: outer.element },
      ...tags.map(tag => ({
        name: `${outer.value}.${tag}`,
        title: `QinQ ${tag} on ${around}`,
        element,
        named: members ?? outer.element,
      })),
    ];
  });
}

/** openvpn.inc:openvpn_name. */
function openvpnPorts(config: Config, mode: 'server' | 'client'): readonly Port[] {
  const prefix = mode === 'server' ? 'ovpns' : 'ovpnc';
  return itemsOf(config, { items: `openvpn/openvpn-${mode}` }).flatMap(element => {
    const id = readText(config, element, 'vpnid');
    if (!id || !/^\d+$/.test(id.value)) return [];
    const title = described(config, element, `OpenVPN ${mode}`, 'description');
    return [{ name: `${prefix}${id.value}`, title, element, named: id.element }];
  });
}

/** Of the package, which gives its tunnels their names itself. */
function wireguardPorts(config: Config): readonly Port[] {
  return itemsOf(config, { items: 'installedpackages/wireguard/tunnels/item' }).flatMap(element => {
    const name = readText(config, element, 'name');
    if (!name || config.text(element.child('enabled')) !== 'yes') return [];
    return [{ name: name.value, title: described(config, element, 'WireGuard'), element, named: name.element }];
  });
}

/** From pfSense 2.6 on a port has the number of its phase 2; before it was reckoned otherwise (ipsec.inc:ipsec_get_ifname). */
const vtiByReqid = 22.2;

/** One port a phase 2 with IKEv1 or split connections, else one a phase 1 (interfaces.inc:interface_ipsec_vti_list_p1). */
function ipsecPorts(config: Config): readonly Port[] {
  if ((config.query(readVersion).number ?? 0) < vtiByReqid) return [];
  const phase2 = itemsOf(config, { items: 'ipsec/phase2' });
  return itemsOf(config, { items: 'ipsec/phase1' }).flatMap(phase1 => {
    if (hasFlag(phase1, 'disabled')) return [];
    const ikeid = config.text(phase1.child('ikeid'));
    const own = phase2.filter(each => ikeid !== '' && config.text(each.child('ikeid')) === ikeid);
    const tunnels = own.filter(each => config.text(each.child('mode')) === 'vti' && !hasFlag(each, 'disabled'));
    const isSplit =
      !hasFlag(phase1, 'mobile') && (config.text(phase1.child('iketype')) === 'ikev1' || hasFlag(phase1, 'splitconn'));
    const [first] = own;
    const bearers = isSplit ? tunnels : tunnels.length > 0 && first ? [first] : [];
    return bearers.flatMap(element => {
      const reqid = readText(config, element, 'reqid');
      if (!reqid) return [];
      return [{ name: `ipsec${reqid.value}`, title: vtiTitle(config, phase1), element, named: reqid.element }];
    });
  });
}

function vtiTitle(config: Config, phase1: Element): string {
  return described(config, phase1, `IPsec VTI to ${config.text(phase1.child('remote-gateway'))}`);
}

function rowPorts(
  config: Config,
  { rows, name: child }: { readonly rows: string; readonly name: string },
  titleOf: (row: Element) => string,
): readonly Port[] {
  return itemsOf(config, { items: rows }).flatMap(element => {
    const name = readText(config, element, child);
    if (!name) return [];
    return [{ name: name.value, title: described(config, element, titleOf(element)), element, named: name.element }];
  });
}

const dialUp: Readonly<Record<string, string>> = { ppp: 'PPP', pppoe: 'PPPoE', pptp: 'PPTP', l2tp: 'L2TP' };

function dialUpTitle(config: Config, row: Element): string {
  const ports = config.text(row.child('ports')).split(',').join(', ');
  return `${dialUp[config.text(row.child('type'))] ?? 'Dial-up'} on ${ports}`;
}

function described(config: Config, row: Element, title: string, child = 'descr'): string {
  const descr = config.text(row.child(child));
  return descr === '' ? title : `${title} (${descr})`;
}
