import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { request as requestHttps } from 'node:https';
import test from 'node:test';
import { connect } from 'node:tls';
import { fixtureTexts, withPair } from './fixturePair.ts';
import type { Fault } from './node/faults.ts';
import { basic, exchange, TestClient, toPhp } from './testClient.ts';
import { writeCall } from './xmlRpc/codec.ts';

const credentials = 'admin:admin-secret';
const sections = { aliases: { alias: [{ name: 'pushed', type: 'host', address: '192.0.2.1' }] } };
const { secondary: untouched } = fixtureTexts('2.7.2');

interface Case {
  readonly fault: Fault;
  /** What a caller sees: a failure, or what was answered. */
  readonly sees: RegExp | true;
  /** Whether the write went through all the same. */
  readonly isWritten: boolean;
}

const cases: readonly Case[] = [
  { fault: { kind: 'dropped before' }, sees: /socket hang up|ECONNRESET/, isWritten: false },
  { fault: { kind: 'dropped after' }, sees: /socket hang up|ECONNRESET/, isWritten: true },
  { fault: { kind: 'gateway timeout' }, sees: /^Error: 504 .*Gateway Time-out/, isWritten: true },
  { fault: { kind: 'half an answer' }, sees: /aborted|ECONNRESET|socket hang up/, isWritten: true },
  { fault: { kind: 'cut XML' }, sees: /^Error: 200 <\?xml/, isWritten: true },
  { fault: { kind: 'fatal error' }, sees: /^Error: 200 Fatal error: Allowed memory size/, isWritten: false },
  { fault: { kind: 'redirect', location: 'https://192.0.2.9/' }, sees: /^Error: 301/, isWritten: false },
  { fault: { kind: 'lie' }, sees: true, isWritten: false },
  { fault: { kind: 'latency', milliseconds: 30 }, sees: true, isWritten: true },
  { fault: { kind: 'certificate change' }, sees: true, isWritten: true },
];

for (const { fault, sees, isWritten } of cases) {
  test(`${fault.kind}: the write ${isWritten ? 'goes through' : 'does not happen'}, and only this once`, async () => {
    await withPair({}, async ({ secondary }) => {
      secondary.orderFault(fault, { call: 'restore_config_section' });
      const client = new TestClient(secondary, credentials);
      const outcome = await client.restore(sections).catch((error: unknown) => String(error));
      if (sees === true) assert.equal(outcome, true);
      else assert.match(String(outcome), sees);
      assert.equal(secondary.text.includes('<name>pushed</name>'), isWritten);
      if (!isWritten) assert.equal(secondary.text, untouched);
      assert.equal(secondary.faultsAreUsedUp, true);
      assert.equal(await client.restore(sections), true);
      assert.equal(secondary.text.includes('<name>pushed</name>'), true);
    });
  });
}

test('a call is carried out also when its caller has gone meanwhile', async () => {
  await withPair({}, async ({ secondary }) => {
    secondary.orderFault({ kind: 'latency', milliseconds: 80 });
    const body = writeCall({ method: 'pfsense.restore_config_section', parameters: [toPhp(sections), 900] });
    const request = requestHttps(`${secondary.url}/xmlrpc.php`, {
      method: 'POST',
      headers: basic(credentials),
      agent: false,
      rejectUnauthorized: false,
    });
    request.on('error', () => undefined);
    request.end(body);
    while (secondary.calls.length === 0) await new Promise(done => setTimeout(done, 2));
    request.destroy();
    assert.equal(secondary.text, untouched);
    const limit = Date.now() + 5_000;
    while (secondary.text === untouched && Date.now() < limit) await new Promise(done => setTimeout(done, 5));
    assert.match(secondary.text, /<name>pushed<\/name>/);
  });
});

test('a fault meets the calls that it was ordered for, and no others', async () => {
  await withPair({}, async ({ secondary }) => {
    secondary.orderFault({ kind: 'lie' }, { call: 'backup_config_section', after: 1, times: 2 });
    const client = new TestClient(secondary, credentials);
    assert.equal(await client.restore(sections), true);
    assert.equal(secondary.text.includes('<name>pushed</name>'), true);
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await client.backup('hasync')) === true);
    assert.deepEqual(answers, [false, true, true, false]);
    assert.deepEqual(secondary.calls, ['restore_config_section', ...Array(4).fill('backup_config_section')]);
  });
});

for (const when of ['before', 'after'] as const) {
  test(`another administrator saves right ${when} a write`, async () => {
    await withPair({}, async ({ secondary }) => {
      const edit = (text: string) =>
        text.replace('<domain>example.org</domain>', '<domain>example.net</domain>').replace('>servers<', '>theirs<');
      secondary.orderFault({ kind: 'another administrator', when, edit }, { call: 'restore_config_section' });
      const client = new TestClient(secondary, credentials);
      assert.equal(await client.restore(sections), true);
      assert.match(secondary.text, /<domain>example\.net<\/domain>/);
      assert.match(secondary.text, /<name>pushed<\/name>/);
      // Before the write it was the write's to replace; after it nothing was left to be renamed.
      assert.doesNotMatch(secondary.text, />theirs</);
      const author = when === 'before' ? '(system)@127.0.0.1' : 'admin@192.0.2.99 (Local Database)';
      assert.match(
        secondary.text,
        new RegExp(`<username><!\\[CDATA\\[${author.replace(/[()]/g, '\\$&')}\\]\\]></username>\\s*</revision>`),
      );
    });
  });
}

test('a certificate changes between two calls', async () => {
  await withPair({}, async ({ secondary }) => {
    const before = await fingerprintAt(secondary.port);
    secondary.orderFault({ kind: 'certificate change' }, { call: 'backup_config_section' });
    const client = new TestClient(secondary, credentials);
    await client.restore(sections);
    assert.equal(await fingerprintAt(secondary.port), before);
    await client.backup('aliases');
    assert.notEqual(await fingerprintAt(secondary.port), before);
    assert.equal(await fingerprintAt(secondary.port), secondary.fingerprint);
  });
});

test('a certificate that changes shows on the next connection, under another fingerprint', async () => {
  await withPair({}, async ({ primary }) => {
    const seen = [await fingerprintAt(primary.port)];
    assert.equal(seen[0], primary.fingerprint);
    primary.changeCertificate();
    seen.push(await fingerprintAt(primary.port));
    assert.equal(seen[1], primary.fingerprint);
    assert.notEqual(seen[0], seen[1]);
    assert.match(new X509Certificate(primary.certificate).subject, /^CN=fw1-/);
  });
});

function fingerprintAt(port: number): Promise<string> {
  return new Promise((done, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      done(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test("a few failed logins lock the caller out: its connections end, and nobody else's do", async () => {
  await withPair({ lockoutAfter: 3 }, async ({ secondary }) => {
    const wrong = new TestClient(secondary, 'admin:wrong');
    await assert.rejects(wrong.backup('hasync'), /fault -1: Authentication failed: Invalid username or password/);
    await assert.rejects(
      new TestClient(secondary, 'plain:plain-secret').backup('hasync'),
      /fault -2: .*not enough privileges/,
    );
    assert.equal(secondary.lockout.failures, 2);
    const right = new TestClient(secondary, credentials);
    await right.backup('hasync');
    await assert.rejects(wrong.backup('hasync'), /fault -1/);
    assert.equal(secondary.lockout.isLockedOut('127.0.0.1'), true);
    await assert.rejects(right.backup('hasync'), /socket hang up|ECONNRESET/);
    secondary.callerAddress = '192.0.2.50';
    await right.backup('hasync');
    assert.equal(secondary.text, untouched);
  });
});

test('a caller at the address that a node synchronises to hears true, and nothing happens', async () => {
  await withPair({ callerAddress: '172.16.1.3' }, async ({ primary }) => {
    const before = primary.text;
    const client = new TestClient(primary, credentials);
    assert.equal(await client.restore(sections), true);
    assert.equal(await client.call('merge_config_section', { system: { hostname: 'other' } }, 240), true);
    assert.equal(await client.call('interfaces_carp_configure'), true);
    assert.equal(primary.text, before);
    assert.equal(primary.logLines.filter(line => line === 'Disallowing CARP sync loop').length, 3);
  });
});

test('packages are merged into what there is; an empty section breaks the call from 2.7 on, and swallows it before', async () => {
  const editSecondary = (text: string) =>
    text.replace('</pfsense>', '<installedpackages></installedpackages></pfsense>');
  const sent = { tool: { config: [{ a: '1' }] } };
  for (const version of ['2.6.0', '2.7.2'] as const) {
    await withPair({ version, editSecondary }, async ({ secondary }) => {
      const client = new TestClient(secondary, credentials);
      const merge = () => client.call('merge_installedpackages_section', sent, 240);
      if (version === '2.7.2') await assert.rejects(merge(), /200 Fatal error: Uncaught TypeError: array_merge\(\)/);
      else assert.equal(await merge(), true);
      assert.match(secondary.text, /<installedpackages><\/installedpackages>/);
      secondary.saveInGui(text =>
        text.replace('<installedpackages><', '<installedpackages><menu><name>x</name></menu><'),
      );
      assert.equal(await merge(), true);
      assert.deepEqual(await client.backup('installedpackages'), {
        installedpackages: { menu: [{ name: 'x' }], ...sent },
      });
    });
  }
});

test('calls are carried out one after the other', async () => {
  await withPair({}, async ({ secondary }) => {
    const client = new TestClient(secondary, credentials);
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(names.map(name => client.restore({ aliases: { alias: [{ name }] }, [name]: { is: 'here' } })));
    for (const name of names) assert.match(secondary.text, new RegExp(`\\t<${name}>\\n\\t\\t<is>here</is>`));
    assert.equal(secondary.store.backups.length, names.length);
  });
});

test('over plain HTTP a node answers as well, if its GUI does so', async () => {
  await withPair({ protocol: 'http' }, async ({ secondary }) => {
    assert.match(secondary.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const reply = await exchange(secondary.url, { method: 'GET' });
    assert.match(reply.body, /Unable to parse request XML/);
  });
});
