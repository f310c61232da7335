import type { Config } from './config.ts';
import { type Interface, readInterfaces } from './interfaces.ts';
import { parseTag, readVlans } from './vlans.ts';

/** A network card's name as FreeBSD gives it: the driver, and its number among the cards of that driver. */
export interface Nic {
  readonly driver: string;
  readonly unit: number;
  /** The VLAN on it, 1–4094; absent for the card itself. */
  readonly tag: number | undefined;
}

/** Reads `vmx0`, `ix1`, `lagg0`, `ath0_wlan1` is none. A driver's name may hold digits (`em`, `ix`, `vtnet`, `t5nex`), but ends in none. */
export function parseNic(text: string): Nic | undefined {
  const match = /^([a-z](?:[a-z0-9]*[a-z])?)(\d{1,4})$/.exec(text);
  return match ? { driver: match[1]!, unit: Number(match[2]), tag: undefined } : undefined;
}

/** The pseudo-interfaces of pfSense: they are numbered by what they belong to, so their order tells nothing of cables. */
const pseudo: ReadonlySet<string> = new Set(
  'bridge enc gif gre ipsec l2tp l2tps lo openvpn ovpnc ovpns pflog pfsync poes ppp pppoe pptp tailscale tun tun_wg tap vlan vxlan wg'.split(
    ' ',
  ),
);

/** What is behind an interface: a card, a LAGG, or a VLAN on one of them; absent for tunnels, bridges, PPPoE and names of no known form. */
export function nicOf(config: Config, one: Interface): Nic | undefined {
  const name = one.nic?.value;
  if (name === undefined || one.isTunnel || one.kind === 'pppoe') return undefined;
  const vlan = config.query(readVlans).find(each => each.name === name);
  if (vlan) return onParent(vlan.parent.value, vlan.tag.value);
  // The dot is pfSense's own form; with an underline it was written until 2.4.
  const [, parent, tag] = /^(\w+?)(?:\.|_vlan)(\d+)$/.exec(name) ?? [];
  if (parent !== undefined && tag !== undefined) return onParent(parent, parseTag(tag));
  return real(parseNic(name));
}

/** Where an interface stands among those of its node. */
export interface OrderedKey {
  readonly one: Interface;
  readonly nic: Nic;
}

/** The keys with what is behind them, in the order of driver, unit and VLAN tag: the order in which pfSense's console lists them. */
export function readNicOrder(config: Config): readonly OrderedKey[] {
  return [...config.query(readInterfaces).values()]
    .flatMap(one => {
      const nic = nicOf(config, one);
      return nic ? [{ one, nic }] : [];
    })
    .sort((a, b) => compareNics(a.nic, b.nic));
}

function compareNics(one: Nic, other: Nic): number {
  if (one.driver !== other.driver) return one.driver < other.driver ? -1 : 1;
  return one.unit - other.unit || (one.tag ?? -1) - (other.tag ?? -1);
}

/** Whether a name is that of a card. */
export function isCard(name: string): boolean {
  const nic = real(parseNic(name));
  return nic !== undefined && nic.driver !== 'lagg';
}

function onParent(parent: string, tag: number | undefined): Nic | undefined {
  const nic = real(parseNic(parent));
  return nic && tag !== undefined ? { ...nic, tag } : undefined;
}

function real(nic: Nic | undefined): Nic | undefined {
  return nic && !pseudo.has(nic.driver) ? nic : undefined;
}
