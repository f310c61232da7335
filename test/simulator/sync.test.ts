import assert from 'node:assert/strict';
import test from 'node:test';
import { configText, fixtureTexts, parsed, withPair } from './fixturePair.ts';
import { arrayAt, isArray, textAt, valueAt } from './php/value.ts';
import type { ReleaseName } from './release.ts';
import { releaseNamed } from './release.ts';
import { SyncBrokenOff, sectionsToSend } from './sync/sections.ts';
import { type Plain, TestClient, toPhp, toPlain } from './testClient.ts';

const credentials = 'admin:admin-secret';

test('a write to the primary goes on to the secondary by itself, rewritten', async () => {
  await withPair({ version: '2.7.2', syncDelayMilliseconds: 30 }, async ({ primary, secondary, settled }) => {
    const before = secondary.text;
    const client = new TestClient(primary, credentials);
    assert.equal(await client.restore({ aliases: { alias: [{ name: 'pushed', descr: 'née' }] } }), true);
    assert.equal(secondary.text, before, 'the secondary is not there at once');
    await settled();
    const config = parsed('2.7.2', secondary.text);
    assert.equal(textAt(config, 'aliases/alias/0/name'), 'pushed');
    assert.deepEqual(
      [0, 1].map(i => textAt(config, `virtualip/vip/${i}/advskew`)),
      ['100', '100'],
    );
    assert.equal(textAt(config, 'dhcpd/lan/failover_peerip'), '192.168.1.2', "the primary's own address");
    assert.equal(textAt(config, 'system/hostname'), 'fw2');
    assert.equal(textAt(config, 'interfaces/lan/ipaddr'), '192.168.1.3');
    assert.match(textAt(config, 'revision/username'), /^\(system\)@172\.16\.1\.2$/, 'it comes from the SYNC address');
    assert.match(secondary.text, /<descr><!\[CDATA\[n&eacute;e\]\]><\/descr>/);
  });
});

test('the secondary, which synchronises to nobody, sends nothing', async () => {
  await withPair({}, async ({ primary, secondary, settled }) => {
    const before = primary.text;
    await new TestClient(secondary, credentials).restore({ aliases: { alias: [{ name: 'pushed' }] } });
    await settled();
    assert.equal(primary.text, before);
    assert.deepEqual(secondary.syncResults, []);
  });
});

test('several saves within the delay make one sync, and one during a sync makes another', async () => {
  await withPair({}, async ({ primary, secondary, settled }) => {
    const rename = (name: string) =>
      primary.saveInGui(text => text.replace(/<name>(?:servers|[a-e])</, `<name>${name}<`));
    for (const name of ['a', 'b', 'c']) rename(name);
    await settled();
    assert.deepEqual(primary.syncResults, ['done']);
    secondary.orderFault({ kind: 'latency', milliseconds: 50 }, { call: 'restore_config_section', caller: 'peer' });
    rename('d');
    while (primary.syncRequests.length < 4) await new Promise(done => setTimeout(done, 2));
    rename('e');
    await settled();
    assert.deepEqual(primary.syncResults, ['done', 'done', 'done']);
    assert.match(secondary.text, /<name>e<\/name>/);
  });
});

interface Failure {
  readonly title: string;
  readonly editPrimary?: (text: string) => string;
  readonly editSecondary?: (text: string) => string;
  readonly log: RegExp;
}

const failures: readonly Failure[] = [
  {
    title: 'another config version',
    editSecondary: text => text.replace('<version>23.3</version>', '<version>22.9</version>'),
    log: /The other member is on a different configuration version/,
  },
  {
    title: 'no version at all',
    editSecondary: text => text.replace('\t<version>23.3</version>\n', ''),
    log: /could not be determined. Skipping synchronization/,
  },
  {
    title: 'an address that nobody has',
    editPrimary: text => text.replace('<synchronizetoip>172.16.1.3<', '<synchronizetoip>172.16.1.9<'),
    log: /Unable to connect to 172\.16\.1\.9/,
  },
  {
    title: 'another port of the GUI',
    editPrimary: text => text.replace('<port></port>', '<port>8443</port>'),
    log: /Unable to connect to 172\.16\.1\.3/,
  },
  {
    title: 'another protocol of the GUI',
    editPrimary: text => text.replace('<protocol>https<', '<protocol>http<'),
    log: /Unable to connect to 172\.16\.1\.3/,
  },
  {
    title: 'a wrong password',
    editPrimary: text => text.replace('hasync-secret', 'out of date'),
    log: /host_firmware_version #-1 : Authentication failed/,
  },
  {
    title: 'an account without the privilege',
    editSecondary: text => text.replace('system-xmlrpc-ha-sync', 'page-all'),
    log: /host_firmware_version #-2 : Authentication failed: not enough privileges/,
  },
];

for (const { title, log, ...edits } of failures) {
  test(`a sync fails with ${title}: the primary has the change, the secondary has not`, async () => {
    await withPair({ ...edits, lockoutAfter: Number.POSITIVE_INFINITY }, async ({ primary, secondary, settled }) => {
      const before = secondary.text;
      await new TestClient(primary, credentials).restore({ aliases: { alias: [{ name: 'pushed' }] } });
      await settled();
      assert.deepEqual(primary.syncResults, ['failed']);
      assert.match(primary.logLines.join('\n'), log);
      assert.match(primary.text, /<name>pushed<\/name>/);
      assert.equal(secondary.text, before);
    });
  });
}

test('a primary tries four times, also with a wrong password, and so locks itself out', async () => {
  const editPrimary = (text: string) => text.replace('hasync-secret', 'out of date');
  await withPair({ editPrimary, lockoutAfter: 3 }, async ({ primary, secondary, settled }) => {
    primary.saveInGui(text => text);
    await settled();
    assert.equal(secondary.lockout.failuresOf('172.16.1.2'), 3);
    assert.equal(secondary.lockout.isLockedOut('172.16.1.2'), true);
    assert.equal(primary.logLines.filter(line => line.includes('host_firmware_version')).length, 4);
  });
});

test('a sync that was ordered to fail does, and the next one does not', async () => {
  await withPair({}, async ({ primary, secondary, settled }) => {
    const before = secondary.text;
    const client = new TestClient(primary, credentials);
    primary.orderSyncFailure();
    await client.restore({ aliases: { alias: [{ name: 'pushed' }] } });
    await settled();
    assert.equal(secondary.text, before);
    primary.saveInGui(text => text);
    await settled();
    assert.deepEqual(primary.syncResults, ['failed', 'done']);
    assert.match(secondary.text, /<name>pushed<\/name>/);
  });
});

test('a secondary that synchronises back takes nothing from its primary', async () => {
  const editSecondary = (text: string) =>
    text.replace('<synchronizetoip></synchronizetoip>', '<synchronizetoip>172.16.1.2</synchronizetoip>');
  await withPair({ editSecondary }, async ({ primary, secondary, settled }) => {
    const before = secondary.text;
    primary.saveInGui(text => text);
    await settled();
    assert.deepEqual(primary.syncResults, ['done']);
    assert.equal(secondary.text, before);
    assert.equal(secondary.logLines.includes('Disallowing CARP sync loop'), true);
  });
});

test('a new password of the sync account goes along, and is used from then on', async () => {
  const editPrimary = (text: string) =>
    text.replace('</password>\n\t\t<sync', '</password>\n\t\t<new_password>next</new_password>\n\t\t<sync');
  await withPair({ editPrimary }, async ({ primary, settled }) => {
    primary.saveInGui(text => text);
    await settled();
    assert.match(primary.text, /<password><!\[CDATA\[next\]\]><\/password>/);
    assert.doesNotMatch(primary.text, /new_password/);
    assert.deepEqual(primary.syncResults, ['done', 'failed'], 'this pair has no user with that password');
  });
});

test('a dropped connection makes the primary send again, and the second time it arrives', async () => {
  await withPair({}, async ({ primary, secondary, settled }) => {
    secondary.orderFault({ kind: 'dropped before' }, { call: 'restore_config_section', caller: 'peer' });
    primary.saveInGui(text => text.replace('>servers<', '>renamed<'));
    await settled();
    assert.deepEqual(primary.syncResults, ['done']);
    assert.match(secondary.text, />renamed</);
  });
});

function sent(version: ReleaseName, sections: { readonly [name: string]: Plain }): Plain {
  const config = parsed(version, configText(version, sections));
  const result = sectionsToSend(config, releaseNamed(version));
  return result ? toPlain(result) : null;
}

const on = (...boxes: readonly string[]) => Object.fromEntries(boxes.map(box => [`synchronize${box}`, 'on']));

test('nothing ticked is nothing sent', () => {
  assert.equal(sent('2.7.2', { hasync: { synchronizetoip: '192.0.2.1' }, filter: { rule: [{ descr: 'a' }] } }), null);
});

test('which sections a box sends', () => {
  const keys = (version: ReleaseName, box: string, sections: { [name: string]: Plain } = {}) =>
    Object.keys(sent(version, { hasync: on(box), ...sections }) as object);
  assert.deepEqual(keys('2.7.2', 'rules'), ['filter', 'schedules']);
  assert.deepEqual(keys('2.7.2', 'openvpn'), ['openvpn', 'cert', 'ca', 'crl']);
  assert.deepEqual(keys('2.7.2', 'certs'), ['cert', 'ca', 'crl']);
  assert.deepEqual(keys('2.7.2', 'staticroutes'), ['staticroutes', 'gateways']);
  const relay = { dhcrelay: { enable: '' } };
  assert.deepEqual(sent('2.5.2', { hasync: on('dhcrelay'), ...relay }), null);
  assert.deepEqual(keys('2.6.0', 'dhcrelay', relay), ['dhcrelay']);
  const kea = { dhcpd: { lan: { enable: '' } }, kea: { ha: { role: 'primary' } } };
  assert.deepEqual(keys('2.7.2', 'dhcpd', kea), ['dhcpd']);
  assert.deepEqual(keys('2.8.0', 'dhcpd', kea), ['dhcpd', 'kea']);
  assert.deepEqual(sent('2.7.2', { hasync: on('kea6'), dhcpdv6: { lan: { enable: '' } } }), null);
  assert.deepEqual(keys('2.8.0', 'kea6', { dhcpdv6: { lan: { enable: '' } } }), ['dhcpdv6']);
  const voucher = { captiveportal: { zone: { enable: '' } }, voucher: { zone: { enable: '' } } };
  assert.deepEqual(keys('2.7.2', 'captiveportal', voucher), ['captiveportal', 'voucher']);
});

test('VIPs of the node itself stay, and advskew and advbase end at 254', () => {
  const vip = (mode: string, on: string, more: { [key: string]: string } = {}) => ({
    mode,
    interface: on,
    subnet: '192.0.2.1',
    ...more,
  });
  const result = sent('2.7.2', {
    hasync: on('virtualip'),
    virtualip: {
      vip: [
        vip('carp', 'wan', { advskew: '200', advbase: '300' }),
        vip('carp', 'lan', { advskew: '' }),
        vip('ipalias', 'wan'),
        vip('ipalias', '_vip65f0c0ffee001'),
        vip('ipalias', 'lo0'),
        vip('proxyarp', 'wan'),
        vip('other', 'wan'),
      ],
    },
  });
  assert.deepEqual(result, {
    virtualip: {
      vip: [
        { mode: 'carp', interface: 'wan', subnet: '192.0.2.1', advskew: 254, advbase: 254 },
        { mode: 'carp', interface: 'lan', subnet: '192.0.2.1', advskew: '' },
        { mode: 'ipalias', interface: '_vip65f0c0ffee001', subnet: '192.0.2.1' },
        { mode: 'ipalias', interface: 'lo0', subnet: '192.0.2.1' },
        { mode: 'other', interface: 'wan', subnet: '192.0.2.1' },
      ],
    },
  });
});

test('what is not to be synchronised is not, in six lists', () => {
  const items = [{ descr: 'a' }, { descr: 'b', nosync: '' }];
  const result = sent('2.7.2', {
    hasync: on('nat', 'rules', 'aliases', 'dnsforwarder', 'ipsec'),
    nat: { outbound: { rule: items }, rule: items, onetoone: items },
    filter: { rule: items },
    aliases: { alias: items },
    dnsmasq: { hosts: items },
    ipsec: { tunnel: items },
  });
  assert.deepEqual(JSON.stringify(result).match(/"descr":"b"/g)?.length, 1, 'only one-to-one NAT has no such box');
});

test("Kea's two ends change places, and a node's name and certificates stay with it", () => {
  const ha = {
    enable: '',
    role: 'primary',
    localname: 'fw1',
    localip: '172.16.1.2',
    localport: '8765',
    remotename: 'fw2',
    remoteip: '172.16.1.3',
    tls: '',
    scertref: 'abc',
  };
  const config = (changed: { [key: string]: string }) => ({
    hasync: on('dhcpd'),
    system: { hostname: 'gate' },
    dhcpd: { lan: { enable: '' } },
    kea: { ha: { ...ha, ...changed } },
  });
  const received = toPhp(sent('2.8.0', config({})));
  assert.ok(isArray(received));
  assert.deepEqual(toPlain(arrayAt(received, 'kea/ha')), {
    enable: '',
    role: 'standby',
    localip: '172.16.1.3',
    remotename: 'fw1',
    remoteip: '172.16.1.2',
    localport: '8765',
    remoteport: '8765',
  });
  const unnamed = toPhp(sent('2.8.0', config({ localname: '' })));
  assert.equal(isArray(unnamed) ? valueAt(unnamed, 'kea/ha/remotename') : undefined, 'gate');
  assert.throws(() => sent('2.8.0', config({ role: 'both' })), SyncBrokenOff);
});

test('adminsync goes along', () => {
  const { system } = toPlain(parsed('2.7.2', fixtureTexts('2.7.2').primary)) as { system: Plain };
  const result = sent('2.7.2', { system, hasync: { ...on('users'), adminsync: 'on' } }) as Record<string, Plain>;
  assert.deepEqual(result.hasync, { adminsync: 'on' });
  assert.deepEqual(Object.keys(result.system as object), ['user', 'nextuid', 'group', 'nextgid']);
});
