import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import { isSynchronised, readVirtualIps } from '../../model/virtualIps.ts';
import type { SyncArea } from './areas.ts';

/**
 * Whether a node has anything that an area would synchronise, beyond what each node has from the beginning: its own
 * administrator, the certificate of its web interface, automatic outbound NAT.
 */
export function hasContent(config: Config, { key }: SyncArea): boolean {
  const check = contents[key];
  return check?.(config) ?? false;
}

const contents: Readonly<Record<string, (config: Config) => boolean>> = {
  synchronizeusers: hasAccounts,
  synchronizeauthservers: holds('system/authserver'),
  synchronizecerts: hasCertificates,
  synchronizerules: holds('filter/rule'),
  synchronizeschedules: holds('schedules/schedule'),
  synchronizealiases: holds('aliases/alias'),
  synchronizenat: hasNat,
  synchronizeipsec: holds('ipsec/phase1'),
  synchronizeopenvpn: holds('openvpn/openvpn-server', 'openvpn/openvpn-client', 'openvpn/openvpn-csc'),
  synchronizedhcpd: config => servesOn(config, 'dhcpd'),
  synchronizedhcrelay: isThere('dhcrelay/enable'),
  synchronizekea6: config => servesOn(config, 'dhcpdv6'),
  synchronizedhcrelay6: isThere('dhcrelay6/enable'),
  synchronizewol: holds('wol/wolentry'),
  synchronizestaticroutes: holds('staticroutes/route', 'gateways/gateway_item', 'gateways/gateway_group'),
  synchronizelb: holds('load_balancer/lbpool', 'load_balancer/virtual_server'),
  synchronizevirtualip: config => config.query(readVirtualIps).some(isSynchronised),
  synchronizetrafficshaper: holds('shaper/queue'),
  synchronizetrafficshaperlimiter: holds('dnshaper/queue'),
  synchronizednsforwarder: isThere('unbound/enable', 'dnsmasq/enable'),
  synchronizecaptiveportal: config => (config.top('captiveportal')?.children() ?? []).some(zone => zone.hasChildren),
};

/** One of these that holds something; the first row of a list tells, for pfSense writes no empty ones. */
function holds(...paths: readonly string[]): (config: Config) => boolean {
  return config => paths.some(path => config.find(path)?.hasChildren === true);
}

function isThere(...paths: readonly string[]): (config: Config) => boolean {
  return config => paths.some(path => config.find(path) !== undefined);
}

/** Accounts that are no part of the system, but for the one that synchronises. */
function hasAccounts(config: Config): boolean {
  const system = config.top('system');
  const own = config.query(readHaSync).username?.value;
  return (system?.childrenNamed('user') ?? []).some(
    user => Number(config.text(user.child('uid'))) >= 2000 && config.text(user.child('name')) !== own,
  );
}

function hasCertificates(config: Config): boolean {
  const own = config.text(config.find('system/webgui/ssl-certref'));
  const others = config.section('cert').some(({ top }) => top.hasChildren && config.text(top.child('refid')) !== own);
  return others || ['ca', 'crl'].some(name => config.section(name).some(({ top }) => top.hasChildren));
}

function hasNat(config: Config): boolean {
  const mode = config.text(config.find('nat/outbound/mode'));
  if (mode !== '' && mode !== 'automatic') return true;
  return holds('nat/outbound/rule', 'nat/rule', 'nat/onetoone', 'nat/npt')(config);
}

function servesOn(config: Config, section: 'dhcpd' | 'dhcpdv6'): boolean {
  return (config.top(section)?.children() ?? []).some(scope => scope.child('enable') !== undefined);
}
