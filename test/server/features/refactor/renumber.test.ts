import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { renumber, renumberableAt } from '../../../../server/src/features/refactor/renumber.ts';
import { undefinedReferences } from '../../../../server/src/model/references/references.ts';
import { parseCursor } from '../../../harness/cursor.ts';
import { newErrors, OpenPair } from '../../../harness/fixProblems.ts';
import { type PairTexts, splice } from '../../../harness/mutate.ts';

const node = (host: number, cursor = '') => `	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.0.2.${host}</ipaddr><subnet>24</subnet></wan>
		<lan><enable></enable><if>vmx1</if><descr>LAN</descr>${cursor}<ipaddr>10.0.0.${host}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range><from>10.0.0.100</from><to>10.0.0.199</to></range>
			<failover_peerip>10.0.0.${5 - host}</failover_peerip>
			<gateway>10.0.0.1</gateway>
			<dnsserver>10.0.0.1</dnsserver>
			<staticmap><mac>00:00:5e:00:53:20</mac><ipaddr>10.0.0.20</ipaddr><descr>at 10.0.0.20</descr></staticmap>
		</lan>
	</dhcpd>
	<gateways><gateway_item><interface>lan</interface><name>GW</name><gateway>10.0.0.254</gateway><ipprotocol>inet</ipprotocol></gateway_item></gateways>
	<aliases>
		<alias><name>A</name><type>network</type><address>10.0.0.0/24 10.0.0.16/28 192.0.2.0/24 10.0.0.5-10.0.0.9 www.example.org</address></alias>
	</aliases>
	<filter>
		<rule><type>pass</type><interface>lan</interface><source><address>10.0.0.0/24</address></source><destination><address>10.0.0.20</address></destination><descr>10.0.0.20</descr></rule>
	</filter>
	<ipsec><phase2><ikeid>1</ikeid><localid><type>network</type><address>10.0.0.0</address><netbits>24</netbits></localid></phase2></ipsec>
`;

const pair = `--- primary.xml\n${node(2, '$0')}--- secondary.xml\n${node(3)}`;

function renumbered(source: string, subnet: string) {
  const { fixture, snapshot } = parseCursor(source);
  const result = renumber(snapshot, { interfaceKey: 'lan', subnet });
  if ('refusal' in result) return result.refusal;
  const texts = fixture.files.map(({ text, config }) =>
    splice(
      text,
      result.edits.filter(each => each.document === config.document).flatMap(each => each.edits),
    ),
  );
  return { texts, left: result.left };
}

test('every address of the network gets its place in the new one, on both nodes; texts stay', () => {
  const result = renumbered(pair, '172.20.5.0/24');
  assert.ok(typeof result === 'object');
  const [main = '', second = ''] = result.texts;
  assert.equal(main, parseCursor(pair).fixture.files[0]?.text.replace(/(?<!at |<descr>)10\.0\.0\./g, '172.20.5.'));
  assert.match(second, /<ipaddr>172\.20\.5\.3<\/ipaddr>/);
  assert.match(second, /<failover_peerip>172\.20\.5\.2</);
  assert.equal(result.left, 4, 'a description of a mapping and one of a rule on each node');
});

test('an address with a port, or with another address, beside it', () => {
  const source = (
    texts: readonly string[],
  ) => `<interfaces><lan><if>vmx1</if>$0<ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan></interfaces>
	<syslog><remoteserver>${texts[0]}</remoteserver><remoteserver2>${texts[1]}</remoteserver2></syslog>
	<unbound><domainoverrides><domain>example.org</domain><ip>${texts[2]}</ip></domainoverrides></unbound>
	<dnsmasq><domainoverrides><domain>example.org</domain><ip>${texts[3]}</ip></domainoverrides></dnsmasq>`;
  const before = ['10.0.0.9:514', 'log.example.org:514', '10.0.0.9@5353', '192.0.2.9@10.0.0.2'];
  const result = renumbered(source(before), '172.20.5.0/24');
  assert.ok(typeof result === 'object');
  const after = source(before.map(text => text.replace('10.0.0.', '172.20.5.'))).replace('$0', '');
  assert.ok(result.texts[0]?.includes(after.replace('10.0.0.', '172.20.5.')), result.texts[0]);
  assert.equal(result.left, 0);
});

test('a network of another size changes the lengths that stand beside it', () => {
  const result = renumbered(pair, '172.20.0.0/16');
  assert.ok(typeof result === 'object');
  const [main = ''] = result.texts;
  assert.match(main, /<ipaddr>172\.20\.0\.2<\/ipaddr><subnet>16<\/subnet><\/lan>/);
  assert.match(main, /<subnet_bits>16<\/subnet_bits><subnet>172\.20\.0\.1</);
  assert.match(main, /<address>172\.20\.0\.0\/16 172\.20\.0\.16\/28 192\.0\.2\.0\/24 172\.20\.0\.5-172\.20\.0\.9 www/);
  assert.match(main, /<address>172\.20\.0\.0<\/address><netbits>16<\/netbits>/);
  assert.match(main, /<ipaddr>192\.0\.2\.2<\/ipaddr><subnet>24<\/subnet>/, 'another interface stays');
});

/** Networks whose lengths stand in elements of their own. */
const beside = (network: string, length: number, part: string) =>
  `<interfaces><lan><if>vmx1</if>$0<ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan></interfaces>
	<unbound><acls><row><acl_network>${network}</acl_network><mask>${length}</mask></row></acls></unbound>
	<ntpd><restrictions><row><acl_network>${network}</acl_network><mask>${length}</mask></row></restrictions></ntpd>
	<captiveportal><zone><allowedip><ip>${network}</ip><sn>${length}</sn></allowedip></zone></captiveportal>
	<nat><outbound><rule><target>${part}</target><target_subnet>28</target_subnet></rule></outbound></nat>
	<ipsec><phase2><localid><type>network</type><address>${part}</address><netbits>25</netbits></localid></phase2></ipsec>`;

test('a network with its length beside it, in access lists, too, and a part of it', () => {
  const moved = renumbered(beside('10.0.0.0', 24, '10.0.0.0'), '172.20.0.0/16');
  assert.ok(typeof moved === 'object');
  const network = (text: string) => /<unbound>[\s\S]*<\/ipsec>/.exec(text)?.[0];
  assert.equal(network(moved.texts[0] ?? ''), network(beside('172.20.0.0', 16, '172.20.0.0')));
  const wider = renumbered(beside('10.0.0.0', 24, '10.0.0.0'), '10.0.0.0/16');
  assert.ok(typeof wider === 'object');
  assert.equal(network(wider.texts[0] ?? ''), network(beside('10.0.0.0', 16, '10.0.0.0')));
  // The first of the wider network is another address, and a part stays where it is.
  const source = beside('10.0.0.0', 24, '10.0.0.0').replaceAll('10.0.0.', '10.0.7.');
  const lower = renumbered(source, '10.0.0.0/16');
  assert.ok(typeof lower === 'object');
  assert.equal(network(lower.texts[0] ?? ''), network(beside('10.0.0.0', 16, '10.0.7.0')));
});

test('a host of full length stays one, also where the interface has no more', () => {
  const source = (host: string, length: number) =>
    `<interfaces><lan><if>vmx1</if>$0<ipaddr>${host}</ipaddr><subnet>${length}</subnet></lan></interfaces>
	<aliases><alias><name>A</name><type>network</type><address>${host}/32</address></alias></aliases>`;
  const wider = renumbered(source('10.0.0.2', 32), '10.0.0.0/24');
  assert.ok(typeof wider === 'object');
  assert.ok(wider.texts[0]?.includes(source('10.0.0.2', 24).replace('$0', '')), wider.texts[0]);
});

test('what is in base64, and the zones of names by address, are told of', () => {
  const source = `<interfaces><lan><if>vmx1</if>$0<ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan></interfaces>
	<unbound><custom_options>${btoa('local-data: "a A 10.0.0.5"')}</custom_options>
		<domainoverrides><domain>0.0.10.in-addr.arpa</domain></domainoverrides>
		<domainoverrides><domain>10.in-addr.arpa</domain></domainoverrides>
		<domainoverrides><domain>1.0.10.in-addr.arpa</domain></domainoverrides>
	</unbound>`;
  const result = renumbered(source, '172.20.0.0/24');
  assert.ok(typeof result === 'object');
  assert.equal(result.left, 3);
});

test('where one network holds the other, hosts keep their addresses', () => {
  const wider = renumbered(pair, '10.0.0.0/16');
  assert.ok(typeof wider === 'object');
  assert.match(wider.texts[0] ?? '', /<ipaddr>10\.0\.0\.2<\/ipaddr><subnet>16<\/subnet><\/lan>/);
  assert.match(wider.texts[0] ?? '', /<from>10\.0\.0\.100<\/from>/);
  assert.match(wider.texts[0] ?? '', /<address>10\.0\.0\.0\/16 10\.0\.0\.16\/28/);
});

test('a new network that cannot be is refused, with the reason', () => {
  const refusals: readonly (readonly [string, RegExp])[] = [
    ['', /^Write a network such as/],
    ['10.1.0.1', /^Write a network such as/],
    ['10.0.0.0/24', /is the network that LAN has/],
    ['2001:db8::/64', /LAN has no static IPv6 address/],
    ['192.0.2.0/25', /overlaps 192\.0\.2\.0\/24 of WAN/],
    ['172.16.0.0/30', /too small/],
    ['172.16.0.0/25', /^10\.0\.0\.\d+ has no place in 172\.16\.0\.0\/25\.$/],
    ['10.0.0.0/25', /has no place in 10\.0\.0\.0\/25/],
  ];
  for (const [subnet, reason] of refusals) {
    const result = renumbered(pair, subnet);
    assert.ok(typeof result === 'string', `${subnet} is taken`);
    assert.match(result, reason);
  }
  const other = pair.replace(/(--- secondary[\s\S]*10\.0\.0\.3<\/ipaddr><subnet>)24/, '$125');
  assert.match(String(renumbered(other, '172.16.0.0/24')), /^On the other node LAN has 10\.0\.0\.0\/25/);
  const route = pair.replace(
    '<aliases>',
    '<staticroutes><route><network>172.16.0.128/25</network><gateway>GW</gateway></route></staticroutes>\n<aliases>',
  );
  assert.match(String(renumbered(route, '172.16.0.0/24')), /which a static route leads to/);
  const vip = pair.replace(
    '</virtualip>',
    '<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits>32</subnet_bits><subnet>172.16.0.9</subnet></vip></virtualip>',
  );
  assert.match(String(renumbered(vip, '172.16.0.0/24')), /holds the virtual IP 172\.16\.0\.9/);
});

test('it is offered on an interface with a static address, and nowhere else', () => {
  const at = (source: string) => {
    const { snapshot, offset } = parseCursor(source);
    return renumberableAt({ snapshot, from: offset, to: offset });
  };
  assert.deepEqual(at(pair), [{ interfaceKey: 'lan', family: 4, interfaceName: 'LAN', subnet: '10.0.0.0/24' }]);
  for (const source of [
    '$0',
    '<pfsense><interfaces>$0</interfaces></pfsense>',
    '<pfsense><interfaces><lan><ipaddr>dhcp$0</ipaddr></lan></interfaces></pfsense>',
    pair.replace('$0', '').replace('<aliases>', '<ali$0ases>'),
  ]) {
    assert.deepEqual(at(source), []);
  }
});

for (const folder of ['tutorial', 'broken', 'kea']) {
  test(`samples/${folder}: another number brings no error, leaves no name alone, and the old number brings the old files back`, () => {
    const [primary = '', secondary = ''] = readdirSync(`samples/${folder}`)
      .filter(name => name.endsWith('.xml'))
      .sort()
      .map(name => readFileSync(`samples/${folder}/${name}`, 'utf8'));
    const texts: PairTexts = { primary, secondary };
    const keys = [...primary.matchAll(/^\t\t<(\w+)>\n(?:\t\t\t.*\n)*?\t\t\t<ipaddr>\d/gm)].map(([, key]) => key ?? '');
    let done = 0;
    for (const interfaceKey of new Set(keys)) {
      const pair = new OpenPair(texts);
      const before = pair.seen();
      const config = pair.workspace.configOf('file:///pair/primary.xml');
      const peer = pair.workspace.configOf('file:///pair/secondary.xml');
      assert.ok(config && peer);
      const snapshot = { config, role: 'primary' as const, peer };
      const element = config.find(`interfaces/${interfaceKey}`);
      const [own] = element ? renumberableAt({ snapshot, from: element.start, to: element.start }) : [];
      if (!own) continue;
      const length = own.subnet.split('/')[1];
      const dangling = undefinedReferences(config).length;
      const result = renumber(snapshot, {
        interfaceKey,
        subnet: length === '8' ? '11.0.0.0/8' : `100.64.0.0/${length}`,
      });
      if ('refusal' in result) continue;
      done++;
      pair.apply(result);
      assert.deepEqual(
        newErrors(before, pair.seen()).map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
      assert.equal(undefinedReferences(config).length, dangling);
      const back = renumber(snapshot, { interfaceKey, subnet: own.subnet });
      assert.ok('edits' in back, `${interfaceKey}: ${'refusal' in back ? back.refusal : ''}`);
      pair.apply(back);
      assert.deepEqual(pair.texts(), texts);
    }
    assert.ok(done > 1, `only ${done} of ${keys.length} interfaces`);
  });
}
