import assert from 'node:assert/strict';
import test from 'node:test';
import type { SecretStorage } from 'vscode';
import { CredentialStore } from '../../client/src/live/credentialStore.ts';

/** What VS Code keeps, as far as the store uses it. */
function storage(entries: Map<string, string>): SecretStorage {
  return {
    get: async key => entries.get(key),
    store: async (key, value) => void entries.set(key, value),
    delete: async key => void entries.delete(key),
    keys: async () => [...entries.keys()],
    onDidChange: () => ({ dispose: () => undefined }),
  } as SecretStorage;
}

test('credentials are kept for each address by itself, and are forgotten alone', async () => {
  const entries = new Map<string, string>();
  const store = new CredentialStore(storage(entries));
  assert.equal(await store.get('https://192.0.2.1'), undefined);
  await store.set('https://192.0.2.1', { user: 'admin', password: 'one' });
  await store.set('https://192.0.2.1:8443', { user: 'ha-push', password: 'other' });
  assert.deepEqual(await store.get('https://192.0.2.1'), { user: 'admin', password: 'one' });
  assert.deepEqual(await store.get('https://192.0.2.1:8443'), { user: 'ha-push', password: 'other' });
  assert.equal(await store.forget('https://192.0.2.1'), true);
  assert.equal(await store.forget('https://192.0.2.1'), false);
  assert.equal(await store.get('https://192.0.2.1'), undefined);
  assert.equal(entries.size, 1);
});

test('what is stored in another form is asked for anew', async () => {
  const entries = new Map<string, string>();
  const store = new CredentialStore(storage(entries));
  await store.set('https://192.0.2.1', { user: 'admin', password: 'one' });
  const [key = ''] = entries.keys();
  for (const text of ['null', '{"user":"admin"}', '"one"', '{"user":1,"password":"one"}', 'no JSON']) {
    entries.set(key, text);
    assert.equal(await store.get('https://192.0.2.1'), undefined, text);
  }
});
