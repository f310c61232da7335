import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { type Listening, runProgram } from './program.ts';
import { TestClient } from './testClient.ts';

async function started(args: readonly string[]) {
  const lines: string[] = [];
  const pair = await runProgram(args, { print: line => lines.push(line) });
  return { pair, lines };
}

test('it says where two nodes listen, and plainly that they are simulated', async () => {
  const { pair, lines } = await started([]);
  assert.ok(pair);
  try {
    const text = lines.join('\n');
    assert.match(text, /^Two SIMULATED pfSense 2\.6\.0 nodes are listening on this machine\. They are no firewalls/);
    for (const node of [pair.primary, pair.secondary]) {
      assert.ok(text.includes(`https://127.0.0.1:${node.port}`), text);
      assert.ok(text.includes(node.fingerprint), text);
    }
    assert.equal(pair.primary.text, readFileSync('samples/tutorial/main-pfSense.xml', 'utf8'));
    assert.equal(pair.secondary.text, readFileSync('samples/tutorial/second-pfSense.xml', 'utf8'));
    const client = new TestClient(pair.primary);
    assert.deepEqual(
      await client.php('global $config; $toreturn = $config["hasync"]["synchronizetoip"];'),
      '172.16.1.3',
    );
    assert.doesNotMatch(text, /example-sync-password/);
  } finally {
    await pair.dispose();
  }
});

test('as JSON it says it to a program, and the sample pair synchronises', async () => {
  const { pair, lines } = await started(['samples/kea', '--json']);
  assert.ok(pair);
  try {
    assert.equal(lines.length, 1);
    const listening = JSON.parse(lines[0] ?? '') as Listening;
    assert.equal(listening.simulated, true);
    assert.deepEqual([listening.release, listening.user], ['2.8.0', 'admin']);
    const client = new TestClient(listening.primary, `${listening.user}:${listening.password}`);
    await client.restore({ aliases: { alias: [{ name: 'pushed', type: 'host', address: '192.0.2.200' }] } });
    await pair.settled();
    assert.deepEqual(pair.primary.syncResults, ['done']);
    assert.match(pair.secondary.text, /<name>pushed<\/name>/);
    assert.match(pair.secondary.text, /<localname>fw-b<\/localname>/);
    assert.equal(lines.length, 1, 'and nothing more');
  } finally {
    await pair.dispose();
  }
});

test('it tells its usage, and refuses what it does not know', async () => {
  const { pair, lines } = await started(['--help']);
  assert.equal(pair, undefined);
  assert.match(lines.join('\n'), /^simulator \[FOLDER\]/);
  await assert.rejects(started(['--nonsense']), /nonsense/);
  await assert.rejects(started(['--primary-port', '70000']), /70000 is no port/);
  await assert.rejects(started(['samples']), /pfsense-ha\.json/);
});
