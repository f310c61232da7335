import assert from 'node:assert/strict';
import test from 'node:test';
import { readConnection } from '../../../../server/src/sync/node/address.ts';
import { originOf } from '../../../../server/src/sync/node/connection.ts';
import { Credentials } from '../../../../server/src/sync/node/credentials.ts';
import { configOf } from '../../model/readers.ts';
import { nodeCertificate } from './scriptedNode.ts';

const interfaces = (host: number) =>
  `<interfaces><opt1><enable></enable><if>vtnet2</if><ipaddr>172.16.1.${host}</ipaddr><subnet>24</subnet></opt1></interfaces>`;
const gui = '<system><webgui><protocol>https</protocol><port>8443</port></webgui></system>';
const primary = configOf(
  `${interfaces(2)}${gui}<hasync><pfsyncinterface>opt1</pfsyncinterface><synchronizetoip>172.16.1.3</synchronizetoip></hasync>`,
);
const secondary = configOf(`${interfaces(3)}<hasync><pfsyncinterface>opt1</pfsyncinterface></hasync>`);
const bare = configOf('');

function origin(...[nodes, settings]: Parameters<typeof readConnection>): string {
  const reading = readConnection(nodes, settings);
  return reading.kind === 'connection' ? `${originOf(reading.connection)} by ${reading.source}` : reading.message;
}

test('address: by default the one that the pair itself uses', () => {
  assert.equal(origin({ node: secondary, peer: primary }, {}), 'https://172.16.1.3 by SYNC address');
  assert.equal(origin({ node: primary, peer: secondary }, {}), 'https://172.16.1.2:8443 by SYNC address');
  assert.equal(origin({ node: secondary, peer: undefined }, {}), 'https://172.16.1.3 by SYNC address');
  const v6 = configOf('<hasync><synchronizetoip>2001:DB8:0::3</synchronizetoip></hasync>');
  assert.equal(origin({ node: bare, peer: v6 }, {}), 'https://[2001:db8::3] by SYNC address');
});

test('address: the manifest wins', () => {
  const urls = [
    ['https://192.0.2.1', 'https://192.0.2.1'],
    ['https://192.0.2.1/', 'https://192.0.2.1'],
    ['https://FW1.example.org:8443', 'https://fw1.example.org:8443'],
    ['https://[2001:db8::1]:444/', 'https://[2001:db8::1]:444'],
    ['https://fw1.example.org:443', 'https://fw1.example.org'],
  ] as const;
  for (const [url, expected] of urls) {
    assert.equal(origin({ node: primary, peer: secondary }, { url }), `${expected} by manifest`);
  }
});

test('address: plain HTTP must be allowed, wherever it comes from', () => {
  const http = configOf(
    `${interfaces(2)}<system><webgui><protocol>http</protocol></webgui></system><hasync><pfsyncinterface>opt1</pfsyncinterface></hasync>`,
  );
  const url = 'http://192.0.2.1:8080';
  for (const settings of [{}, { url }, { url, allowHttp: false }, { url, sha256: nodeCertificate.sha256 }]) {
    assert.match(origin({ node: http, peer: undefined }, settings), /"allowHttp": true/);
  }
  assert.equal(origin({ node: http, peer: undefined }, { allowHttp: true }), 'http://172.16.1.2 by SYNC address');
  assert.equal(origin({ node: http, peer: undefined }, { url, allowHttp: true }), `${url} by manifest`);
});

test('address: a pinned certificate', () => {
  const reading = readConnection({ node: primary, peer: undefined }, { sha256: nodeCertificate.sha256.toLowerCase() });
  assert.ok(reading.kind === 'connection' && reading.connection.protocol === 'https');
  assert.deepEqual(reading.connection.trust, { kind: 'pinned', sha256: nodeCertificate.sha256 });
  assert.match(origin({ node: primary, peer: undefined }, { sha256: 'ab:cd' }), /64 hexadecimal digits/);
  assert.match(origin({ node: primary, peer: undefined }, { sha256: '' }), /64 hexadecimal digits/);
});

test('address: what is refused, without repeating what may be a password', () => {
  const urls = [
    ['fw1', /is not a URL/],
    ['ftp://fw1.example.org', /must begin with https/],
    ['https://admin:geheim@fw1.example.org', /user name or a password/],
    ['https://geheim@fw1.example.org', /user name or a password/],
    ['https://fw1.example.org/xmlrpc.php', /must end behind host and port/],
    ['https://fw1.example.org/?geheim', /must end behind host and port/],
  ] as const;
  for (const [url, message] of urls) {
    const told = origin({ node: primary, peer: secondary }, { url });
    assert.match(told, message, url);
    assert.ok(!told.includes('geheim'));
  }
  assert.match(origin({ node: bare, peer: bare }, {}), /Set "url"/);
});

test('credentials: what pfSense could never accept is not tried', () => {
  for (const [user, password] of [
    ['', 'x'],
    ['a:b', 'x'],
    ['admin', ''],
    ['admin', 'a\nb'],
    ['ad\x00min', 'x'],
  ] as const) {
    const reading = Credentials.of(user, password);
    assert.equal(reading.kind, 'refused');
  }
  assert.equal(Credentials.of('admin', 'x').kind, 'credentials');
});
