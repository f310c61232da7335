import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import test from 'node:test';
import { inspect } from 'node:util';
import { decodeCall } from '../../../../server/src/sync/xmlRpc/decode.ts';
import { answer, fault, nodeWith, password, type Script, type SeenRequest, send } from './scriptedNode.ts';

/** Bytes that a careless reader changes: CR, a BOM within, bytes that are not UTF-8. */
const config = Buffer.from(
  '<?xml version="1.0"?>\r\n<pfsense>\n\t<version>23.3</version>\n\t<x>\ufeff \xe9\xff</x>\n</pfsense>\n',
  'latin1',
);
const base64 = (bytes: Buffer) => `<string>${bytes.toString('base64')}</string>`;

test('pull: the file comes as it is, byte for byte', async t => {
  const { node, client } = await nodeWith(t, (_, response) => answer(response, base64(config)));
  const result = await client.pullConfig();
  assert.ok(result.kind === 'ok');
  assert.deepEqual(Buffer.from(result.value.bytes), config);
  assert.equal(result.value.route, 'XMLRPC');
  const call = decodeCall(node.requests[0]?.body ?? '');
  assert.equal(call?.method, 'pfsense.exec_php');
  assert.deepEqual(call.parameters, ['$toreturn = base64_encode(file_get_contents("/cf/conf/config.xml"));', 240]);
});

test('pull: a large file comes whole', async t => {
  const large = Buffer.from(`<pfsense>${'\n\t<x>0123456789</x>'.repeat(300_000)}\n</pfsense>\n`);
  const { client } = await nodeWith(t, (_, response) => answer(response, base64(large)));
  const result = await client.pullConfig();
  assert.ok(result.kind === 'ok');
  assert.ok(large.equals(result.value.bytes));
});

interface Gui {
  /** What comes for the download; absent for the file. */
  readonly download?: (response: ServerResponse) => void;
  readonly backupPage?: (response: ServerResponse) => void;
  readonly hasLogin?: boolean;
}

const page = (token: string, body = '') =>
  `<html><head><script type="text/javascript">if (top != self) {}var csrfMagicToken = "${token}";</script></head><body>${body}</body></html>`;
const loginPage = (token: string) => page(token, '<input name="usernamefld"><input name="passwordfld">');
const html = (response: ServerResponse, body: string, headers: Record<string, string | string[]> = {}) =>
  send(response, body, { type: 'text/html; charset=UTF-8', headers });

/** The GUI as it answers a browser (facts.md §5): a token for each form, a session whose id changes at the login. */
function gui(options: Gui = {}): Script {
  return (request, response) => {
    if (request.path === '/xmlrpc.php')
      return fault(response, { code: -2, text: 'Authentication failed: not enough privileges' });
    const form = new URLSearchParams(request.body);
    const token = form.get('__csrf_magic');
    if (request.path === '/index.php') return index(request, response, { form, options });
    assert.match(request.headers.cookie ?? '', /\bPHPSESSID=after\b/);
    if (request.method === 'GET') {
      if (options.backupPage) return options.backupPage(response);
      return html(response, page('sid:form,2', '<select name="backuparea"></select>'));
    }
    assert.equal(token, 'sid:form,2');
    assert.deepEqual([...form.keys()].sort(), ['__csrf_magic', 'backuparea', 'donotbackuprrd', 'download']);
    if (options.download) return options.download(response);
    return send(response, config, { type: 'application/octet-stream' });
  };
}

function index(
  request: SeenRequest,
  response: ServerResponse,
  { form, options }: { readonly form: URLSearchParams; readonly options: Gui },
): void {
  if (request.method === 'GET') {
    html(response, loginPage('sid:login,1;ip:abc,2'), { 'set-cookie': ['PHPSESSID=before; path=/; secure; HttpOnly'] });
    return;
  }
  if (form.has('logout')) {
    send(response, '', { status: 302, headers: { location: '/' } });
    return;
  }
  assert.match(request.headers.cookie ?? '', /\bPHPSESSID=before\b/);
  assert.equal(form.get('__csrf_magic'), 'sid:login,1;ip:abc,2');
  assert.deepEqual(
    [form.get('usernamefld'), form.get('passwordfld'), form.get('login')],
    ['hasync', password, 'Sign In'],
  );
  if (options.hasLogin === false) html(response, loginPage('sid:login,3'));
  else send(response, '', { status: 302, headers: { location: '/', 'set-cookie': ['PHPSESSID=after; path=/'] } });
}

test('pull: an account that may not use XMLRPC gets the file from the backup page', async t => {
  const { node, client } = await nodeWith(t, gui());
  const result = await client.pullConfig();
  assert.ok(result.kind === 'ok', inspect(result));
  assert.deepEqual(Buffer.from(result.value.bytes), config);
  assert.equal(result.value.route, 'backup page');
  assert.deepEqual(
    node.requests.map(({ method, path, headers }) => [
      method,
      path,
      headers.authorization === undefined,
      headers.referer,
    ]),
    [
      ['POST', '/xmlrpc.php', false, undefined],
      ['GET', '/index.php', true, undefined],
      ['POST', '/index.php', true, undefined],
      ['GET', '/diag_backup.php', true, undefined],
      ['POST', '/diag_backup.php', true, undefined],
      ['POST', '/index.php', true, undefined],
    ],
  );
});

for (const [what, script] of [
  ['an old version', (_: SeenRequest, response: ServerResponse) => fault(response, { code: -32601, text: 'x' })],
  ['a PHP error', (_: SeenRequest, response: ServerResponse) => html(response, 'Fatal error: x in /etc/inc/a.inc:1')],
  ['an answer that is no file', (_: SeenRequest, response: ServerResponse) => answer(response, '<boolean>1</boolean>')],
  ['half a file', (_: SeenRequest, response: ServerResponse) => answer(response, base64(config.subarray(0, 50)))],
  ['no base64', (_: SeenRequest, response: ServerResponse) => answer(response, '<string>abc!</string>')],
] as const) {
  test(`pull: where XMLRPC brings ${what}, the backup page is asked`, async t => {
    const behind = gui();
    const { client } = await nodeWith(t, (request, response) =>
      request.path === '/xmlrpc.php' ? script(request, response) : behind(request, response),
    );
    const result = await client.pullConfig();
    assert.ok(result.kind === 'ok', inspect(result));
    assert.equal(result.value.route, 'backup page');
  });
}

test('pull: wrong credentials are tried nowhere else', async t => {
  const { node, client } = await nodeWith(t, (_, response) => fault(response, { code: -1, text: 'x' }));
  for (let i = 0; i < 2; i++) {
    const result = await client.pullConfig();
    assert.ok(result.kind === 'failed');
    assert.equal(result.failure.cause.kind, 'unauthorized');
  }
  assert.equal(node.requests.length, 1);
});

const refusals: readonly {
  readonly what: string;
  readonly options: Gui;
  readonly told: RegExp;
  readonly requests: number;
}[] = [
  {
    what: 'a login that fails',
    options: { hasLogin: false },
    told: /did not accept user name and password/,
    requests: 3,
  },
  {
    what: 'an account that is sent to another page',
    options: { backupPage: response => send(response, '', { status: 302, headers: { location: '/index.php' } }) },
    told: /lacks the privilege “WebCfg - Diagnostics: Backup & Restore”/,
    requests: 4,
  },
  {
    what: 'an account without any page',
    options: { backupPage: response => html(response, 'No page assigned to this user! Click here to logout.') },
    told: /lacks the privilege “WebCfg - Diagnostics: Backup & Restore”/,
    requests: 4,
  },
  {
    what: 'half a file',
    options: { download: response => send(response, config.subarray(0, 60), { type: 'application/octet-stream' }) },
    told: /ends in the middle/,
    requests: 6,
  },
  {
    what: 'a page in place of the file',
    options: { download: response => html(response, page('x', 'CSRF check failed')) },
    told: /is not the web interface of pfSense/,
    requests: 6,
  },
];

for (const { what, options, told, requests } of refusals) {
  test(`pull: ${what} is told beside what XMLRPC said`, async t => {
    const { node, client } = await nodeWith(t, gui(options));
    const result = await client.pullConfig();
    assert.ok(result.kind === 'failed');
    assert.match(result.failure.message, /“System - HA node sync”/);
    assert.match(result.failure.message, told);
    assert.ok(!inspect(result, { depth: null }).includes(password));
    assert.equal(node.requests.length, requests);
  });
}

test('pull: a login that fails is not tried again', async t => {
  const { node, client } = await nodeWith(t, gui({ hasLogin: false }));
  await client.pullConfig();
  const before = node.requests.length;
  const result = await client.pullConfig();
  assert.ok(result.kind === 'failed');
  assert.equal(result.failure.cause.kind, 'unauthorized');
  assert.equal(node.requests.length, before);
});

test('CARP: the state of every VIP', async t => {
  const json = JSON.stringify({
    enabled: true,
    demotion: 240,
    maintenance: false,
    vips: [
      { interface: 'wan', vhid: '1', subnet: '198.51.100.1', status: 'MASTER' },
      { interface: 'lan', vhid: '2', subnet: '2001:db8::1', status: '' },
    ],
  }).replaceAll('"', '&quot;');
  const { client } = await nodeWith(t, (_, response) => answer(response, `<string>${json}</string>`));
  assert.deepEqual(await client.carpStatus(), {
    kind: 'ok',
    value: {
      isEnabled: true,
      demotion: 240,
      isInMaintenance: false,
      vips: [
        { interfaceKey: 'wan', vhid: '1', address: '198.51.100.1', state: 'MASTER' },
        { interfaceKey: 'lan', vhid: '2', address: '2001:db8::1', state: undefined },
      ],
    },
  });
});

test('CARP: an answer that is none', async t => {
  const answers = [
    '<boolean>1</boolean>',
    '<string>x</string>',
    '<string>{}</string>',
    '<string>null</string>',
    '<string>{"enabled":true,"demotion":0,"maintenance":false,"vips":[1]}</string>',
  ];
  for (const value of answers) {
    const { client } = await nodeWith(t, (_, response) => answer(response, value));
    const result = await client.carpStatus();
    assert.ok(result.kind === 'failed', value);
    assert.equal(result.failure.cause.kind, 'unexpected-answer');
  }
});
