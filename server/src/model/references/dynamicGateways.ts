import type { Config } from '../config.ts';
import { readGateways } from '../gateways.ts';
import { type Interface, readInterfaces } from '../interfaces.ts';
import { definitionsOf } from './definitions.ts';
import type { Slot } from './table.ts';
import { allTexts, type ReferenceUse, usesOfTexts } from './uses.ts';

/**
 * Whether pfSense makes a gateway of that name of an interface that gets its address by itself: `WAN_DHCP`, `OPT1_VPNV4`
 * (gwlb.inc:return_gateways_array). It stands in the file only once somebody has saved it.
 */
export function isDynamicGateway(config: Config, name: string): boolean {
  const [, title] = dynamicName.exec(name) ?? [];
  if (title === undefined) return false;
  const wanted = plain(title);
  return [...config.query(readInterfaces).values()].some(
    each => plain(each.title) === wanted || plain(each.key) === wanted,
  );
}

/** A gateway that pfSense makes of an interface, and that the file does not hold. */
export interface DynamicGateway {
  readonly name: string;
  readonly interfaceKey: string;
  readonly family: 4 | 6;
}

/**
 * Those of enabled interfaces that get an address by themselves, and of assigned OpenVPN tunnels, as far as the file tells
 * (gwlb.inc:return_gateways_array). One that is saved takes the place of the one that pfSense would make.
 */
export function readDynamicGateways(config: Config): readonly DynamicGateway[] {
  const saved = config.query(readGateways).filter(({ isDynamic }) => isDynamic);
  const isSaved = ({ interfaceKey, family }: DynamicGateway) =>
    saved.some(each => each.interface?.value === interfaceKey && each.family === family);
  return [...config.query(readInterfaces).values()]
    .filter(({ isEnabled, title }) => isEnabled && isNameable(title))
    .flatMap(one => madeOf(config, one))
    .filter(each => !isSaved(each));
}

/** What pfSense's form takes as a description; of another the name of the gateway would be none. */
function isNameable(title: string): boolean {
  return /^\w+$/.test(title);
}

/** The kinds of address that bring a gateway with them. */
const learnt = { 4: /^(?:dhcp|pppoe|l2tp|pptp|ppp)$/, 6: /^(?:slaac|dhcp6|6to4|6rd)$/ } as const;

function madeOf(config: Config, { key, title, element, nic }: Interface): readonly DynamicGateway[] {
  const prefix = title.toUpperCase();
  const tunnel = openvpnFamilies(config, nic?.value ?? '');
  return ([4, 6] as const).flatMap((family): DynamicGateway[] => {
    if (family === 6 && !config.find('system/ipv6allow')) return [];
    const text = config.text(element.child(family === 4 ? 'ipaddr' : 'ipaddrv6'));
    const made = (kind: string): DynamicGateway => ({ name: `${prefix}_${kind}`, interfaceKey: key, family });
    if (learnt[family].test(text)) return [made(text.toUpperCase())];
    return text === '' && tunnel.includes(family) ? [made(`VPNV${family}`)] : [];
  });
}

/** For which families an OpenVPN instance on that port gets a gateway. */
function openvpnFamilies(config: Config, port: string): readonly (4 | 6)[] {
  const [, letter, id] = /^ovpn([sc])(\d+)$/.exec(port) ?? [];
  if (id === undefined) return [];
  const rows = config.top('openvpn')?.childrenNamed(letter === 's' ? 'openvpn-server' : 'openvpn-client') ?? [];
  const row = rows.find(each => config.text(each.child('vpnid')) === id);
  if (!row || config.text(row.child('dev_mode')) === 'tap') return [];
  const only = config.text(row.child('create_gw'));
  return only === 'v4only' ? [4] : only === 'v6only' ? [6] : [4, 6];
}

/**
 * The places that name a gateway which pfSense makes of the interface of that description: its name begins with the
 * description in capitals (util.inc:get_configured_interface_with_descr). One that is saved in the file keeps the name that
 * it has there.
 */
export function dynamicGatewayUses(config: Config, title: string): readonly ReferenceUse[] {
  const gateways = definitionsOf(config, 'gateway');
  const groups = definitionsOf(config, 'gateway-group');
  const isMeant = (text: string) => {
    const [, named] = dynamicName.exec(text) ?? [];
    return named?.toUpperCase() === title.toUpperCase() && !gateways.has(text) && !groups.has(text);
  };
  return [...allTexts(config)].flatMap(texts => {
    const wanted = new Map<Slot, Map<string, true>>();
    for (const [slot, counts] of texts) {
      if (!slot.slot.targets.some(({ kind }) => kind === 'gateway')) continue;
      const meant = [...counts.keys()].filter(isMeant);
      if (meant.length > 0) wanted.set(slot, new Map(meant.map(text => [text, true])));
    }
    return wanted.size > 0 ? usesOfTexts(config, wanted) : [];
  });
}

const dynamicName = /^(.+)_(?:DHCP6?|PPPOE|PPTP|L2TP|PPP|VPNV[46]|VTIV[46]|SLAAC|6RD|6TO4|TRACK6|TUNNELV[46]|WG)$/i;

/** Gateway names keep letters and digits of a description alone. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
