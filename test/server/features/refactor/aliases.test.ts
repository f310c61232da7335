import assert from 'node:assert/strict';
import test from 'node:test';
import { offered, refactored } from '../../../harness/refactoring.ts';

const rule = (side: string, more = '') =>
  `<rule><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol>${side}${more}</rule>`;

/** Two rules that name one address, and an alias of three hosts. */
const rules = (first: string, second = '192.0.2.5') => `
	<version>22.2</version>
	<aliases>
		<alias>
			<name>SERVERS</name>
			<type>host</type>
			<address>192.0.2.10 192.0.2.11 192.0.2.12</address>
			<descr></descr>
			<detail><![CDATA[one||two||three]]></detail>
		</alias>
	</aliases>
	<filter>
		${rule(`<source><address>${first}</address></source>`)}
		${rule(`<source><any></any></source><destination><address>${second}</address></destination>`)}
	</filter>
`;

test('extract: an address of a rule, here or in every place that names it', () => {
  const source = rules('192.$00.2.5');
  assert.deepEqual(
    offered(source).filter(title => title.startsWith('Extract')),
    ['Extract 192.0.2.5 to an alias', 'Extract 192.0.2.5 to an alias, in all 2 places'],
  );
  const here = refactored(source, 'Extract 192.0.2.5 to an alias')['config.xml'] ?? '';
  assert.match(
    here,
    /\t\t<\/alias>\n\t\t<alias>\n\t\t\t<name>Host_192_0_2_5<\/name>\n\t\t\t<type>host<\/type>\n\t\t\t<address>192\.0\.2\.5<\/address>\n\t\t\t<descr><\/descr>\n\t\t\t<detail><\/detail>\n\t\t<\/alias>\n/,
  );
  assert.match(here, /<source><address>Host_192_0_2_5<\/address>/);
  assert.match(here, /<destination><address>192\.0\.2\.5<\/address>/);
  const all = refactored(source, 'Extract 192.0.2.5 to an alias, in all 2 places')['config.xml'] ?? '';
  assert.match(all, /<destination><address>Host_192_0_2_5<\/address>/);
});

test('extract: a network, with the section where there is none, and a name that is free', () => {
  const source = `
	<filter>${rule('<source><address>198.51.100.$00/24</address></source>')}</filter>
`;
  const after = refactored(source, 'Extract 198.51.100.0/24 to an alias')['config.xml'] ?? '';
  assert.match(after, /\t<aliases>\n\t\t<alias>\n\t\t\t<name>Net_198_51_100_0_24<\/name>\n\t\t\t<type>network<\/type>/);
  const taken = rules('192.$00.2.5').replace('SERVERS', 'Host_192_0_2_5');
  assert.match(
    refactored(taken, 'Extract 192.0.2.5 to an alias')['config.xml'] ?? '',
    /<name>Host_192_0_2_5_2<\/name>/,
  );
});

test('extract: on both nodes where both name it there', () => {
  const source = `--- primary.xml\n${rules('192.$00.2.5')}\n--- secondary.xml\n${rules('192.0.2.5')}`;
  const both = refactored(source, 'Extract 192.0.2.5 to an alias, in all places of both nodes');
  assert.deepEqual(Object.keys(both), ['primary.xml', 'secondary.xml']);
  for (const text of Object.values(both)) assert.equal(text.match(/Host_192_0_2_5/g)?.length, 3);
});

test('extract: what is no literal, or stands where no alias may, is left alone', () => {
  for (const side of [
    '<source><address>SERV$0ERS</address></source>',
    '<source><network>la$0n</network></source>',
    '<source><an$0y></any></source>',
    '<gateway>192.0.2.$01</gateway>',
  ]) {
    const source = `\n\t<filter>${rule(side)}</filter>\n`;
    assert.deepEqual(
      offered(source).filter(title => title.startsWith('Extract')),
      [],
    );
  }
});

test('extract: some entries of an alias, with their details', () => {
  const source = rules('192.0.2.5').replace('192.0.2.10 192.0.2.11', '$0192.0.2.10 192.0.2.11');
  const asked = { source, selected: '192.0.2.10 192.0.2.11' };
  const after = refactored(asked, 'Extract 2 entries of SERVERS to an alias')['config.xml'] ?? '';
  assert.match(
    after,
    /<name>SERVERS<\/name>\n\t\t\t<type>host<\/type>\n\t\t\t<address>SERVERS_part 192\.0\.2\.12<\/address>\n\t\t\t<descr><\/descr>\n\t\t\t<detail><!\[CDATA\[\|\|three\]\]><\/detail>/,
  );
  assert.match(
    after,
    /<name>SERVERS_part<\/name>\n\t\t\t<type>host<\/type>\n\t\t\t<address>192\.0\.2\.10 192\.0\.2\.11<\/address>\n\t\t\t<descr><\/descr>\n\t\t\t<detail><!\[CDATA\[one\|\|two\]\]><\/detail>/,
  );
  for (const selected of ['', '192.0.2.10', '192.0.2.10 192.0.2.11 192.0.2.12']) {
    assert.deepEqual(
      offered({ source, selected }).filter(title => title.startsWith('Extract')),
      [],
      selected,
    );
  }
});

const oneHost = (named: string, more = '') => `
	<version>22.2</version>
	<aliases>
		<alias><name>WEB</name><type>host</type><address>192.0.2.80</address><descr>The web</descr><detail>web</detail></alias>
		<alias><name>ALL</name><type>network</type><address>198.51.100.0/24 WEB</address><descr></descr><detail><![CDATA[net||]]></detail></alias>${more}
	</aliases>
	<filter>${rule(`<source><any></any></source><destination><address>${named}</address></destination>`)}</filter>
`;

test('inline: in every place that names the alias, which goes', () => {
  const title = 'Inline alias WEB in the 2 places that name it and remove it';
  const atUse = oneHost('WE$0B');
  assert.deepEqual(
    offered(atUse).filter(each => each.startsWith('Inline')),
    ['Inline alias WEB here', title],
  );
  const after = refactored(atUse, title)['config.xml'] ?? '';
  assert.doesNotMatch(after, /WEB/);
  assert.match(after, /<address>198\.51\.100\.0\/24 192\.0\.2\.80\/32<\/address>/);
  assert.match(after, /<detail><!\[CDATA\[net\|\|web\]\]><\/detail>/);
  assert.match(after, /<destination><address>192\.0\.2\.80<\/address>/);
  const here = refactored(atUse, 'Inline alias WEB here')['config.xml'] ?? '';
  assert.match(here, /<name>WEB<\/name>/);
  assert.match(here, /<destination><address>192\.0\.2\.80<\/address>/);
  const atDefinition = oneHost('WEB').replace('<name>WEB', '<name>W$0EB');
  assert.equal(refactored(atDefinition, title)['config.xml'], after);
});

test('inline: what a rule cannot take is refused with the reason', () => {
  const several = oneHost('W$0EB').replace('192.0.2.80', '192.0.2.80 192.0.2.81');
  assert.deepEqual(
    offered(several).filter(title => title.startsWith('Inline')),
    [
      'Inline alias WEB here – Firewall rule takes one entry, and WEB holds 2.',
      'Inline alias WEB in the 2 places that name it and remove it – Firewall rule takes one entry, and WEB holds 2.',
    ],
  );
  const host = oneHost('W$0EB').replace('192.0.2.80', 'www.example.org');
  assert.match(offered(host).join(), /cannot take www\.example\.org but by an alias/);
  const ipv6 = oneHost('W$0EB').replace('192.0.2.80', '2001:db8::1');
  assert.match(offered(ipv6).join(), /not for IPv6 alone/);
  const table = oneHost('W$0EB').replace('<type>host', '<type>urltable');
  assert.match(offered(table).join(), /loaded by the firewall/);
  const elsewhere = oneHost('WEB')
    .replace('<name>WEB', '<name>W$0EB')
    .replace(
      '</filter>',
      '</filter>\n<installedpackages><thing><config><list>WEB</list></config></thing></installedpackages>',
    );
  assert.match(offered(elsewhere).join(), /installedpackages\/thing\/config\/list holds WEB too/);
});

test('inline: in OpenVPN all of an alias, and a host with its length, which would be a route to everywhere without', () => {
  const source = (address: string, place: string, text: string) => `
	<aliases><alias><name>NETS</name><type>network</type><address>${address}</address></alias></aliases>
	<openvpn><openvpn-server><${place}>${text}</${place}></openvpn-server></openvpn>
`;
  const inlined = (address: string, place: string, text: string) =>
    refactored(source(address, place, `NE$0TS${text}`), 'Inline alias NETS here')['config.xml'] ?? '';
  const v4 = '10.9.0.0/24 192.0.2.5';
  assert.match(
    inlined(v4, 'local_network', ',10.0.0.0/8'),
    /<local_network>10\.9\.0\.0\/24,192\.0\.2\.5\/32,10\.0\.0\.0\/8</,
  );
  assert.match(inlined('2001:db8::5', 'remote_networkv6', ''), /<remote_networkv6>2001:db8::5\/128</);
  assert.match(offered(source(v4, 'tunnel_network', 'NE$0TS')).join(), /takes one entry, and NETS holds 2/);
  assert.match(offered(source('2001:db8::/64', 'local_network', 'NE$0TS')).join(), /not for IPv6 alone/);
});

test('inline: all places go, those of OpenVPN and of the load balancer of old versions too, and a word elsewhere is none', () => {
  const source = `
	<version>15.0</version>
	<system><user><name>a</name><descr>WEB admin</descr></user></system>
	<aliases><alias><name>WE$0B</name><type>network</type><address>10.9.0.0/24</address></alias></aliases>
	<openvpn><openvpn-server><local_network>WEB</local_network></openvpn-server></openvpn>
`;
  const after = refactored(source, 'Inline alias WEB in the place that names it and remove it')['config.xml'] ?? '';
  assert.match(after, /<local_network>10\.9\.0\.0\/24<.*/);
  assert.match(after, /<descr>WEB admin</);
  const balanced = `
	<version>15.0</version>
	<aliases><alias><name>PO$0RT</name><type>port</type><address>8080</address></alias></aliases>
	<load_balancer><lbpool><name>p</name><port>PORT</port></lbpool></load_balancer>
`;
  assert.match(
    refactored(balanced, 'Inline alias PORT in the place that names it and remove it')['config.xml'] ?? '',
    /<port>8080</,
  );
});

test('inline: a static route takes either family', () => {
  const source = `
	<aliases><alias><name>HOST</name><type>host</type><address>2001:db8::5</address></alias></aliases>
	<staticroutes><route><network>HO$0ST</network><gateway>GW</gateway></route></staticroutes>
`;
  assert.match(refactored(source, 'Inline alias HOST here')['config.xml'] ?? '', /<network>2001:db8::5\/128</);
});

test('extract: not from the source of a 1:1 mapping, where pf takes no alias', () => {
  const source = (at: string) =>
    `
	<nat><onetoone><external>192.0.2.1</external><source><address>10.0.0.5</address></source><destination><address>10.9.0.5</address></destination></onetoone></nat>
`.replace(at, `${at}$0`);
  assert.deepEqual(offered(source('10.0.0')), []);
  assert.deepEqual(offered(source('10.9.0')), ['Extract 10.9.0.5 to an alias']);
});

test('inline: not among the URLs of another alias', () => {
  const source = `
	<aliases>
		<alias><name>WE$0B</name><type>host</type><address>192.0.2.1</address></alias>
		<alias><name>ALL</name><type>url</type><aliasurl>WEB</aliasurl><address>192.0.2.1</address></alias>
	</aliases>
`;
  assert.match(offered(source).join(), /remove it – Alias \(ALL\) takes it among URLs only by its name\./);
});

test('inline: an alias that nothing names is not offered', () => {
  const source = oneHost('WEB', '\n\t\t<alias><name>OL$0D</name><type>host</type><address>192.0.2.9</address></alias>');
  assert.deepEqual(
    offered(source).filter(title => title.startsWith('Inline')),
    [],
  );
});

test('inline: on both nodes', () => {
  const source = `--- primary.xml\n${oneHost('W$0EB')}\n--- secondary.xml\n${oneHost('WEB')}`;
  const after = refactored(source, 'Inline alias WEB on both nodes and remove it');
  assert.deepEqual(Object.keys(after), ['primary.xml', 'secondary.xml']);
  for (const text of Object.values(after)) assert.doesNotMatch(text, /WEB/);
});
