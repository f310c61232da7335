import {
  arrayAt,
  copyOf,
  deleteAt,
  isArray,
  isTrue,
  type PhpArray,
  phpMap,
  setAt,
  textAt,
  toInteger,
  toText,
  valueAt,
} from '../php/value.ts';
import type { Release } from '../release.ts';

/** The sync ends with an error of PHP's before anything is sent. */
export class SyncBrokenOff extends Error {}

/**
 * The names of what a primary sends, in pfSense's order, and its config with the arrays that pfSense makes for sections
 * that it has not (rc.filter_synchronize, facts.md §1.8).
 */
function plannedSections(config: PhpArray, release: Release): readonly string[] {
  const names: string[] = [];
  const isTicked = (key: string) => textAt(config, `hasync/synchronize${key}`) !== '';
  const send = (...paths: readonly string[]) => {
    for (const path of paths) {
      if (!isArray(valueAt(config, path))) setAt(config, path, new Map());
      names.push(path.split('/')[0] ?? '');
    }
  };
  const sendFilled = (...sections: readonly string[]) => {
    for (const name of sections) if (isArray(config.get(name))) names.push(name);
  };
  if (isTicked('rules')) send('filter');
  if (isTicked('nat')) send('nat');
  if (isTicked('aliases')) send('aliases');
  if (isTicked('dhcpd')) sendWithKea(config, release, { names, section: 'dhcpd', kea: 'kea' });
  if (isTicked('kea6') && release.knowsKea) sendWithKea(config, release, { names, section: 'dhcpdv6', kea: 'kea6' });
  if (isTicked('dhcrelay') && release.synchronisesRelays) sendFilled('dhcrelay');
  if (isTicked('dhcrelay6') && release.synchronisesRelays) sendFilled('dhcrelay6');
  if (isTicked('wol')) send('wol');
  if (isTicked('trafficshaper')) send('shaper');
  if (isTicked('trafficshaperlimiter')) send('dnshaper');
  if (isTicked('staticroutes')) send('staticroutes/route', 'gateways');
  if (isTicked('virtualip')) send('virtualip');
  if (isTicked('ipsec')) send('ipsec');
  if (isTicked('openvpn')) send('openvpn');
  if (isTicked('certs') || isTicked('openvpn')) send('cert', 'ca', 'crl');
  if (isTicked('users')) names.push('user', 'group');
  if (isTicked('authservers')) names.push('authserver');
  if (isTicked('dnsforwarder')) sendFilled('dnsmasq', 'unbound');
  if (isTicked('schedules') || isTicked('rules')) names.push('schedules');
  if (isTicked('captiveportal')) {
    send('captiveportal');
    sendFilled('voucher');
  }
  return names;
}

function sendWithKea(
  config: PhpArray,
  release: Release,
  { names, section, kea }: { names: string[]; section: string; kea: string },
): void {
  if (!isArray(config.get(section))) return;
  names.push(section);
  if (release.knowsKea && isArray(config.get(kea))) names.push(kea);
}

/**
 * What a primary sends with restore_config_section: its ticked sections, rewritten for the secondary.
 * @returns undefined where nothing is ticked
 * @throws SyncBrokenOff
 */
export function sectionsToSend(own: PhpArray, release: Release): PhpArray | undefined {
  const config = copyOf(own);
  const names = plannedSections(config, release);
  if (names.length === 0) return undefined;
  const copy = copyOf(config);
  dropNoSync(copy);
  rewritePeerAddresses(copy, release);
  if (release.knowsKea) swapKea(copy, config);
  const sent = phpMap({});
  for (const name of names) addSection(sent, name, { config, copy });
  const adminSync = valueAt(copy, 'hasync/adminsync');
  if (adminSync !== undefined) setAt(sent, 'hasync/adminsync', adminSync);
  return sent;
}

function addSection(sent: PhpArray, name: string, { config, copy }: { config: PhpArray; copy: PhpArray }): void {
  const fromSystem = (key: string) => setAt(sent, `system/${key}`, valueAt(copy, `system/${key}`) ?? new Map());
  if (name === 'virtualip') {
    setAt(sent, name, phpMap({ vip: rewrittenVips(config) }));
  } else if (name === 'user' || name === 'group') {
    fromSystem(name);
    const counter = name === 'user' ? 'nextuid' : 'nextgid';
    setAt(sent, `system/${counter}`, valueAt(copy, `system/${counter}`) ?? null);
  } else if (name === 'authserver') {
    fromSystem(name);
  } else {
    const value = copy.get(name);
    // An empty section that is not a map, such as schedules on a node without any, goes as an empty array since 2.7.
    sent.set(name, value === undefined || value === '' ? new Map() : value);
  }
}

function rewrittenVips(config: PhpArray): PhpArray {
  const sent: PhpArray = new Map();
  for (const vip of arrayAt(config, 'virtualip/vip').values()) {
    if (!isArray(vip)) continue;
    const [mode, on] = [textAt(vip, 'mode'), textAt(vip, 'interface')];
    const isLocal = (mode === 'proxyarp' || mode === 'ipalias') && !on.includes('_vip') && !on.includes('lo0');
    if (isLocal) continue;
    const copy = new Map(vip);
    const [skew, base] = [copy.get('advskew'), copy.get('advbase')];
    if (toText(skew) !== '') copy.set('advskew', Math.min(toInteger(skew) + 100, 254));
    if (toText(base) !== '') copy.set('advbase', Math.min(toInteger(base), 254));
    sent.set(sent.size, copy);
  }
  return sent;
}

const noSyncLists = ['nat/outbound/rule', 'nat/rule', 'filter/rule', 'aliases/alias', 'dnsmasq/hosts', 'ipsec/tunnel'];

/** The other items keep their numbers, which makes a struct of the list on the wire (facts.md §1.4). */
function dropNoSync(copy: PhpArray): void {
  for (const path of noSyncLists) {
    const list = valueAt(copy, path);
    if (!isArray(list)) continue;
    for (const [key, item] of [...list]) if (isArray(item) && item.has('nosync')) list.delete(key);
  }
}

function rewritePeerAddresses(copy: PhpArray, release: Release): void {
  for (const [key, scope] of arrayAt(copy, 'dhcpd')) {
    if (!isArray(scope) || textAt(scope, 'failover_peerip') === '') continue;
    const address = textAt(copy, `interfaces/${key}/ipaddr`);
    if (address !== '' || release.clearsPeerAddress) scope.set('failover_peerip', address);
  }
}

const swapped = [
  ['localip', 'remoteip'],
  ['remoteip', 'localip'],
  ['localport', 'remoteport'],
  ['remoteport', 'localport'],
] as const;

const ownKeaKeys = ['localname', 'tls', 'mutualtls', 'scertref', 'ccertref'];

function swapKea(copy: PhpArray, config: PhpArray): void {
  for (const kea of ['kea', 'kea6']) {
    for (const [from, to] of swapped) {
      const value = valueAt(config, `${kea}/ha/${from}`);
      if (isTrue(value) && value !== undefined) setAt(copy, `${kea}/ha/${to}`, value);
    }
    const ownName = textAt(config, `${kea}/ha/localname`) || textAt(config, 'system/hostname') || 'pfSense';
    setAt(copy, `${kea}/ha/remotename`, ownName.trim());
    const role = textAt(config, `${kea}/ha/role`) || 'primary';
    if (role !== 'primary' && role !== 'standby') throw new SyncBrokenOff(`UnhandledMatchError: '${role}'`);
    setAt(copy, `${kea}/ha/role`, role === 'primary' ? 'standby' : 'primary');
    for (const key of ownKeaKeys) deleteAt(copy, `${kea}/ha/${key}`);
  }
}
