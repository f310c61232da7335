import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import test from 'node:test';
import { inspect } from 'node:util';
import type { FailureCause, NodeAnswer } from '../../../../server/src/sync/node/failure.ts';
import { NodeClient } from '../../../../server/src/sync/node/nodeClient.ts';
import { decodeCall } from '../../../../server/src/sync/xmlRpc/decode.ts';
import { version } from '../support.ts';
import {
  answer,
  credentials,
  fault,
  nodeCertificate,
  nodeWith,
  password,
  pinned,
  type Script,
  send,
  versionValue,
} from './scriptedNode.ts';

const sections = new Map([['aliases', new Map([['alias', [new Map([['name', 'web']])]]])]]);
const restore = (client: NodeClient, options = {}) => client.restoreSections(sections, version('23.3'), options);

/** What went wrong, after a look at what is told of it. */
function causeOf(result: NodeAnswer<unknown>): FailureCause {
  assert.ok(result.kind === 'failed', inspect(result));
  const { cause, message } = result.failure;
  assert.match(message, /^\S.{20,}\.$/s);
  assertNoSecret(result);
  return cause;
}

/** In no way of looking at a thing the password is seen, in no form that it takes on its way. */
function assertNoSecret(...things: readonly unknown[]): void {
  const forms = [password, encodeURIComponent(password), Buffer.from(`hasync:${password}`).toString('base64')];
  for (const thing of things) {
    const shown = [inspect(thing, { depth: null, showHidden: true }), JSON.stringify(thing) ?? '', String(thing)];
    for (const text of shown) for (const form of forms) assert.ok(!text.includes(form));
  }
}

test('node: asks for the version as pfSense does', async t => {
  const { node, client } = await nodeWith(t, (_, response) => answer(response, versionValue));
  assert.deepEqual(await client.firmwareVersion(), {
    kind: 'ok',
    value: { product: '2.7.2-RELEASE', config: '23.3', platform: 'pfSense' },
  });
  const [request] = node.requests;
  assert.ok(request);
  assert.deepEqual([request.method, request.path], ['POST', '/xmlrpc.php']);
  assert.equal(request.headers.authorization, `Basic ${Buffer.from(`hasync:${password}`).toString('base64')}`);
  assert.equal(request.headers['content-type'], 'text/xml; charset=utf-8');
  assert.equal(request.headers.host, `127.0.0.1:${node.port}`);
  assert.equal(request.headers['content-length'], String(Buffer.byteLength(request.body)));
  assert.deepEqual(decodeCall(request.body), { method: 'pfsense.host_firmware_version', parameters: ['', 240] });
});

test('node: what a node does not tell of its version is missing', async t => {
  const { client } = await nodeWith(t, (_, response) => answer(response, '<struct></struct>'));
  assert.deepEqual(await client.firmwareVersion(), {
    kind: 'ok',
    value: { product: undefined, config: undefined, platform: undefined },
  });
});

test('node: sections are asked for by name, and none is an empty list', async t => {
  const { node, client } = await nodeWith(t, (request, response) =>
    answer(
      response,
      request.body.includes('nosuch')
        ? '<array><data></data></array>'
        : '<struct><member><name>hasync</name><value><struct><member><name>username</name><value><string></string></value></member></struct></value></member></struct>',
    ),
  );
  assert.deepEqual(await client.backupSections(['nosuch']), { kind: 'ok', value: new Map() });
  assert.deepEqual(await client.backupSections(['hasync']), {
    kind: 'ok',
    value: new Map([['hasync', new Map([['username', '']])]]),
  });
  assert.deepEqual(decodeCall(node.requests[0]?.body ?? '')?.parameters, [['nosuch'], 240]);
});

test('node: sections are sent with the time that a restore may take', async t => {
  const { node, client } = await nodeWith(t, (_, response) => answer(response, '<boolean>1</boolean>'));
  assert.deepEqual(await restore(client), { kind: 'ok', value: 'accepted' });
  assert.deepEqual(decodeCall(node.requests[0]?.body ?? ''), {
    method: 'pfsense.restore_config_section',
    parameters: [sections, 900],
  });
});

test('node: what would break it is not sent', async t => {
  const { node, client } = await nodeWith(t, (_, response) => answer(response, '<boolean>1</boolean>'));
  const cause = causeOf(await client.restoreSections(new Map([['cert', 'x']]), version('23.3')));
  assert.ok(cause.kind === 'refused');
  assert.equal(cause.refusals[0]?.kind, 'list tag without a list');
  assert.equal(node.connections(), 0);
});

const html =
  (body: string, status = 200) =>
  (_: unknown, response: Parameters<Script>[1]) =>
    send(response, body, { status, type: 'text/html; charset=UTF-8' });

/** What a node may do, what a read makes of it, and whether a write is known not to have been done. */
const failures: readonly {
  readonly what: string;
  readonly script: Script;
  readonly kind: FailureCause['kind'];
  readonly isKnown: boolean;
}[] = [
  {
    what: 'wrong credentials',
    script: (_, response) => fault(response, { code: -1, text: 'Authentication failed: Invalid username or password' }),
    kind: 'unauthorized',
    isKnown: true,
  },
  {
    what: 'an account without the privilege',
    script: (_, response) => fault(response, { code: -2, text: 'Authentication failed: not enough privileges' }),
    kind: 'not-enough-privileges',
    isKnown: true,
  },
  {
    what: 'an unknown method',
    script: (_, response) => fault(response, { code: -32601, text: 'server error. requested method not found' }),
    kind: 'no-such-method',
    isKnown: true,
  },
  {
    what: 'wrong parameters',
    script: (_, response) => fault(response, { code: -32602, text: 'server error. invalid method parameters' }),
    kind: 'request-not-understood',
    isKnown: true,
  },
  {
    what: 'a request that it cannot read',
    script: (_, response) => fault(response, { code: 0, text: 'Unable to parse request XML' }),
    kind: 'request-not-understood',
    isKnown: true,
  },
  {
    what: 'an exception with a stack trace',
    script: (_, response) =>
      fault(response, {
        code: 1,
        text: `Unhandled Exception exception:boom#0 auth('hasync', '${password.replace(/[&<]/g, '')}')`,
      }),
    kind: 'php-error',
    isKnown: false,
  },
  {
    what: 'a fault of another kind',
    script: (_, response) => fault(response, { code: 77, text: password.replace(/[&<]/g, '') }),
    kind: 'other-fault',
    isKnown: false,
  },
  {
    what: 'a fatal error that quotes a password',
    script: html(
      `\nFatal error: Uncaught TypeError: htmlentities(): Argument #1 given in /etc/inc/xmlparse.inc:306 Stack trace: #0 /etc/inc/auth.inc(1): authenticate_user('hasync', '${password}')`,
    ),
    kind: 'php-error',
    isKnown: false,
  },
  {
    what: 'a parse error',
    script: html(
      '\nParse error: syntax error, unexpected token ";" in /usr/local/www/xmlrpc.php(147) : eval()\'d code on line 1\n',
    ),
    kind: 'php-error',
    isKnown: false,
  },
  {
    what: 'a redirection to another port',
    script: (_, response) =>
      send(response, '', {
        status: 301,
        headers: { location: `https://hasync:${encodeURIComponent(password)}@192.0.2.1:8443/xmlrpc.php` },
      }),
    kind: 'redirected',
    isKnown: true,
  },
  {
    what: 'a redirection to a page of its own',
    script: (_, response) => send(response, '', { status: 302, headers: { location: '/' } }),
    kind: 'redirected',
    isKnown: true,
  },
  {
    what: 'a web server that gave up waiting',
    script: html('<h1>504 Gateway Time-out</h1>', 504),
    kind: 'gateway',
    isKnown: false,
  },
  { what: 'a web server without PHP', script: html('<h1>502 Bad Gateway</h1>', 502), kind: 'gateway', isKnown: false },
  { what: 'a request that is too large', script: html('<h1>413</h1>', 413), kind: 'too-large', isKnown: true },
  {
    what: 'HTTP on an HTTPS port',
    script: html('<center>The plain HTTP request was sent to HTTPS port</center>', 400),
    kind: 'https-expected',
    isKnown: true,
  },
  {
    what: 'a lockout',
    script: html('Access attempt from a temporarily locked out client address.'),
    kind: 'locked-out',
    isKnown: true,
  },
  {
    what: 'a host name that it does not know',
    script: html('Potential DNS Rebind attack detected'),
    kind: 'host-name-refused',
    isKnown: true,
  },
  {
    what: 'a web server without that page',
    script: html('<h1>404 Not Found</h1>', 404),
    kind: 'not-pfsense',
    isKnown: true,
  },
  {
    what: 'a page of something else',
    script: html('<html><body>Router login</body></html>'),
    kind: 'not-pfsense',
    isKnown: false,
  },
  {
    what: 'XML of something else',
    script: (_, response) => send(response, '<feed></feed>'),
    kind: 'not-pfsense',
    isKnown: false,
  },
  {
    what: 'an answer that this method never brings',
    script: (_, response) => answer(response, '<string>x</string>'),
    kind: 'unexpected-answer',
    isKnown: false,
  },
  {
    what: 'an answer that is not UTF-8',
    script: (_, response) => send(response, Buffer.from('<methodResponse>\xe9</methodResponse>', 'latin1')),
    kind: 'unexpected-answer',
    isKnown: false,
  },
  { what: 'an empty answer', script: (_, response) => send(response, ''), kind: 'cut-off', isKnown: false },
  {
    what: 'half an answer whose length was told',
    script: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 500 });
      response.write('<?xml version="1.0"?>\n<methodResponse><params>', () => response.socket?.destroy());
    },
    kind: 'cut-off',
    isKnown: false,
  },
  {
    what: 'half an answer that ends like a whole one',
    script: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', connection: 'close' });
      response.end('<?xml version="1.0"?>\n<methodResponse><params>');
    },
    kind: 'cut-off',
    isKnown: false,
  },
  {
    what: 'a connection dropped after the request',
    script: (_, response) => response.socket?.destroy(),
    kind: 'unreachable',
    isKnown: false,
  },
  {
    what: 'something that is no HTTP',
    script: (_, response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
    kind: 'not-http',
    isKnown: false,
  },
  {
    what: 'a change of protocol that nobody asked for',
    script: (_, response) =>
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n'),
    kind: 'unreachable',
    isKnown: false,
  },
  { what: 'no answer in time', script: () => undefined, kind: 'timeout', isKnown: false },
];

for (const { what, script, kind, isKnown } of failures) {
  test(`node: ${what}`, async t => {
    const { node, client } = await nodeWith(t, script);
    const timeout = kind === 'timeout' ? 150 : 5000;
    assert.equal(causeOf(await client.firmwareVersion({ timeout })).kind, kind);
    assertNoSecret(client);
    assert.equal(node.requests.length, 1, 'it is asked once');
    const writer = new NodeClient({ name: 'fw1', connection: pinned(node.port), credentials: credentials() });
    const cause = causeOf(await restore(writer, { timeout }));
    assert.equal(node.requests.length, 2, 'it is sent once');
    if (isKnown) assert.equal(cause.kind, kind);
    else assert.deepEqual([cause.kind, cause.kind === 'fate-unknown' && cause.cause.kind], ['fate-unknown', kind]);
  });
}

test('node: what failed and where is told of a PHP error, and nothing else of it', async t => {
  const { client } = await nodeWith(
    t,
    failures.find(each => each.what.startsWith('a fatal'))?.script ?? (() => undefined),
  );
  assert.deepEqual(causeOf(await client.firmwareVersion()), {
    kind: 'php-error',
    error: 'TypeError',
    place: '/etc/inc/xmlparse.inc:306',
  });
});

test('node: a warning of PHP in front of the answer spoils it', async t => {
  const { client } = await nodeWith(t, (_, response) =>
    send(
      response,
      '<br />\n<b>Warning</b>:  foreach() argument must be of type array in <b>/etc/inc/filter.inc</b> on line <b>12</b><br />\n<?xml version="1.0"?><methodResponse></methodResponse>',
      { type: 'text/html' },
    ),
  );
  assert.deepEqual(causeOf(await client.firmwareVersion()), {
    kind: 'php-error',
    error: 'Warning',
    place: '/etc/inc/filter.inc:12',
  });
});

test('node: where code that was sent fails, the place is in the file that runs it', async t => {
  const script = failures.find(each => each.what === 'a parse error')?.script ?? (() => undefined);
  const { client } = await nodeWith(t, script);
  assert.deepEqual(causeOf(await client.firmwareVersion()), {
    kind: 'php-error',
    error: 'Parse error',
    place: '/usr/local/www/xmlrpc.php:1',
  });
});

test('node: of a redirection the address alone is told', async t => {
  const { client } = await nodeWith(
    t,
    failures.find(each => each.what.startsWith('a redirection to another'))?.script ?? (() => undefined),
  );
  assert.deepEqual(causeOf(await client.firmwareVersion()), { kind: 'redirected', to: 'https://192.0.2.1:8443' });
});

for (const code of [-1, -2]) {
  test(`node: after fault ${code} nothing more is sent with these credentials`, async t => {
    const { node, client } = await nodeWith(t, (_, response) =>
      fault(response, { code, text: 'Authentication failed' }),
    );
    const [first, second, third] = await Promise.all([
      client.firmwareVersion(),
      client.backupSections(['nat']),
      restore(client),
    ]);
    assert.deepEqual([causeOf(second), causeOf(third)], [causeOf(first), causeOf(first)]);
    assert.equal(node.connections(), 1);
  });
}

test('node: nothing listens', async t => {
  const { node } = await nodeWith(t, () => undefined);
  const closed = createServer();
  const port = await new Promise<number>(resolve =>
    closed.listen(0, '127.0.0.1', () => {
      const address = closed.address();
      closed.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    }),
  );
  assert.notEqual(port, node.port);
  const client = new NodeClient({ name: 'fw1', connection: pinned(port), credentials: credentials() });
  assert.deepEqual(causeOf(await client.firmwareVersion()), { kind: 'unreachable', reason: 'refused' });
  assert.deepEqual(causeOf(await restore(client)), { kind: 'unreachable', reason: 'refused' });
});

test('node: a host name that nobody knows', async () => {
  // A label of more than 63 characters is refused without asking anybody.
  const host = `${'a'.repeat(64)}.example.org`;
  const client = new NodeClient({ name: 'fw1', connection: { ...pinned(443), host }, credentials: credentials() });
  assert.deepEqual(causeOf(await client.firmwareVersion()), { kind: 'unreachable', reason: 'unknown host' });
});

test('node: a port that takes the connection and says nothing', async t => {
  const silent = createServer(socket => t.after(() => socket.destroy()));
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const address = silent.address();
  const connection = pinned(typeof address === 'object' ? (address?.port ?? 0) : 0);
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  const cause = causeOf(await restore(client, { timeout: 100 }));
  assert.deepEqual(cause, { kind: 'timeout', stage: 'connecting', seconds: 0.1 });
});

test('node: a connection dropped during the handshake was no write', async t => {
  const rude = createServer(socket => socket.once('data', () => socket.destroy()));
  await new Promise<void>(resolve => rude.listen(0, '127.0.0.1', resolve));
  t.after(() => rude.close());
  const address = rude.address();
  const connection = pinned(typeof address === 'object' ? (address?.port ?? 0) : 0);
  const client = new NodeClient({ name: 'fw1', connection, credentials: credentials() });
  assert.deepEqual(causeOf(await restore(client)), { kind: 'unreachable', reason: 'dropped' });
});

test('node: calls go one at a time, in their order', async t => {
  let open = 0;
  let most = 0;
  const { node, client } = await nodeWith(t, (request, response) => {
    open++;
    most = Math.max(most, open);
    setTimeout(() => {
      open--;
      const isVersion = request.body.includes('host_firmware');
      answer(response, isVersion ? versionValue : '<array><data></data></array>');
    }, 20);
  });
  const results = await Promise.all([
    client.firmwareVersion(),
    client.backupSections(['nat']),
    client.firmwareVersion(),
  ]);
  assert.deepEqual(
    results.map(result => result.kind),
    ['ok', 'ok', 'ok'],
  );
  assert.equal(most, 1);
  assert.deepEqual(
    node.requests.map(request => decodeCall(request.body)?.method),
    ['pfsense.host_firmware_version', 'pfsense.backup_config_section', 'pfsense.host_firmware_version'],
  );
});

test('node: a slow answer in many pieces is one answer', async t => {
  const { client } = await nodeWith(t, (_, response) => {
    const body = `<?xml version="1.0"?>\n<methodResponse><params><param><value>${versionValue}</value></param></params></methodResponse>`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    const pieces = body.match(/.{1,80}/gs) ?? [];
    const next = () => {
      const piece = pieces.shift();
      if (piece === undefined) response.end();
      else response.write(piece, () => setTimeout(next, 3));
    };
    next();
  });
  assert.equal((await client.firmwareVersion()).kind, 'ok');
});

test('node: who waits for a turn can go', async t => {
  let finish = () => undefined as unknown;
  let isUnderWay = () => undefined as unknown;
  const underWay = new Promise(resolve => {
    isUnderWay = () => resolve(undefined);
  });
  const { node, client } = await nodeWith(t, (_, response) => {
    finish = () => answer(response, versionValue);
    if (node.requests.length > 1) finish();
    isUnderWay();
  });
  const waiting = new AbortController();
  const first = client.firmwareVersion();
  const second = restore(client, { signal: waiting.signal });
  const third = client.firmwareVersion();
  await underWay;
  waiting.abort();
  assert.deepEqual(causeOf(await second), { kind: 'cancelled' });
  assert.equal(node.requests.length, 1, 'the third waits for the first');
  finish();
  assert.equal((await first).kind, 'ok');
  assert.equal((await third).kind, 'ok');
  assert.equal(node.requests.length, 2);
});

test('node: a read can be cancelled, a write that has gone out cannot be taken back', async t => {
  const { node, client } = await nodeWith(t, () => controller.abort());
  let controller = new AbortController();
  assert.deepEqual(causeOf(await client.firmwareVersion({ signal: controller.signal })), { kind: 'cancelled' });
  controller = new AbortController();
  const cause = causeOf(await restore(client, { signal: controller.signal }));
  assert.deepEqual(cause, { kind: 'fate-unknown', cause: { kind: 'cancelled' } });
  const before = node.connections();
  assert.deepEqual(causeOf(await restore(client, { signal: controller.signal })), { kind: 'cancelled' });
  assert.equal(node.connections(), before, 'a cancelled call does not connect');
});

test('node: true and nothing but true is what a restore answers', async t => {
  const { client } = await nodeWith(t, (_, response) => answer(response, '<boolean>0</boolean>'));
  assert.deepEqual(causeOf(await restore(client)), { kind: 'fate-unknown', cause: { kind: 'unexpected-answer' } });
});

test('node: the client shows no password', () => {
  const own = credentials();
  const client = new NodeClient({ name: 'fw1', connection: pinned(443, nodeCertificate), credentials: own });
  assertNoSecret(client, own, { own }, [own], Object.entries(own), structuredClone(own));
  assert.equal(own.user, 'hasync');
});
