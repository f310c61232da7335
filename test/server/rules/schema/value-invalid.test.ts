import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/schema/value-invalid.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

test('value-invalid: an address, a prefix length, a port, a MAC address and a number must be such', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<lan>
			<if>vmx1</if>
			<ipaddr>192.0.2.256</ipaddr>
			        ^^^^^^^^^^^ error: <ipaddr> takes an IPv4 address, "dhcp", "pppoe", "ppp", "pptp" or "l2tp", not "192.0.2.256".
			<subnet>33</subnet>
			        ^^ error: <subnet> takes a whole number from 0 to 32, not "33".
			<spoofmac>00:00:5e:00:53</spoofmac>
			          ^^^^^^^^^^^^^^ error: <spoofmac> takes a MAC address such as 00:00:5e:00:53:01, not "00:00:5e:00:53".
		</lan>
	</interfaces>
	<system>
		<webgui><port>70000</port></webgui>
		              ^^^^^ error: <port> takes a port from 1 to 65535, not "70000".
	</system>
`,
  );
});

test('value-invalid: a URL that tells who logs in is not shown', () => {
  checkRule(
    rule,
    `
	<aliases>
		<alias>
			<updatefreq>https://bob:pass@192.0.2.1/</updatefreq>
			            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: <updatefreq> takes a whole number, 0 or more, and what stands there is none.
		</alias>
	</aliases>
`,
  );
});

test('value-invalid: what is right, empty, or free text is not spoken of, and neither are unknown elements and packages', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>dhcp</ipaddr><subnet></subnet><ipaddrv6>track6</ipaddrv6></wan>
		<lan><enable>yes</enable><if>vmx1</if><ipaddr>192.0.2.1</ipaddr><subnet>24</subnet><my_own>?!</my_own></lan>
	</interfaces>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><address>SERVERS</address><port>WEB_PORTS</port></source>
			<destination><address>2001:db8::/32</address><port>80-90</port></destination>
		</rule>
	</filter>
	<installedpackages><haproxy><ha_backends><item><port>http</port></item></ha_backends></haproxy></installedpackages>
	<unknown><port>http</port></unknown>
`,
  );
});

test('value-invalid: addresses and ports of rules take aliases, networks by name and services, and nothing else', () => {
  const rule1 = (source: string, destination: string) =>
    `<filter><rule><type>pass</type><source>${source}</source><destination>${destination}</destination></rule></filter>\n`;
  const right = [
    ['<any></any>', '<network>(self)</network><port>443</port>'],
    ['<network>lan</network>', '<network>opt1ip</network><port>https</port>'],
    ['<address>192.0.2.0/24</address>', '<address>WEB_1</address><port>8000-8999</port>'],
    ['<address>3cx_hosts</address>', '<address>2001:db8::1</address><port>netbios-ns</port>'],
  ] as const;
  for (const [source, destination] of right) assert.deepEqual(namesIn(rule1(source, destination)), []);
  const wrong = [
    ['<address>192.0.2.300</address>', 'address'],
    ['<address>192.0.2.0/33</address>', 'address'],
    ['<address>my-alias</address>', 'address'],
    ['<address>1234</address>', 'address'],
    ['<port>70000</port>', 'port'],
    ['<port>80-x</port>', 'port'],
    ['<port>80,443</port>', 'port'],
    ['<network>192.0.2</network>', 'network'],
  ] as const;
  for (const [source, name] of wrong) assert.deepEqual(namesIn(rule1(source, '<any></any>')), [name], source);
});

test('value-invalid: what NAT does not take as firewall rules do: a word for both families, an alias of the port that it leaves from', () => {
  const source = `
	<nat>
		<outbound>
			<mode>advanced</mode>
			<rule>
				<ipprotocol>inet46</ipprotocol>
				            ^^^^^^ error: <ipprotocol> takes "inet" (IPv4) or "inet6" (IPv6), not "inet46".
				<natport>WEB_PORTS</natport>
				         ^^^^^^^^^ error: <natport> takes a port from 1 to 65535 (or two with "-" or ":" between them) or the name of a service, not "WEB_PORTS".
				<dstport>WEB_PORTS</dstport>
			</rule>
			<rule><ipprotocol></ipprotocol><natport>1024:65535</natport></rule>
		</outbound>
	</nat>
	<filter><rule><ipprotocol>inet46</ipprotocol></rule></filter>
`;
  checkRule(rule, source);
  checkNoFix(rule, '<nat><rule><ipprotocol>inet46</ipprotocol></rule></nat>');
});

test('value-invalid: NPt takes the interface of a tracked prefix with a slash behind it, as the form writes it', () => {
  const mapping = (network: string) =>
    `<nat><npt><destination><network>${network}</network></destination></npt></nat>\n`;
  for (const network of ['opt1/64', 'opt1/', 'opt1', '2001:db8::/64']) {
    assert.deepEqual(namesIn(mapping(network)), [], network);
  }
  assert.deepEqual(namesIn(mapping('opt1/x')), ['network']);
  assert.deepEqual(namesIn(mapping('opt1/64').replaceAll('npt', 'onetoone')), ['network']);
});

test('value-invalid: of a list the first wrong part is marked', () => {
  checkRule(
    rule,
    `
	<unbound>
		<hosts>
			<host>web</host>
			<domain>example.org</domain>
			<ip>192.0.2.1,192.0.2.300,192.0.2.400</ip>
			              ^^^^^^^^^^^ error: <ip> takes a list, separated by commas, each an address; "192.0.2.300" is none.
		</hosts>
	</unbound>
`,
  );
});

test('value-invalid: elements in a text and a text in a group', () => {
  checkRule(
    rule,
    `
	<system>
		<hostname><name>fw</name></hostname>
		 ^^^^^^^^ error: <hostname> takes a text, not elements.
		<webgui>https</webgui>
		        ^^^^^ error: <webgui> takes elements, not a text.
	</system>
	<filter>
		<rule>pass</rule>
		      ^^^^ error: <rule> takes elements, not a text.
	</filter>
`,
  );
});

test('value-invalid: never tells a secret, a key or what may hold one', () => {
  const findings = checkRule(
    rule,
    `
	<cert>
		<refid>62a84e3a5d2f0</refid>
		<crt>-----not base64-----</crt>
		     ^^^^^^^^^^^^^^^^^^^^ error: <crt> takes text in Base64, and what stands there is none.
		<prv>!secret!</prv>
		     ^^^^^^^^ error: <prv> takes text in Base64, and what stands there is none.
	</cert>
`,
  );
  assert.deepEqual(
    findings.flatMap(finding => finding.fixes()),
    [],
  );
});

test('value-invalid: in something that is disabled it is a warning', () => {
  checkRule(
    rule,
    `
	<filter>
		<rule>
			<type>allow</type>
			      ^^^^^ warning: <type> takes "pass", "block", "reject" or "match", not "allow".
			<disabled></disabled>
		</rule>
	</filter>
`,
  );
});

test('value-invalid: each item of a list is looked at, and sections that are lists too', () => {
  checkRule(
    rule,
    `
	<system>
		<dnsserver>192.0.2.53</dnsserver>
		<dnsserver>192.0.2.53.1</dnsserver>
		           ^^^^^^^^^^^^ error: <dnsserver> takes an address, not "192.0.2.53.1".
	</system>
	<cert><refid>a</refid></cert>
	<cert><refid>b</refid><prv>%</prv></cert>
	                           ^ error: <prv> takes text in Base64, and what stands there is none.
`,
  );
});

test('value-invalid: is silent where a rule of its own speaks, and speaks where that one does not', () => {
  const vip = (mode: string) =>
    `<virtualip><vip><mode>${mode}</mode><interface>lan</interface><subnet_bits>64</subnet_bits><vhid>300</vhid></vip></virtualip>\n`;
  assert.deepEqual(namesIn(vip('carp')), []);
  assert.deepEqual(namesIn(vip('ipalias')), ['vhid']);
});

test('value-invalid: a broken section is passed over, the others are not', () => {
  assert.deepEqual(
    namesIn('<system><webgui><port>x</port></webgui></system>\n<nat><outbound><mode>x</mode><b></outbound></nat>\n'),
    ['port'],
  );
});

test('value-invalid: the fix sets the nearest word, the word that the web interface calls so, or takes blanks away', () => {
  const config = (type: string) => `\t<filter>\n\t\t<rule>\n\t\t\t<type>${type}</type>\n\t\t</rule>\n\t</filter>\n`;
  checkFix(rule, { before: config('blok'), after: config('block') });
  checkFix(rule, { before: config('PASS'), after: config('pass') });
  checkFix(rule, { before: config('pass '), after: config('pass'), title: 'Set <type> to "pass"' });
  const proto = (text: string) => `\t<laggs>\n\t\t<lagg>\n\t\t\t<proto>${text}</proto>\n\t\t</lagg>\n\t</laggs>\n`;
  checkFix(rule, { before: proto('round robin'), after: proto('roundrobin') });
});

test('value-invalid: no fix where nothing is near', () => {
  checkNoFix(rule, '\t<filter><rule><type>everything</type></rule></filter>\n');
  checkNoFix(rule, '\t<system><webgui><port>99999</port></webgui></system>\n');
});

/** The names of the elements that are found. */
function namesIn(source: string): readonly string[] {
  return findingsIn([rule], parseFixture(source)).map(({ message }) => /^<([^>]+)>/.exec(message)?.[1] ?? message);
}

test('value-invalid: an enabled interface with a static address needs its prefix length, in either family', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.0.2.1</ipaddr><subnet></subnet></wan>
		                                                              ^^^^^^ error: WAN has the address 192.0.2.1, but no prefix length: pfSense leaves it without both.
		<lan><enable></enable><if>vmx1</if><ipaddrv6>2001:db8::1</ipaddrv6></lan>
		 ^^^ error: LAN has the address 2001:db8::1, but no prefix length: pfSense leaves it without both.
		<opt1><if>vmx2</if><ipaddr>192.0.2.9</ipaddr></opt1>
		<opt2><enable></enable><if>ovpns1</if><ipaddr>192.0.2.17</ipaddr></opt2>
		<opt3><enable></enable><if>vmx3</if><ipaddr>dhcp</ipaddr><subnet></subnet><ipaddrv6>track6</ipaddrv6></opt3>
	</interfaces>
`,
  );
});

test('value-invalid: an IP alias needs a prefix length of its family', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.0.2.1</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits></subnet_bits><subnet>192.0.2.5</subnet></vip>
		                                                    ^^^^^^^^^^^ error: IP alias 192.0.2.5 has no valid prefix length: pfSense cannot set it up.
		<vip><mode>ipalias</mode><interface>lo0</interface><subnet>2001:db8::5</subnet></vip>
		 ^^^ error: IP alias 2001:db8::5 has no valid prefix length: pfSense cannot set it up.
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits>64</subnet_bits><subnet>192.0.2.6</subnet></vip>
		                                                                ^^ error: IP alias 192.0.2.6 has no valid prefix length: pfSense cannot set it up.
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits>129</subnet_bits><subnet>192.0.2.7</subnet></vip>
		                                                                ^^^ error: <subnet_bits> takes a whole number from 0 to 128, not "129".
	</virtualip>
`,
  );
});

test('value-invalid: nothing is said of IP aliases that pfSense does not set up, of right ones, and of other VIPs', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.0.2.1</ipaddr><subnet>24</subnet></wan>
		<opt1><if>vmx1</if><ipaddr>198.51.100.1</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>ipalias</mode><interface>opt1</interface><subnet_bits></subnet_bits><subnet>198.51.100.5</subnet></vip>
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits>32</subnet_bits><subnet>192.0.2.5</subnet></vip>
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits></subnet_bits><subnet></subnet></vip>
		<vip><mode>proxyarp</mode><interface>wan</interface><subnet_bits></subnet_bits><subnet>192.0.2.6</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits></subnet_bits><subnet>192.0.2.7</subnet></vip>
	</virtualip>
`,
  );
});

test('value-invalid: a text with broken markup in it is left to xml-syntax', () => {
  checkRule(
    rule,
    `
	<system>
		<webgui><port>4&43</port><protocol>http&#1;s</protocol></webgui>
		<hostname>fw</hostname>
	</system>
	<filter>
		<rule><type>pas</type><descr>A & B</descr></rule>
		            ^^^ error: <type> takes "pass", "block", "reject" or "match", not "pas".
	</filter>
`,
  );
});
