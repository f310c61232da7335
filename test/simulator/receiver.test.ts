import assert from 'node:assert/strict';
import test from 'node:test';
import { isArray, type PhpArray } from './php/value.ts';
import { applyAccounts, hasAccountChanges } from './receiver/accounts.ts';
import { overlay } from './receiver/overlay.ts';
import { restoreSections } from './receiver/restore.ts';
import { type ReleaseName, releaseNamed, releases } from './release.ts';
import { type Plain, toPhp, toPlain } from './testClient.ts';

type Sections = { readonly [name: string]: Plain };

function array(value: Plain): PhpArray {
  const php = toPhp(value);
  if (!isArray(php)) throw new Error('A test sends arrays.');
  return php;
}

/** A node's config after these sections were sent to it; users and groups applied too. */
function received(
  version: ReleaseName,
  local: Sections,
  sent: Sections,
): { config: { [name: string]: Plain }; named: string } {
  const release = releaseNamed(version);
  const { config, mergedSections, accounts } = restoreSections(array(local), array(sent), release);
  if (hasAccountChanges(accounts)) applyAccounts(config, accounts, release);
  return { config: toPlain(config) as { [name: string]: Plain }, named: mergedSections.join(' ') };
}

const after = (version: ReleaseName, local: Sections, sent: Sections) => received(version, local, sent).config;

test('sections that are replaced whole, by release', () => {
  const replaces = (version: ReleaseName, name: string) =>
    (after(version, { [name]: { old: '1' } }, { [name]: { new: '1' } })[name] as { old?: string }).old === undefined;
  const whole =
    'aliases ca cert crl dhcpd dnshaper dnsmasq filter ipsec nat openvpn schedules shaper unbound wol'.split(' ');
  for (const { name } of releases) {
    assert.deepEqual(
      [...whole, 'dhcrelay', 'dhcrelay6', 'kea', 'kea6', 'staticroutes', 'gateways', 'dhcpdv6', 'interfaces'].filter(
        each => replaces(name, each),
      ),
      [
        ...whole,
        ...(name === '2.5.2' ? [] : ['dhcrelay', 'dhcrelay6']),
        ...(name === '2.8.0' || name === '2.9.0' ? ['kea', 'kea6'] : []),
      ],
      name,
    );
  }
});

test('everything else is merged two levels deep', () => {
  const local = {
    system: { hostname: 'fw2', webgui: { port: '443', protocol: 'https' } },
    interfaces: { wan: { if: 'vtnet0' }, opt1: { if: 'vtnet2', descr: 'SYNC' } },
    gateways: { gateway_item: [{ name: 'A' }], defaultgw4: 'A' },
    lastchange: 'then',
  };
  assert.deepEqual(
    after('2.7.2', local, {
      system: { webgui: { port: '8443' } },
      interfaces: { opt1: { if: 'vtnet3' } },
      gateways: { gateway_item: [] },
      lastchange: 'now',
      mytool: { a: '1' },
    }),
    {
      system: { hostname: 'fw2', webgui: { port: '8443' } },
      interfaces: { wan: { if: 'vtnet0' }, opt1: { if: 'vtnet3' } },
      gateways: { gateway_item: [], defaultgw4: 'A' },
      lastchange: 'now',
      mytool: { a: '1' },
    },
  );
});

test('a section that ends up empty is gone, and one that is sent empty takes nothing away', () => {
  const local = { openvpn: '', wol: { wolentry: [{ mac: '00:00:5e:00:53:01' }] }, gateways: { defaultgw4: 'A' } };
  assert.deepEqual(after('2.7.2', local, { openvpn: [], wol: [], gateways: [], staticroutes: { route: [] } }), {
    gateways: { defaultgw4: 'A' },
    staticroutes: { route: [] },
  });
});

test('the revision names what was merged, then what was replaced', () => {
  assert.equal(
    received(
      '2.7.2',
      {},
      { wol: [], staticroutes: { route: [] }, filter: [], captiveportal: [], gateways: [], aliases: [] },
    ).named,
    'staticroutes gateways aliases filter wol',
  );
});

const vip = (mode: string, on: string, subnet: string) => ({ mode, interface: on, subnet });

test('IP aliases and proxy ARP of the node itself go in front of what is sent, in the other order', () => {
  const own = [vip('ipalias', 'lan', '192.0.2.1'), vip('proxyarp', 'wan', '192.0.2.2')];
  const others = [
    vip('carp', 'wan', '192.0.2.3'),
    vip('ipalias', '_vip65f0c0ffee001', '192.0.2.4'),
    vip('ipalias', 'lo0', '192.0.2.5'),
    vip('other', 'wan', '192.0.2.6'),
  ];
  const local = { virtualip: { vip: [...others.slice(0, 2), ...own, ...others.slice(2)] } };
  const sent = vip('carp', 'lan', '192.0.2.7');
  const [alias, proxy] = own;
  assert.deepEqual(after('2.7.2', local, { virtualip: { vip: [sent] } }), { virtualip: { vip: [proxy, alias, sent] } });
  assert.deepEqual(after('2.7.2', local, { virtualip: { vip: [] } }), { virtualip: { vip: [proxy, alias] } });
  const doubled = after('2.7.2', local, { virtualip: [] });
  assert.deepEqual(doubled, { virtualip: { vip: [proxy, alias, ...local.virtualip.vip] } });
});

const user = (name: string, uid: number, more: Sections = {}) => ({ name, uid: String(uid), ...more });
const group = (name: string, gid: number, ...member: readonly string[]) => ({ name, gid: String(gid), member });
const systemGroups = [group('all', 1998, '0'), group('admins', 1999, '0')];
const names = (config: Sections, key: 'user' | 'group') =>
  ((config.system as Sections)[key] as readonly Sections[]).map(each => each.name);

test('users and groups are touched only where both are sent', () => {
  const local = { system: { user: [user('admin', 0), user('ann', 2000)], group: systemGroups, nextuid: '2001' } };
  const onlyUsers = after('2.7.2', local, { system: { user: [user('bob', 2001)] } });
  assert.deepEqual(onlyUsers.system, { ...local.system, user: [user('bob', 2001)] }, 'then it is a key like any other');
});

test('users come, change and go by name, and all are sorted', () => {
  const local = {
    system: { user: [user('admin', 0, { descr: 'mine' }), user('zoe', 2000), user('ann', 2001)], group: systemGroups },
  };
  const sent = {
    system: {
      user: [user('admin', 0, { descr: 'theirs' }), user('ann', 2001, { descr: 'new' }), user('bob', 2002)],
      group: systemGroups,
    },
  };
  const { system } = after('2.7.2', local, sent) as { system: { user: readonly Sections[] } };
  assert.deepEqual(system.user, [
    user('admin', 0, { descr: 'mine' }),
    user('ann', 2001, { descr: 'new' }),
    user('bob', 2002),
  ]);
});

test('the administrator is changed only with adminsync', () => {
  const local = { system: { user: [user('admin', 0, { descr: 'mine' })], group: systemGroups } };
  const sent = {
    system: { user: [user('admin', 0, { descr: 'theirs' })], group: systemGroups },
    hasync: { adminsync: 'on' },
  };
  const { system } = after('2.7.2', local, sent) as { system: { user: readonly Sections[] } };
  assert.deepEqual(system.user, [user('admin', 0, { descr: 'theirs' })]);
});

test('of two users that go, the one that stands last can survive', () => {
  const local = { system: { user: [user('admin', 0), user('ann', 2000), user('bob', 2001)], group: systemGroups } };
  const sent = { system: { user: [user('admin', 0)], group: systemGroups } };
  for (const { name } of releases) assert.deepEqual(names(after(name, local, sent), 'user'), ['admin', 'bob'], name);
});

test('groups of the system stay, others go; who is gone leaves its groups in 2.8 only', () => {
  const groups = [...systemGroups, group('staff', 2000, '2000', '2001')];
  const local = { system: { user: [user('admin', 0), user('ann', 2000)], group: groups } };
  const gone = { system: { user: [user('admin', 0)], group: systemGroups } };
  assert.deepEqual(names(after('2.7.2', local, gone), 'group'), ['admins', 'all']);
  const staying = { system: { user: [user('admin', 0)], group: groups } };
  const members = (version: ReleaseName) => {
    const { system } = after(version, local, staying) as { system: { group: readonly Sections[] } };
    const staff = system.group.find(each => each.name === 'staff')?.member;
    return Object.values(staff as object);
  };
  assert.deepEqual(members('2.7.2'), ['2000', '2001']);
  assert.deepEqual(members('2.8.0'), ['2001']);
  assert.deepEqual(members('2.9.0'), ['2000', '2001']);
});

test('zones that are not sent go with their vouchers, and what a zone says about synchronising back stays', () => {
  const local = {
    captiveportal: { guests: { enable: '', backwardsyncip: '192.0.2.8' }, staff: { enable: '' } },
    voucher: { guests: { enable: '' }, staff: { enable: '' } },
  };
  const sent = {
    captiveportal: { guests: { timeout: '60', backwardsyncip: '192.0.2.9', backwardsyncuser: 'theirs' } },
  };
  assert.deepEqual(after('2.7.2', local, sent), {
    captiveportal: { guests: { timeout: '60', backwardsyncip: '192.0.2.8' } },
    voucher: { guests: { enable: '' } },
  });
  assert.deepEqual(after('2.7.2', { version: '23.3', ...local }, { captiveportal: [] }), { version: '23.3' });
});

test('vouchers: the settings of the node stay, rolls come from the primary', () => {
  const local = { voucher: { guests: { vouchersyncdbip: '192.0.2.8', roll: [{ number: '1', lastsync: '1' }] } } };
  const sent = {
    voucher: { guests: { vouchersyncpass: 'theirs', roll: [{ number: '1', lastsync: '2' }, { number: '2' }] } },
  };
  assert.deepEqual(after('2.7.2', local, sent), {
    voucher: { guests: { vouchersyncdbip: '192.0.2.8', roll: [{ number: '1', lastsync: '2' }, { number: '2' }] } },
  });
});

test("Kea's name and certificates stay the node's own from 2.8 on", () => {
  const local = { kea: { ha: { role: 'standby', localname: 'fw2', tls: '', scertref: 'own', ccertref: 'unused' } } };
  const sent = {
    kea: { ha: { role: 'standby', remotename: 'fw1', localname: 'theirs', mutualtls: '', ccertref: 'theirs' } },
  };
  assert.deepEqual(after('2.8.0', local, sent), {
    kea: { ha: { role: 'standby', remotename: 'fw1', localname: 'fw2', tls: true, scertref: 'own' } },
  });
  assert.deepEqual(after('2.7.2', local, sent), sent);
});

test('packages: merged up to 2.7, passed over from 2.8 on', () => {
  const local = { installedpackages: { package: [{ name: 'a' }], tool: { config: [{ a: '1' }] } } };
  const sent = { installedpackages: { tool: { config: [{ a: '2' }] } } };
  assert.deepEqual(after('2.7.2', local, sent), {
    installedpackages: { package: [{ name: 'a' }], tool: { config: [{ a: '2' }] } },
  });
  assert.deepEqual(after('2.8.0', local, sent), local);
});

test('merge_config_section writes over what is there, and over nothing else', () => {
  const local = array({
    hasync: { pfsyncinterface: 'opt1', password: '' },
    virtualip: { vip: [{ descr: 'a', mode: 'carp' }, { descr: 'b' }] },
  });
  const sent = array({
    hasync: { pfsyncinterface: 'opt2', brandnew: 'x' },
    virtualip: { vip: [{ descr: 'c' }] },
    nosuch: { a: 'b' },
  });
  assert.deepEqual(toPlain(overlay(local, sent)), {
    hasync: { pfsyncinterface: 'opt2', password: '' },
    virtualip: { vip: [{ descr: 'c', mode: 'carp' }, { descr: 'b' }] },
  });
});
