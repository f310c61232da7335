import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { sha256 } from '../../../../server/src/features/redact/keyedHash.ts';
import { redact } from '../../../../server/src/features/redact/redact.ts';
import { Config } from '../../../../server/src/model/config.ts';
import { documentKindOf } from '../../../../server/src/model/documentKind.ts';
import { definitionsOf } from '../../../../server/src/model/references/references.ts';
import { rules } from '../../../../server/src/rules/index.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { leaks } from '../../../harness/leaks.ts';
import { foundIn, redactTexts, testKey } from '../../../harness/redacted.ts';

const samples = ['tutorial', 'broken', 'kea'].map(folder => {
  const names = readdirSync(`samples/${folder}`).filter(name => name.endsWith('.xml'));
  return { folder, texts: names.sort().map(name => readFileSync(`samples/${folder}/${name}`, 'utf8')) };
});

for (const { folder, texts } of samples) {
  test('elements nested by the thousand are copied, too', () => {
    const nested = `${'<queue>'.repeat(8000)}x${'</queue>'.repeat(8000)}`;
    for (const section of ['shaper', 'other']) {
      const document = new XmlDocument('file:///config.xml', `<pfsense><${section}>${nested}</${section}></pfsense>`);
      const [copy = ''] = redact([new Config(document)], new Uint8Array(32));
      assert.equal(copy.match(/<queue>/g)?.length, 8000);
    }
  });

  test(`samples/${folder}: the copies check as the originals do, and tell nothing of them`, () => {
    const copies = redactTexts(texts);
    assert.deepEqual(foundIn(copies), foundIn(texts));
    assert.deepEqual(
      texts.flatMap((text, i) => leaks(text, copies[i] ?? '')),
      [],
    );
  });

  test(`samples/${folder}: each file by itself too`, () => {
    for (const text of texts) {
      const copies = redactTexts([text]);
      assert.deepEqual(foundIn(copies), foundIn([text]));
      assert.deepEqual(leaks(text, copies[0] ?? ''), []);
    }
  });
}

test('cut off anywhere, a file still has a copy that tells nothing', () => {
  for (const { texts } of samples) {
    const [text = ''] = texts;
    const step = Math.ceil(text.length / 20);
    for (let length = 1; length < text.length; length += step) {
      const cut = text.slice(0, length);
      // What is cut off within a tag or a name is no name of the original's any more.
      const [copy = ''] = redactTexts([cut]);
      assert.deepEqual(leaks(cut, copy), [], `cut at ${length}`);
    }
  }
});

/** A file with a word of its own in every place that text can be in. */
const planted = `<?xml version="1.0"?>
<?leakinstruction leak?>
<!-- leakcomment -->
<pfsense leakattribute="leakvalue">
	<version>22.2</version>
	leakstray
	<system>
		<hostname>leakhost</hostname>
		<domain>leakdomain.de</domain>
		<user><name>leakuser</name><descr><![CDATA[Leak User &amp; leakdescr]]></descr><sha512-hash>$6$leakhash</sha512-hash></user>
		<unknownthing>leakunknown</unknownthing>
		<alsounknown>leak two words <!-- leakinner --> and leakmore</alsounknown>
		<timezone>Leakland/Leaktown</timezone>
		<phone>555-1234</phone>
		<mobile>+495551234</mobile>
	</system>
	<interfaces>
		<wan><if>vmx0</if><descr>leakwan</descr><ipaddr>81.2.69.142</ipaddr><subnet>29</subnet><spoofmac>00:0c:29:ab:cd:ef</spoofmac><gateway>LEAKWAN_DHCP</gateway></wan>
		<lan><if>vmx1</if><descr><![CDATA[Leak Lan]]></descr><ipaddrv6>2a02:2e0:1::20c:29ff:feab:cdef</ipaddrv6><subnetv6>64</subnetv6></lan>
	</interfaces>
	<aliases>
		<alias><name>leak_alias</name><type>host</type><address>81.2.69.143 leakname.leakdomain.de 10.0.0.5</address><detail>leakdetail||Leak Detail two||</detail></alias>
		<alias><name>leakurl</name><type>urltable</type><url>https://leaklogin:leakpass@leakserver.de:8443/leakpath?leak=1</url></alias>
	</aliases>
	<cron><item><command>/usr/bin/curl -u leakcron:secret https://leakcron.de/</command></item></cron>
	<unbound><custom_options>bGVha2Jhc2U2NCBjdXN0b20gb3B0aW9ucyBsZWFrYmFzZTY0</custom_options></unbound>
	<captiveportal><leakzone><zone>LeakZone</zone></leakzone></captiveportal>
	<notifications><smtp><ipaddress>leakmail.de</ipaddress><fromaddress>leak.person@leakmail.de</fromaddress></smtp></notifications>
	<installedpackages>
		<leakless><config><anything>leakpackage</anything><apitoken>leaktoken</apitoken><blob>-----BEGIN KEY----- bGVhaw== -----END KEY-----</blob></config></leakless>
	</installedpackages>
	<filter><rule><descr>Call leakman 0555-1234567 about 81.2.69.144 and leak_alias</descr><source><address>leak_alias</address></source><destination><address>81.2.69.300</address></destination></rule></filter>
	leaktail <leakbroken leak
</pfsense>
leakbehind
`;

test('whatever stands in a file that is not known to be harmless is replaced', () => {
  const [copy = ''] = redactTexts([planted]);
  const kept = copy.replace(/<\/?leakless>/g, '').match(/.*(?:leak|bGVha|81\.2\.69|0c:29:ab|feab:cdef|1234).*/gi);
  assert.deepEqual(kept, null);
  const [, host = ''] = /<ipaddr>\d+\.\d+\.\d+\.(\d+)<\/ipaddr>/.exec(copy) ?? [];
  assert.equal(Number(host) % 8, 142 % 8, 'a host keeps its number in its network');
  assert.match(copy, / 10\.0\.0\.5<\/address>/, 'a private address stays');
  assert.match(copy, /<descr>Text \d+ \(.*alias1.*\)<\/descr>/, 'a text tells what it speaks of');
  assert.match(copy, /<destination><address>999\.0\.0\.1<\/address>/, 'what is no address is none afterwards');
});

test('the same is the same in both files, and what differs differs', () => {
  const node = (password: string, host: string) =>
    `<pfsense><version>22.2</version><system><hostname>${host}</hostname></system><virtualip><vip><mode>carp</mode><password>${password}</password><subnet>81.2.69.145</subnet></vip></virtualip></pfsense>`;
  const password = (text: string) => /<password>(.*)<\/password>/.exec(text)?.[1];
  const [one = '', same = '', other = ''] = redactTexts([node('abc', 'h1x'), node('abc', 'h2x'), node('abd', 'h1x')]);
  assert.equal(password(one), password(same));
  assert.notEqual(password(one), password(other));
  assert.equal(/<subnet>(.*)<\/subnet>/.exec(one)?.[1], /<subnet>(.*)<\/subnet>/.exec(other)?.[1]);
  assert.equal(one.replace(password(one) ?? '', ''), other.replace(password(other) ?? '', ''));
});

test('another key makes other addresses, and the same key the same copy', () => {
  const text = '<pfsense><wan><ipaddr>81.2.69.142</ipaddr><subnet>29</subnet></wan></pfsense>';
  const copy = (key: typeof testKey) => redactTexts([text], key)[0];
  assert.equal(copy(testKey), copy(testKey));
  assert.notEqual(copy(testKey), copy(Uint8Array.from(testKey, byte => byte ^ 1)));
});

test('the graph of references is the same', () => {
  for (const { texts } of samples) {
    for (const text of texts) {
      const [before, after] = [text, redactTexts([text])[0] ?? ''].map(each => {
        const config = new Config(new XmlDocument('file:///x.xml', each));
        return (['alias', 'gateway', 'schedule', 'certificate', 'vip', 'interface'] as const).map(kind =>
          [...definitionsOf(config, kind).values()].map(list => list.length),
        );
      });
      assert.deepEqual(after, before);
    }
  }
});

test('an alias in one that is fetched is called as its own name is', () => {
  const [copy = ''] = redactTexts([
    '<pfsense><aliases><alias><name>SECRETLIST</name><type>url</type><aliasurl>https://example.org/SECRETLIST</aliasurl></alias><alias><name>OTHER</name><type>url</type><aliasurl>SECRETLIST</aliasurl></alias></aliases></pfsense>',
  ]);
  const [, name] = /<name>(\w+)<\/name>/.exec(copy) ?? [];
  assert.equal(/<aliasurl>(\w+)<\/aliasurl>/.exec(copy)?.[1], name);
  assert.ok(!copy.includes('SECRETLIST'));
});

test('the original is not touched', () => {
  const config = new Config(new XmlDocument('file:///x.xml', planted));
  redact([config], testKey);
  assert.equal(config.document.buffer.toString(), planted);
});

test('SHA-256 is that of node', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 300]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    assert.deepEqual(Buffer.from(sha256([...bytes])), createHash('sha256').update(bytes).digest());
  }
});

test('the copies of the examples of every rule check as these do', () => {
  for (const { id, examples } of rules) {
    for (const [kind, example] of Object.entries(examples)) {
      const texts = parseFixture(example).files.map(({ text }) => text);
      if (texts.length > 2 || !texts.every(text => documentKindOf(text) === 'pfsense')) continue;
      assert.deepEqual(foundIn(redactTexts(texts)), foundIn(texts), `${id} (${kind})`);
    }
  }
});

test('a PIN is a secret, and the number of an autonomous system as public as an address', () => {
  const text = (pin: string, own: string, other: string) => `<pfsense>
	<ppps><ppp><simpin>${pin}</simpin></ppp></ppps>
	<installedpackages>
		<frrbgp><config><asnum>${own}</asnum></config></frrbgp>
		<frrbgpneighbors><config><asnum>${other}</asnum></config><config><asnum>${own}</asnum></config><config><asnum>65001</asnum></config></frrbgpneighbors>
	</installedpackages>
</pfsense>
`;
  assert.deepEqual(redactTexts([text('1234', '3320', '13335')]), [text('redacted1', '4200000000', '4200000001')]);
});

test('tags that people choose are in lower case where they were, as pfSense makes them of the names', () => {
  const text = `<?xml version="1.0"?>
<pfsense>
	<ifgroups><ifgroupentry><ifname>Clients</ifname><members>lan</members></ifgroupentry></ifgroups>
	<captiveportal><Guests><zone>Guests</zone></Guests><hotel><zone>Hotel</zone></hotel></captiveportal>
	<filter><separator><clients><sep0><row>fr0</row></sep0></clients></separator></filter>
</pfsense>
`;
  const [copy = ''] = redactTexts([text]);
  assert.equal(foundIn([copy]).length, foundIn([text]).length);
  assert.match(copy, /<ifname>group1<[\s\S]*<Name1><zone>[\s\S]*<name2><zone>[\s\S]*<separator><group1>/);
});

test('the destination of NPt, an interface or a network, keeps its form', () => {
  const mapping = (network: string) =>
    `<pfsense><nat><npt><destination><network>${network}</network></destination></npt></nat></pfsense>`;
  assert.match(redactTexts([mapping('opt1/64')])[0] ?? '', /<network>opt1\/64</);
  assert.match(redactTexts([mapping('2600:1:2:3::/64')])[0] ?? '', /<network>[\da-f:]+::\/64</);
});

test('an end tag that is not that of its element still is not', () => {
  const text = `<?xml version="1.0"?>
<pfsense>
	<system>
		<hostnamefirewall7</hostname>
		<domain>example.org</hostname>
	</system>
</pfsense>
`;
  const [copy = ''] = redactTexts([text]);
  assert.match(copy, /<name\d+<\/hostname>/);
  const told = (each: string) => foundIn([each]).map(finding => finding.split(' ').slice(1, 4).join(' '));
  assert.deepEqual(told(copy), told(text));
});
