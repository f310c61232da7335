import assert from 'node:assert/strict';
import test from 'node:test';
import { readVersion } from '../../../../server/src/model/version.ts';
import { parseFingerprint } from '../../../../server/src/sync/node/certificate.ts';
import { Credentials } from '../../../../server/src/sync/node/credentials.ts';
import { NodeClient } from '../../../../server/src/sync/node/nodeClient.ts';
import type { SectionStates, SectionValue } from '../../../../server/src/sync/xmlRpc/value.ts';
import { fixturePasswords, withPair } from '../../../simulator/fixturePair.ts';
import type { SimulatedNode } from '../../../simulator/node/simulatedNode.ts';
import { releases } from '../../../simulator/release.ts';
import { configOf } from '../../model/readers.ts';

function clientOf(node: SimulatedNode): NodeClient {
  const reading = Credentials.of('admin', fixturePasswords.admin);
  const sha256 = parseFingerprint(node.fingerprint);
  assert.ok(reading.kind === 'credentials' && sha256);
  const connection = {
    protocol: 'https',
    host: '127.0.0.1',
    port: node.port,
    trust: { kind: 'pinned', sha256 },
  } as const;
  return new NodeClient({ name: 'fw2', connection, credentials: reading.credentials });
}

const aliases = new Map([
  [
    'alias',
    [
      new Map([
        ['name', 'a"b$x\\'],
        ['descr', 'é <&> 😀\nnext'],
        ['address', ''],
      ]),
    ],
  ],
]);

test('replace: sections become exactly what is sent, or are gone, on every release; the rest stays', async () => {
  for (const { name, configVersion } of releases) {
    await withPair({ version: name }, async ({ secondary }) => {
      const client = clientOf(secondary);
      const version = configOf(`<version>${configVersion}</version>`).query(readVersion);
      const sections: SectionStates = new Map<string, SectionValue | undefined>([
        ['aliases', aliases],
        ['dhcpd', undefined],
        ['cert', [new Map([['refid', '1']])]],
      ]);
      const before = secondary.text;
      assert.deepEqual(await client.replaceSections(sections, version), { kind: 'ok', value: 'accepted' }, name);
      const read = await client.backupSections(['aliases', 'dhcpd', 'cert', 'interfaces']);
      assert.ok(read.kind === 'ok');
      assert.deepEqual([read.value.get('aliases'), read.value.has('dhcpd')], [aliases, false], name);
      assert.deepEqual(read.value.get('cert'), [new Map([['refid', '1']])]);
      const rest = /<interfaces>[\s\S]*<\/virtualip>/;
      assert.equal(rest.exec(secondary.text)?.[0], rest.exec(before)?.[0]);
      assert.match(secondary.text, /@127\.0\.0\.1: Replaced aliases, dhcpd, cert by HA Pair/);
    });
  }
});

test('replace: what would break the node is not sent, and what came to nothing is unknown', async () => {
  await withPair({}, async ({ secondary }) => {
    const client = clientOf(secondary);
    const version = configOf('<version>23.3</version>').query(readVersion);
    const refused = await client.replaceSections(new Map([['aliases', new Map([['alias', 'x']])]]), version);
    assert.ok(refused.kind === 'failed' && refused.failure.cause.kind === 'refused');
    assert.deepEqual(secondary.calls, []);
    secondary.orderFault({ kind: 'lie' });
    const lied = await client.replaceSections(new Map([['aliases', aliases]]), version);
    assert.ok(lied.kind === 'failed' && lied.failure.cause.kind === 'fate-unknown');
  });
});
