import { isArray, type PhpArray } from './php/value.ts';
import { type ReleaseName, releaseNamed } from './release.ts';
import { type PairOptions, type SimulatedPair, startPair } from './startPair.ts';
import { type Plain, toPhp } from './testClient.ts';
import { readConfig } from './xml/readConfig.ts';
import { writeConfig } from './xml/writeConfig.ts';

type Sections = { readonly [name: string]: Plain };

/** A config.xml with these sections, as the release writes it. */
export function configText(version: ReleaseName, sections: Sections): string {
  const release = releaseNamed(version);
  const config = toPhp({ version: release.configVersion, ...sections });
  return isArray(config) ? writeConfig(config, release) : '';
}

export function parsed(version: ReleaseName, text: string): PhpArray {
  return readConfig(text, releaseNamed(version));
}

/** What both nodes say alike; they differ in their own addresses and in `hasync`. */
function nodeSections({ name, host, skew }: { name: string; host: number; skew: number }): Sections {
  const vip = (key: string, vhid: number, subnet: string) => ({
    mode: 'carp',
    interface: key,
    vhid: String(vhid),
    advskew: String(skew),
    advbase: '1',
    password: 'between us',
    uniqid: `65f0c0ffee00${vhid}`,
    descr: `VIP ${vhid}`,
    type: 'single',
    subnet_bits: '24',
    subnet,
  });
  return {
    system: {
      hostname: name,
      domain: 'example.org',
      group: [
        { name: 'all', description: 'All Users', scope: 'system', gid: '1998', member: ['0'] },
        {
          name: 'admins',
          description: 'Administrators',
          scope: 'system',
          gid: '1999',
          member: ['0'],
          priv: ['page-all'],
        },
      ],
      user: [
        { name: 'admin', descr: 'Administrator', scope: 'system', 'bcrypt-hash': '$2y$10$admin', uid: '0' },
        { name: 'hasync', scope: 'user', 'bcrypt-hash': '$2y$10$hasync', uid: '2000', priv: ['system-xmlrpc-ha-sync'] },
        { name: 'plain', scope: 'user', 'bcrypt-hash': '$2y$10$plain', uid: '2001' },
      ],
      nextuid: '2002',
      nextgid: '2000',
      webgui: { protocol: 'https', port: '' },
    },
    interfaces: {
      wan: { enable: '', if: 'vtnet0', descr: 'WAN', ipaddr: `198.51.100.${host}`, subnet: '24' },
      lan: { enable: '', if: 'vtnet1', descr: 'LAN', ipaddr: `192.168.1.${host}`, subnet: '24' },
      opt1: { enable: '', if: 'vtnet2', descr: 'SYNC', ipaddr: `172.16.1.${host}`, subnet: '24' },
    },
    virtualip: { vip: [vip('wan', 1, '198.51.100.1'), vip('lan', 2, '192.168.1.1')] },
    aliases: { alias: [{ name: 'servers', type: 'host', address: '192.168.1.30', descr: 'Servers', detail: 'one' }] },
    dhcpd: {
      lan: {
        enable: '',
        range: { from: '192.168.1.100', to: '192.168.1.199' },
        failover_peerip: `192.168.1.${5 - host}`,
      },
    },
    unbound: { enable: '', active_interface: '', custom_options: '' },
  };
}

const boxes = ['rules', 'aliases', 'nat', 'dhcpd', 'virtualip', 'users', 'dnsforwarder', 'staticroutes'];

/** A primary that synchronises, and its secondary, which has an address of its own. */
export function fixtureTexts(version: ReleaseName): { readonly primary: string; readonly secondary: string } {
  const ticked = Object.fromEntries(boxes.map(box => [`synchronize${box}`, 'on']));
  const primary = {
    ...nodeSections({ name: 'fw1', host: 2, skew: 0 }),
    hasync: {
      pfsyncenabled: 'on',
      pfsyncinterface: 'opt1',
      pfsyncpeerip: '172.16.1.3',
      synchronizetoip: '172.16.1.3',
      username: 'hasync',
      password: 'hasync-secret',
      ...ticked,
    },
  };
  const secondary = {
    ...nodeSections({ name: 'fw2', host: 3, skew: 100 }),
    hasync: { pfsyncenabled: 'on', pfsyncinterface: 'opt1', pfsyncpeerip: '172.16.1.2', synchronizetoip: '' },
  };
  return { primary: configText(version, primary), secondary: configText(version, secondary) };
}

export const fixturePasswords = { admin: 'admin-secret', hasync: 'hasync-secret', plain: 'plain-secret' };

/** What the tests of a started pair may want otherwise. */
export type FixtureOptions = Partial<Omit<PairOptions, 'primary' | 'secondary'>> & {
  readonly editPrimary?: (text: string) => string;
  readonly editSecondary?: (text: string) => string;
};

/** Starts the pair for one test, and ends it whatever becomes of the test. */
export async function withPair(options: FixtureOptions, use: (pair: SimulatedPair) => Promise<void>): Promise<void> {
  const { version = '2.7.2', editPrimary = same, editSecondary = same, ...others } = options;
  const { primary, secondary } = fixtureTexts(version);
  const pair = await startPair({
    version,
    primary: editPrimary(primary),
    secondary: editSecondary(secondary),
    passwords: fixturePasswords,
    ...others,
  });
  try {
    await use(pair);
  } finally {
    await pair.dispose();
  }
}

function same(text: string): string {
  return text;
}
