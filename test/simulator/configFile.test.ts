import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { htmlCharacters } from '../../server/src/syntax/htmlEntities.ts';
import { configText, parsed, withPair } from './fixturePair.ts';
import { PhpFatalError } from './php/errors.ts';
import { PhpObject } from './php/value.ts';
import { type ReleaseName, releaseNamed, releaseOfConfig, releases } from './release.ts';
import { TestClient, toPlain } from './testClient.ts';
import { html4Characters } from './xml/htmlEntities.ts';
import { ConfigError, readConfig } from './xml/readConfig.ts';
import { writeConfig } from './xml/writeConfig.ts';

const config = (inner: string) => `<?xml version="1.0"?>\n<pfsense>\n${inner}\n</pfsense>\n`;
const read = (version: ReleaseName, inner: string) => toPlain(readConfig(config(inner), releaseNamed(version)));

test('the named characters are those that the extension knows too', () => {
  assert.equal(html4Characters.size, 252);
  assert.deepEqual(new Map([...html4Characters].sort()), new Map([...htmlCharacters].sort()));
});

for (const path of ['tutorial/main-pfSense.xml', 'kea/fw-a.xml']) {
  test(`samples/${path} is read and written again byte for byte`, () => {
    const text = readFileSync(`samples/${path}`, 'utf8');
    const release = releaseOfConfig(/<version>([\d.]+)/.exec(text)?.[1] ?? '');
    assert.equal(writeConfig(readConfig(text, release), release), text);
  });
}

test('how a text is written, by release', () => {
  const text = `it's "q" <b> & é €😀`;
  const written = (version: ReleaseName) => configText(version, { a: text, descr: text }).split('\n').slice(3, 5);
  const html = '&quot;q&quot; &lt;b&gt; &amp; &eacute; &euro;😀';
  for (const version of ['2.5.2', '2.6.0'] as const) {
    assert.deepEqual(written(version), [`\t<a>it's ${html}</a>`, `\t<descr><![CDATA[it's ${html}]]></descr>`]);
  }
  for (const version of ['2.7.2', '2.8.0'] as const) {
    assert.deepEqual(written(version), [
      `\t<a>it&#039;s ${html}</a>`,
      `\t<descr><![CDATA[it&#039;s ${html}]]></descr>`,
    ]);
  }
  const xml = 'it&apos;s &quot;q&quot; &lt;b&gt; &amp; é €😀';
  assert.deepEqual(written('2.9.0'), [`\t<a>${xml}</a>`, `\t<descr><![CDATA[${xml}]]></descr>`]);
});

test('which elements are CDATA', () => {
  const isCdata = (version: ReleaseName, name: string) => configText(version, { [name]: 'x' }).includes('CDATA');
  for (const name of ['descr', 'descrX', 'description', 'statetype', 'username', 'usernamefld', 'password', 'city']) {
    assert.equal(isCdata('2.7.2', name), true, name);
  }
  for (const name of ['name', 'pre-descr', 'Descr', 'stat', 'address'])
    assert.equal(isCdata('2.7.2', name), false, name);
  assert.deepEqual(
    releases.map(({ name }) => isCdata(name, 'hint')),
    [false, false, true, true, true],
  );
  assert.deepEqual(
    releases.map(({ name }) => isCdata(name, 'proxyuser')),
    [false, false, false, true, true],
  );
});

test('how other values are written', () => {
  const text = configText('2.7.2', {
    a: true,
    b: false,
    c: null,
    d: 1.5,
    e: [],
    f: { rule: [] },
    rule: ['x', true, false],
    g: {},
  });
  const lines = ['a', 'c'].map(name => `\t<${name}></${name}>\n`);
  const rest = '\t<d>1.5</d>\n\t<e></e>\n\t<f>\n\t</f>\n\t<rule>x</rule>\n\t<rule></rule>\n\t<g></g>\n';
  assert.ok(text.endsWith(`</version>\n${lines.join('')}${rest}</pfsense>\n`), text);
  assert.equal(configText('2.6.0', { a: new PhpObject() }).includes('\t<a></a>\n'), true);
  assert.throws(() => configText('2.7.2', { a: new PhpObject() }), PhpFatalError);
});

test('how a file is read', () => {
  assert.deepEqual(read('2.7.2', '<Rule><DESCR>a</DESCR></Rule>'), { rule: [{ descr: 'a' }] });
  assert.deepEqual(read('2.7.2', '<a b="c">\n\t x \n</a><d><!-- no --></d><e>   </e>'), { a: ' x ', d: '', e: '' });
  assert.deepEqual(read('2.7.2', '<rule>1</rule><a/><rule>2</rule>'), { rule: ['1', '2'], a: '' });
  assert.deepEqual(read('2.7.2', '<descr><![CDATA[&eacute; &amp;lt; &#039;]]></descr>'), { descr: "é &lt; '" });
  assert.deepEqual(read('2.6.0', '<descr><![CDATA[&#039;]]></descr>'), { descr: '&#039;' });
  assert.deepEqual(read('2.9.0', '<descr><![CDATA[&eacute; &apos;]]></descr>'), { descr: "&eacute; '" });
  assert.deepEqual(read('2.7.2', '<a>AT&amp;T &amp;eacute; &#233;</a>'), { a: 'AT&T &eacute; é' });
});

test('an empty item of a list is one up to 2.6', () => {
  const inner = '<a><dnsserver></dnsserver><dnsserver>192.0.2.1</dnsserver></a><b><rule></rule></b>';
  assert.deepEqual(read('2.6.0', inner), { a: { dnsserver: ['', '192.0.2.1'] }, b: { rule: [''] } });
  assert.deepEqual(read('2.7.2', inner), { a: { dnsserver: ['192.0.2.1'] }, b: { rule: [] } });
});

test('what cannot be read', () => {
  const rejects = (inner: string, message: RegExp) =>
    assert.throws(
      () => read('2.7.2', inner),
      (error: unknown) => error instanceof ConfigError && message.test(error.message),
    );
  rejects(
    '<system>\n<timezone>a</timezone>\n<timezone>b</timezone></system>',
    /TIMEZONE at line 5 cannot occur more than once/,
  );
  rejects('<a>&eacute;</a>', /Undeclared entity error at line 3/);
  rejects('<a key>1</a key>', /not well-formed/);
  rejects('<0>x</0>', /not well-formed/);
  rejects('<a><b></a></b>', /mismatched tag/);
  rejects('<a>\u0001</a>', /Invalid character/);
  rejects('</pfsense><pfsense>', /not well-formed/);
  assert.throws(() => readConfig('<opnsense></opnsense>', releaseNamed('2.7.2')), /no pfsense object found/);
  assert.throws(() => readConfig('<pfsense><a></a>', releaseNamed('2.7.2')), /no element found/);
});

test('list tags by release', () => {
  const isList = (version: ReleaseName, name: string) =>
    Array.isArray((read(version, `<${name}>1</${name}>`) as { [key: string]: unknown })[name]);
  assert.deepEqual(
    releases.map(({ name }) => isList(name, 'sshkeyfile')),
    [false, true, true, true, true],
  );
  assert.deepEqual(
    releases.map(({ name }) => isList(name, 'laggroup')),
    [false, false, false, true, true],
  );
  assert.equal(isList('2.7.2', 'separator'), false);
});

const breaking: readonly (readonly [string, object])[] = [
  ['a name that XML does not have', { mytool: { 'a key': '1' } }],
  ['an array under a tag that is no list', { mytool: { a: ['1', '2'] } }],
  ['a character with an HTML name outside of CDATA', { mytool: { a: 'é' } }],
];

for (const [title, sections] of breaking) {
  test(`${title}: the file is taken back, and the caller hears true, or in 2.7 PHP's own words`, async () => {
    for (const { name, encoding } of releases) {
      await withPair({ version: name }, async ({ secondary }) => {
        const before = secondary.text;
        const client = new TestClient(secondary, 'admin:admin-secret');
        const answer = client.call('restore_config_section', sections as never, 900);
        if (name === '2.7.2')
          await assert.rejects(answer, /200 Fatal error: Uncaught TypeError: array_path_enabled\(\)/);
        else assert.equal(await answer, true);
        const isClean = encoding === 'xml' && title.includes('HTML name');
        assert.equal(secondary.text === before, !isClean, name);
      });
    }
  });
}

test('a list with one item that is sent as a struct is torn apart, and breaks 2.8 and later for good', async () => {
  for (const { name, needsProperAliases } of releases) {
    await withPair({ version: name }, async ({ secondary }) => {
      const client = new TestClient(secondary, 'admin:admin-secret');
      assert.equal(await client.restore({ aliases: { alias: { name: 'x', type: 'host' } } }), true);
      assert.match(secondary.text, /<aliases>\n\t\t<alias>x<\/alias>\n\t\t<alias>host<\/alias>\n\t<\/aliases>/);
      const next = client.backup('aliases');
      if (needsProperAliases) await assert.rejects(next, /200 Fatal error: .*Cannot access offset of type string/);
      else assert.deepEqual(await next, { aliases: { alias: ['x', 'host'] } });
    });
  }
});

test('a key with capitals is written with them and read without', async () => {
  await withPair({}, async ({ secondary }) => {
    const client = new TestClient(secondary, 'admin:admin-secret');
    await client.restore({ mytool: { CamelKey: '1' } });
    assert.match(secondary.text, /<CamelKey>1<\/CamelKey>/);
    assert.deepEqual(await client.backup('mytool'), { mytool: { camelkey: '1' } });
    assert.deepEqual(toPlain(parsed('2.7.2', secondary.text).get('mytool') ?? null), { camelkey: '1' });
  });
});
