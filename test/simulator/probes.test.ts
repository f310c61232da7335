import assert from 'node:assert/strict';
import test from 'node:test';
import { PhpObject } from './php/value.ts';
import { type Probe, readProbes, readRecording, recorded, recordedPasswords, skipRecordings } from './recordings.ts';
import type { ReleaseName } from './release.ts';
import { startPair } from './startPair.ts';
import { basic, exchange, type Plain, TestClient } from './testClient.ts';

/** What was asked under a heading, and which part of the file was shown then. */
interface Asked {
  /** Sections for restore_config_section; the answer to it is the first that was recorded. */
  readonly sent?: Plain;
  readonly merged?: Plain;
  readonly body?: string;
  readonly code?: string;
  /** Asked for afterwards; the answer is the next that was recorded. */
  readonly backup?: string;
  readonly section?: string;
  readonly caller?: string;
}

const characters = `it's "q" <b> & é € 😀`;
const users: readonly Plain[] = [
  { name: 'admin', uid: '0', scope: 'system', descr: 'System Administrator' },
  { name: 'hasync', uid: '2000', scope: 'user', descr: 'HA sync', priv: ['system-xmlrpc-ha-sync'] },
  { name: 'bob', uid: '2005', scope: 'user', descr: 'Bob', 'bcrypt-hash': '$2y$10$abcdefghijklmnopqrstuu' },
];
const groups: readonly Plain[] = [
  { name: 'all', gid: '1998', scope: 'system', member: ['0'] },
  { name: 'admins', gid: '1999', scope: 'system', member: ['0'], priv: ['page-all'] },
];

const aliases = (alias: Plain) => ({ sent: { aliases: { alias } }, section: 'aliases' });

const asked: Readonly<Record<string, Asked>> = {
  'types: int, bool true/false, double, nil, base64': {
    ...aliases([{ name: 'a', i: 100, t: true, f: false, d: 1.5, n: null, s: '', z: [], zz: {} }]),
    backup: 'aliases',
  },
  'base64 value': aliases([{ name: 'a', b: new PhpObject() }]),
  'untyped value = string': {
    body: '<methodCall><methodName>pfsense.restore_config_section</methodName><params><param><value><struct><member><name>aliases</name><value><struct><member><name>alias</name><value><array><data><value><struct><member><name>name</name><value>plain</value></member></struct></value></data></array></value></member></struct></value></member></struct></value></param><param><value><int>9</int></value></param></params></methodCall>',
    section: 'aliases',
  },
  characters: {
    ...aliases([{ name: characters, descr: `${characters} ]]> end`, lines: 'l1\nl2\nl3\ttab ', descr2: ' lead\nnl ' }]),
    backup: 'aliases',
  },
  'list given as struct with keys 0,1': { ...aliases({ 0: { name: 'x' }, 1: { name: 'y' } }), backup: 'aliases' },
  'list given as struct with keys 1,2 / 5': { ...aliases({ 1: { name: 'x' }, 2: { name: 'y' } }), backup: 'aliases' },
  'single list item given as a bare struct': { ...aliases({ name: 'x', type: 'host' }), backup: 'aliases' },
  'array for a non-list tag': { sent: { aliases: { notalist: ['a', 'b'] } }, backup: 'aliases', section: 'aliases' },
  'mixed-case key': { ...aliases([{ name: 'a', CamelKey: '1' }]), backup: 'aliases' },
  'key with a space': { ...aliases([{ name: 'a', 'a key': '1' }]), backup: 'aliases' },
  'gateways: gateway_item []': { sent: { gateways: { gateway_item: [] } }, section: 'gateways' },
  'virtualip {vip: []}': { sent: { virtualip: { vip: [] } }, section: 'virtualip' },
  'virtualip {} (empty array)': { sent: { virtualip: {} }, section: 'virtualip' },
  'merge_config_section list overlay': {
    merged: { virtualip: { vip: [{ descr: 'only first touched', unknown: 'x' }] } },
    section: 'virtualip',
  },
  'hasync key add through restore': {
    sent: { hasync: { synchronizetoip: '203.0.113.9', newkey: 'on' } },
    section: 'hasync',
  },
  'dhcpd replaced in full': {
    sent: { dhcpd: { lan: { enable: '', range: { from: '192.168.1.100', to: '192.168.1.150' } } } },
    section: 'dhcpd',
  },
  'dhcpdv6 merged': { sent: { dhcpdv6: { opt1: { ramode: 'disabled' } } }, section: 'dhcpdv6' },
  'new unknown section': { sent: { mytool: { a: '1' } }, section: 'mytool' },
  'whole config by exec_php': { code: 'global $config; $toreturn = array_keys($config);' },
  "loop: caller is the node's own synchronizetoip": { ...aliases([]), caller: '203.0.113.9' },
  'users: add bob, drop plain': { sent: { system: { user: users, group: groups } }, section: 'system' },
};

const probed: readonly ReleaseName[] = ['2.6.0', '2.7.2', '2.8.0', '2.9.0'];

for (const version of probed) {
  const file = `probe.${recorded[version]}.txt`;
  const probes = skipRecordings === false ? readProbes(readRecording('answers', file)) : new Map<string, Probe>();
  for (const [title, each] of Object.entries(asked)) {
    test(`${version}: ${title}`, { skip: skipRecordings }, async () => {
      const probe = probes.get(title);
      assert.ok(probe, 'the recording has no such heading');
      await compare(version, each, probe);
    });
  }
}

async function compare(version: ReleaseName, each: Asked, probe: Probe): Promise<void> {
  const name = recorded[version];
  const secondary = readRecording('pairs', `${name}.secondary.before.config.xml`);
  const pair = await startPair({
    version,
    primary: readRecording('pairs', `${name}.primary.config.xml`),
    secondary: each.caller
      ? secondary.replace('<synchronizetoip></synchronizetoip>', `<synchronizetoip>${each.caller}</synchronizetoip>`)
      : secondary,
    passwords: recordedPasswords,
    ...(each.caller ? { callerAddress: each.caller } : {}),
  });
  try {
    const client = new TestClient(pair.secondary);
    const answers = [...(await answersTo(each, client))].map(({ status, headers, body }) => {
      const withoutDeclaration = body.replace('<?xml version="1.0" encoding="utf-8"?>\n', '');
      return `${status} ${headers['content-type']} ${withoutDeclaration.replaceAll('\n', ' ')}`;
    });
    for (const [index, recordedAnswer] of probe.answers.entries()) {
      assert.equal(comparable(answers[index]), comparable(recordedAnswer), `answer ${index + 1}`);
    }
    if (each.section) assert.equal(shown(pair.secondary.text, each.section, probe.dump), probe.dump);
  } finally {
    await pair.dispose();
  }
}

async function answersTo(each: Asked, client: TestClient) {
  const first = each.body
    ? await exchange(client.url, { headers: basic('admin:pfsense'), body: each.body })
    : each.code
      ? await client.reply('exec_php', each.code)
      : each.merged
        ? await client.reply('merge_config_section', each.merged, 240)
        : await client.reply('restore_config_section', each.sent ?? {}, 900);
  return each.backup ? [first, await client.reply('backup_config_section', [each.backup])] : [first];
}

/** Of an answer what a recording keeps of it; of PHP's pages the beginning, since line numbers differ by release. */
function comparable(answer: string | undefined): string {
  const text = answer ?? 'no answer';
  return text.includes('text/html') ? text.replace(/\s+/g, ' ').slice(0, 80) : text.slice(0, 200);
}

/** A section of a file as the recording shows it, which cuts long ones off. */
function shown(text: string, section: string, recordedDump: string): string {
  const lines = text.split('\n');
  const from = lines.indexOf(`\t<${section}>`);
  const to = lines.indexOf(`\t</${section}>`, from);
  const whole = lines.slice(from, to + 1).join('\n');
  const [dump = '', accounts] = recordedDump.split(/\n(?=user admin )/);
  // Under the users stand their names, as a summary that is no part of the file.
  return accounts === undefined
    ? whole.slice(0, recordedDump.length)
    : `${whole.slice(0, dump.length)}\n${summary(whole)}`;
}

function summary(system: string): string {
  return [...system.matchAll(/<user>\s*([\s\S]*?)<\/user>/g)]
    .map(([, user = '']) => {
      const text = (key: string) => new RegExp(`<${key}>(.*?)</${key}>`).exec(user)?.[1];
      return `user ${text('name')} descr ${text('descr')} uid ${text('uid')}`;
    })
    .join('\n');
}
