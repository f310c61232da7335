import assert from 'node:assert/strict';
import test from 'node:test';
import { withPair } from './fixturePair.ts';
import { exchange, type HttpReply } from './testClient.ts';

/** A browser, as far as it takes one: a cookie, and the token of the last page. */
class Browser {
  readonly #url: string;
  #cookie = '';
  token = '';

  constructor({ url }: { readonly url: string }) {
    this.#url = url;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpReply> {
    return this.#ask(path, { method: 'GET', headers });
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<HttpReply> {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ __csrf_magic: this.token, ...fields }).toString();
    return this.#ask(path, { method: 'POST', headers, body });
  }

  async postMultipart(path: string, fields: Readonly<Record<string, string>>): Promise<HttpReply> {
    const form = new FormData();
    for (const [name, value] of Object.entries({ __csrf_magic: this.token, ...fields })) form.set(name, value);
    const encoded = new Response(form);
    const headers = { 'Content-Type': encoded.headers.get('content-type') ?? '' };
    return this.#ask(path, { method: 'POST', headers, body: await encoded.text() });
  }

  async login(user: string, password: string): Promise<HttpReply> {
    await this.get('/index.php');
    return this.post('/index.php', { usernamefld: user, passwordfld: password, login: 'Sign In' });
  }

  async #ask(
    path: string,
    call: { method: string; headers: Readonly<Record<string, string>>; body?: string },
  ): Promise<HttpReply> {
    const headers = { ...call.headers, ...(this.#cookie === '' ? {} : { Cookie: this.#cookie }) };
    const reply = await exchange(this.#url, { ...call, path, headers });
    const [cookie] = reply.headers['set-cookie'] ?? [];
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    this.token = /var csrfMagicToken = "([^"]+)"/.exec(reply.body)?.[1] ?? this.token;
    return reply;
  }
}

const download = { backuparea: '', donotbackuprrd: 'yes', download: 'download' };

test('after a login the page for backups gives the file as it is', async () => {
  await withPair({ editSecondary: text => text.replace('Servers', 'Server’s €') }, async ({ secondary }) => {
    const browser = new Browser(secondary);
    const landed = await browser.login('admin', 'admin-secret');
    assert.deepEqual([landed.status, landed.headers.location], [302, '/']);
    assert.match((await browser.get('/diag_backup.php')).body, /Diagnostics: Backup/);
    const reply = await browser.post('/diag_backup.php', download);
    assert.equal(reply.headers['content-type'], 'application/octet-stream');
    assert.match(String(reply.headers['content-disposition']), /filename=config-fw2\.example\.org-\d{14}\.xml$/);
    assert.equal(reply.body, secondary.text);
    assert.deepEqual(secondary.calls, ['/index.php', '/index.php', '/diag_backup.php', '/diag_backup.php']);
  });
});

test('a form may also come as multipart', async () => {
  await withPair({}, async ({ secondary }) => {
    const browser = new Browser(secondary);
    await browser.get('/index.php');
    const fields = { usernamefld: 'admin', passwordfld: 'admin-secret', login: 'Sign In' };
    assert.equal((await browser.postMultipart('/index.php', fields)).status, 302);
    await browser.get('/diag_backup.php');
    assert.equal((await browser.postMultipart('/diag_backup.php', download)).body, secondary.text);
  });
});

test('without a login, with a used token or with none there is no file', async () => {
  await withPair({}, async ({ secondary }) => {
    const browser = new Browser(secondary);
    assert.match((await browser.get('/diag_backup.php')).body, /usernamefld/);
    assert.match((await browser.post('/diag_backup.php', download)).body, /usernamefld/);
    const used = new Browser(secondary);
    await used.login('admin', 'admin-secret');
    await used.get('/diag_backup.php');
    assert.equal((await used.post('/diag_backup.php', download)).status, 200);
    const again = await used.post('/diag_backup.php', download);
    assert.equal(again.status, 403);
    assert.match(again.body, /CSRF check failed/);
    const { body } = await exchange(secondary.url, { path: '/diag_backup.php' });
    assert.match(body, /CSRF check failed/);
  });
});

test('wrong credentials show the form again, and count', async () => {
  await withPair({ lockoutAfter: 2 }, async ({ secondary }) => {
    const browser = new Browser(secondary);
    const reply = await browser.login('admin', 'wrong');
    assert.equal(reply.status, 200);
    assert.match(reply.body, /Username or Password incorrect[\s\S]*usernamefld/);
    assert.equal(secondary.lockout.failures, 1);
    await browser.login('nobody', 'x');
    await assert.rejects(browser.get('/index.php'), /socket hang up|ECONNRESET/);
  });
});

test('an account without the privilege is sent away from the page', async () => {
  await withPair({}, async ({ secondary }) => {
    const browser = new Browser(secondary);
    assert.equal((await browser.login('plain', 'plain-secret')).status, 302);
    const reply = await browser.get('/diag_backup.php');
    assert.deepEqual([reply.status, reply.headers.location], [302, '/index.php']);
    await browser.get('/index.php');
    assert.notEqual(
      (await browser.post('/diag_backup.php', download)).headers['content-type'],
      'application/octet-stream',
    );
  });
});

test('after a logout nothing is given any more', async () => {
  await withPair({}, async ({ secondary }) => {
    const browser = new Browser(secondary);
    await browser.login('admin', 'admin-secret');
    await browser.get('/diag_backup.php');
    assert.equal((await browser.post('/index.php', { logout: '' })).status, 302);
    assert.match((await browser.get('/diag_backup.php')).body, /usernamefld/);
  });
});

test('a request that says that it comes from another site is refused', async () => {
  await withPair({}, async ({ secondary }) => {
    const browser = new Browser(secondary);
    assert.equal((await browser.get('/index.php', { Referer: 'https://192.0.2.9/' })).status, 501);
    assert.equal((await browser.get('/index.php', { Referer: `${secondary.url}/` })).status, 200);
  });
});

test('faults meet the pages too', async () => {
  await withPair({}, async ({ secondary }) => {
    secondary.orderFault({ kind: 'half an answer' }, { call: '/diag_backup.php', after: 1 });
    const browser = new Browser(secondary);
    await browser.login('admin', 'admin-secret');
    await browser.get('/diag_backup.php');
    await assert.rejects(browser.post('/diag_backup.php', download), /aborted|ECONNRESET|socket hang up/);
  });
});
