import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { createServer } from 'node:tls';
import { NodeClient } from '../../../../server/src/sync/node/nodeClient.ts';
import fc from '../../../harness/fastCheck.ts';
import { version } from '../support.ts';
import { credentials, nodeCertificate, pinned } from './scriptedNode.ts';

/** Where the line goes dead, and whether slowly or at once. */
interface Cut {
  /** Of the request, in thousandths; the node acts on a whole one. */
  readonly request: number;
  /** Of the answer, in thousandths. */
  readonly answer: number;
  readonly how: 'close' | 'reset' | 'silence';
  readonly hasLength: boolean;
  readonly delay: number;
}

const anyCut: fc.Arbitrary<Cut> = fc.record({
  request: fc.constantFrom(0, 1, 300, 700, 999, 1000, 1000, 1000, 1000),
  answer: fc.constantFrom(0, 1, 50, 400, 900, 999, 1000, 1000),
  how: fc.constantFrom('close', 'reset', 'silence'),
  hasLength: fc.boolean(),
  delay: fc.constantFrom(0, 0, 5),
});

const sections = new Map([['aliases', new Map([['alias', [new Map([['name', 'web']])]]])]]);

/** A node of which the line goes dead somewhere. It counts what it has acted on. */
async function dyingNode(cut: Cut) {
  const seen = { requests: 0, applied: 0 };
  const server = createServer({ key: nodeCertificate.key, cert: nodeCertificate.cert }, socket => {
    const body =
      '<?xml version="1.0" encoding="utf-8"?>\n<methodResponse><params><param><value><boolean>1</boolean></value></param></params></methodResponse>';
    const length = cut.hasLength ? `Content-Length: ${body.length}\r\n` : '';
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n${length}Connection: close\r\n\r\n${body}`;
    let received = '';
    let isOver = false;
    const end = () => {
      isOver = true;
      if (cut.how === 'reset') socket.destroy();
      else if (cut.how === 'close') socket.end();
    };
    seen.requests++;
    socket.on('error', () => undefined);
    socket.on('data', chunk => {
      if (isOver) return;
      received += chunk.toString('latin1');
      const size = sizeOf(received);
      if (cut.request < 1000 && received.length >= (size ?? 1) * (cut.request / 1000)) return end();
      if (size === undefined || received.length < size) return;
      isOver = true;
      seen.applied++;
      const part = answer.slice(0, Math.floor((answer.length * cut.answer) / 1000));
      setTimeout(() => {
        if (part === '') end();
        else socket.write(part, end);
      }, cut.delay);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { seen, server, port: (server.address() as AddressInfo).port };
}

/** How long a request is, its header told; absent before that. */
function sizeOf(received: string): number | undefined {
  const head = received.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  return head < 0 || length === undefined ? undefined : head + 4 + Number(length);
}

test('property: wherever the line goes dead, a write that was done is never said not to have been, nor sent again', async () => {
  const outcomes = new Map<string, number>();
  const meet = async (cut: Cut) => {
    const { seen, server, port } = await dyingNode(cut);
    const client = new NodeClient({ name: 'fw1', connection: pinned(port), credentials: credentials() });
    const result = await client.restoreSections(sections, version('23.3'), { timeout: 250 });
    server.close();
    const outcome = result.kind === 'ok' ? 'ok' : result.failure.cause.kind;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    assert.ok(seen.requests <= 1);
    if (seen.applied > 0) assert.ok(outcome === 'ok' || outcome === 'fate-unknown', outcome);
    else assert.notEqual(outcome, 'ok');
    // A whole answer is a whole answer, however the connection ends; a part of one is none.
    if (!isWhole(cut)) assert.notEqual(outcome, 'ok', JSON.stringify(cut));
  };
  // Several at a time, since many of them wait for nothing.
  const anyCuts = fc.array(anyCut, { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(anyCuts, async cuts => {
      await Promise.all(cuts.map(meet));
    }),
    { numRuns: 12 },
  );
  assert.ok((outcomes.get('ok') ?? 0) > 3 && (outcomes.get('fate-unknown') ?? 0) > 20, JSON.stringify([...outcomes]));
});

/** Without a length only the end of the connection says that the answer is whole. */
function isWhole({ request, answer, how, hasLength }: Cut): boolean {
  return request === 1000 && answer === 1000 && (hasLength || how !== 'silence');
}
