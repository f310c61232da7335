import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type Fingerprint, parseFingerprint, type Trust } from '../../../../server/src/sync/node/certificate.ts';
import type { Host } from '../../../../server/src/sync/node/connection.ts';
import type { NodeFailure } from '../../../../server/src/sync/node/failure.ts';
import { NodeClient } from '../../../../server/src/sync/node/nodeClient.ts';
import { makeCertificate, type TestCertificate } from '../../../harness/selfSigned.ts';
import { version } from '../support.ts';
import { answer, credentials, nodeCertificate, type ScriptedNode, scriptedNode, versionValue } from './scriptedNode.ts';

const day = 86_400_000;
const authority = makeCertificate({ commonName: 'Example CA', names: [] });
const trusted: Trust = { kind: 'authorities', authorities: [authority.cert] };

interface Meeting {
  readonly node: ScriptedNode;
  readonly failure: NodeFailure | undefined;
}

/** Makes a call on a node with that certificate. */
async function meet(
  t: TestContext,
  {
    certificate,
    trust,
    host = '127.0.0.1',
  }: { readonly certificate: TestCertificate; readonly trust: Trust; readonly host?: Host },
): Promise<Meeting> {
  const node = await scriptedNode(t, (_, response) => answer(response, versionValue), { certificate });
  const connection = { protocol: 'https', host, port: node.port, trust } as const;
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  const result = await client.firmwareVersion();
  return { node, failure: result.kind === 'failed' ? result.failure : undefined };
}

const pin = ({ sha256 }: TestCertificate): Trust => ({ kind: 'pinned', sha256: sha256 as Fingerprint });

test('certificate: one that an authority has signed for the host is good, by address and by name', async t => {
  const certificate = makeCertificate({ issuer: authority });
  for (const host of ['127.0.0.1', 'localhost']) {
    const { failure, node } = await meet(t, { certificate, trust: trusted, host });
    assert.equal(failure, undefined, host);
    assert.equal(node.requests.length, 1);
  }
});

test('certificate: the pinned one is good, though nobody has signed it', async t => {
  assert.equal((await meet(t, { certificate: nodeCertificate, trust: pin(nodeCertificate) })).failure, undefined);
});

test('certificate: the pinned one stays good when it has expired and names another host', async t => {
  const certificate = makeCertificate({
    names: ['fw9.example.org'],
    validFrom: new Date(0),
    validTo: new Date(Date.now() - day),
  });
  assert.equal((await meet(t, { certificate, trust: pin(certificate) })).failure, undefined);
});

test('certificate: another than the pinned one stops everything, even one that an authority has signed', async t => {
  for (const certificate of [makeCertificate(), makeCertificate({ issuer: authority })]) {
    const { failure, node } = await meet(t, { certificate, trust: pin(nodeCertificate) });
    assert.equal(failure?.cause.kind, 'changed-certificate');
    assert.ok(failure.cause.kind === 'changed-certificate');
    assert.equal(failure.cause.expected, nodeCertificate.sha256);
    assert.equal(failure.cause.certificate.sha256, certificate.sha256);
    for (const part of [nodeCertificate.sha256, certificate.sha256]) assert.ok(failure.message.includes(part));
    assert.equal(node.requests.length, 0);
  }
});

const yesterday = new Date(Date.now() - day);
const untrusted: readonly { readonly what: string; readonly certificate: TestCertificate; readonly reason: string }[] =
  [
    { what: 'one that signs itself', certificate: makeCertificate(), reason: 'unknown issuer' },
    {
      what: 'one of an authority that is not known',
      certificate: makeCertificate({ issuer: makeCertificate({ commonName: 'Other CA' }) }),
      reason: 'unknown issuer',
    },
    {
      what: 'one that has expired',
      certificate: makeCertificate({ issuer: authority, validFrom: new Date(0), validTo: yesterday }),
      reason: 'expired',
    },
    {
      what: 'one that is not valid yet',
      certificate: makeCertificate({
        issuer: authority,
        validFrom: new Date(Date.now() + day),
        validTo: new Date('2051-01-01'),
      }),
      reason: 'not yet valid',
    },
    {
      what: 'one for another host',
      certificate: makeCertificate({ issuer: authority, names: ['fw2.example.org', '192.0.2.1'] }),
      reason: 'other host',
    },
  ];

for (const { what, certificate, reason } of untrusted) {
  test(`certificate: ${what} is shown and nothing is sent`, async t => {
    const { failure, node } = await meet(t, { certificate, trust: trusted });
    assert.ok(failure?.cause.kind === 'unknown-certificate', failure?.message);
    assert.equal(failure.cause.reason, reason);
    assert.equal(failure.cause.certificate.subject, 'CN=fw1.example.org');
    assert.equal(failure.cause.certificate.sha256, certificate.sha256);
    assert.ok(failure.cause.certificate.validFrom < failure.cause.certificate.validTo);
    assert.ok(failure.message.includes(`"tls": { "sha256": "${certificate.sha256}" }`));
    assert.equal(node.requests.length, 0);
  });
}

test('certificate: without authorities of our own those of the system are asked, which do not know the firewall', async t => {
  const { failure, node } = await meet(t, { certificate: nodeCertificate, trust: { kind: 'authorities' } });
  assert.equal(failure?.cause.kind, 'unknown-certificate');
  assert.equal(node.requests.length, 0);
});

test('certificate: an environment that turns verification off changes nothing', async t => {
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
  });
  t.mock.method(process, 'emitWarning', () => undefined);
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const { failure, node } = await meet(t, { certificate: nodeCertificate, trust: { kind: 'authorities' } });
  assert.equal(failure?.cause.kind, 'unknown-certificate');
  assert.equal(node.requests.length, 0);
});

test('certificate: what a stranger writes into his name is shown on one line', async t => {
  const certificate = makeCertificate({ commonName: 'fw1\u0007\u202e evil' });
  const { failure } = await meet(t, { certificate, trust: trusted });
  assert.ok(failure?.cause.kind === 'unknown-certificate');
  assert.doesNotMatch(failure.message, /[\p{C}\n]/u);
});

test('certificate: a write that meets the wrong one has not gone out', async t => {
  const node = await scriptedNode(t, () => undefined, { certificate: nodeCertificate });
  const connection = { protocol: 'https', host: '127.0.0.1', port: node.port, trust: trusted } as const;
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  const result = await client.restoreSections(new Map([['wol', '']]), version('23.3'));
  assert.ok(result.kind === 'failed');
  assert.equal(result.failure.cause.kind, 'unknown-certificate');
  assert.equal(node.requests.length, 0);
});

test('certificate: a port that speaks no TLS', async t => {
  const node = await scriptedNode(t, () => undefined);
  const connection = { protocol: 'https', host: '127.0.0.1', port: node.port, trust: trusted } as const;
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  const result = await client.firmwareVersion();
  assert.ok(result.kind === 'failed');
  assert.deepEqual(result.failure.cause, { kind: 'unreachable', reason: 'no TLS' });
});

test('certificate: plain HTTP works where it is allowed', async t => {
  const node = await scriptedNode(t, (_, response) => answer(response, versionValue));
  const connection = { protocol: 'http', host: '127.0.0.1', port: node.port, allowHttp: true } as const;
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  assert.equal((await client.firmwareVersion()).kind, 'ok');
});

test('certificate: fingerprints are read in every usual spelling', () => {
  const { sha256 } = nodeCertificate;
  for (const text of [
    sha256,
    sha256.toLowerCase(),
    sha256.replaceAll(':', ''),
    sha256.replaceAll(':', '').toLowerCase(),
  ]) {
    assert.equal(parseFingerprint(text), sha256);
  }
  for (const text of ['', sha256.slice(3), `${sha256}:00`, sha256.replace(/^./, 'G'), 'sha256']) {
    assert.equal(parseFingerprint(text), undefined, text);
  }
});
