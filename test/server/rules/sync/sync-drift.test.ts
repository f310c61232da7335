import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-drift.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

/** A pair whose primary synchronises these areas. */
function pair(areas: string, bodies: readonly [primary: string, secondary: string]): string {
  const boxes = areas
    .split(' ')
    .map(area => `<synchronize${area}>on</synchronize${area}>`)
    .join('');
  return `--- primary.xml
	<version>23.9</version>
	<hasync><synchronizetoip>172.16.1.3</synchronizetoip>${boxes}</hasync>
${bodies[0]}
--- secondary.xml
	<version>23.9</version>
${bodies[1]}
`;
}

function messages(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(finding => finding.message);
}

const alias = (name: string, address = '192.0.2.1') =>
  `		<alias>\n			<name>${name}</name>\n			<address>${address}</address>\n		</alias>\n`;

test('sync-drift: on the item of the primary that the secondary lacks; the fix copies it', () => {
  const before = pair('aliases', [
    `	<aliases>\n${alias('A')}		<alias>\n		 ^^^^^ warning: Alias B is on the primary only; the secondary should have been sent it.\n			<name>B</name>\n			<address>192.0.2.2</address>\n		</alias>\n	</aliases>`,
    `	<aliases>\n${alias('A')}	</aliases>`,
  ]);
  checkRule(rule, before);
  checkFix(rule, {
    before,
    after: pair('aliases', [
      `	<aliases>\n${alias('A')}${alias('B', '192.0.2.2')}	</aliases>`,
      `	<aliases>\n${alias('A')}${alias('B', '192.0.2.2')}	</aliases>`,
    ]),
    title: 'Copy alias B to the secondary',
  });
});

test('sync-drift: on the section of the primary that the secondary lacks, whose settings are named', () => {
  checkRule(
    rule,
    pair('dnsforwarder', [
      `	<unbound>
	 ^^^^^^^ warning: DNS Resolver is missing on the secondary, which should have been sent it: enable, port.
		<enable></enable>
		<port>5353</port>
	</unbound>`,
      '',
    ]),
  );
});

test('sync-drift: on what the secondary alone has, which the fix removes', () => {
  const before = pair('aliases', [
    `	<aliases>\n${alias('A')}	</aliases>`,
    `	<aliases>\n${alias('A')}		<alias>\n		 ^^^^^ warning: Alias B is on the secondary only; the next synchronisation removes it.\n			<name>B</name>\n		</alias>\n	</aliases>`,
  ]);
  checkRule(rule, before);
  checkFix(rule, {
    before,
    after: pair('aliases', [`	<aliases>\n${alias('A')}	</aliases>`, `	<aliases>\n${alias('A')}	</aliases>`]),
    title: 'Remove alias B from the secondary',
  });
});

test('sync-drift: on the value that differs; the fix sets the primary’s', () => {
  const before = pair('aliases', [
    `	<aliases>\n${alias('A', '192.0.2.1 192.0.2.9')}	</aliases>`,
    `	<aliases>\n${alias('A')}	</aliases>`,
  ]);
  checkFix(rule, {
    before,
    after: pair('aliases', [
      `	<aliases>\n${alias('A', '192.0.2.1 192.0.2.9')}	</aliases>`,
      `	<aliases>\n${alias('A', '192.0.2.1 192.0.2.9')}	</aliases>`,
    ]),
    title: "Copy the primary's alias A to the secondary",
  });
});

const rules = (trackers: readonly number[]) =>
  `	<filter>\n${trackers
    .map(
      tracker =>
        `		<rule>\n			<tracker>${tracker}</tracker>\n			<interface>lan</interface>\n			<descr>rule ${tracker}</descr>\n		</rule>\n`,
    )
    .join('')}	</filter>`;

test('sync-drift: a rule at another place, moved by the fix', () => {
  const before = pair('rules', [rules([1, 2, 3]), rules([3, 1, 2])]);
  assert.deepEqual(messages(before), [
    'Firewall rule "rule 3" on lan stands at another place than on the primary, where the order counts.',
  ]);
  checkFix(rule, { before, after: pair('rules', [rules([1, 2, 3]), rules([1, 2, 3])]) });
});

test('sync-drift: more than ten of an area are one finding, whose fix copies the area', () => {
  const names = Array.from({ length: 12 }, (_, i) => `HOST_${i}`);
  const all = `	<aliases>\n${names.map(name => alias(name)).join('')}	</aliases>`;
  const before = pair('aliases', [all, '	<aliases></aliases>']);
  assert.deepEqual(messages(before), [
    'Of what the primary synchronises as aliases, 12 items are not the same on the secondary: 12 missing.',
  ]);
  checkFix(rule, {
    before,
    after: pair('aliases', [all, all]),
    title: 'Copy aliases from the primary to the secondary',
  });
});

test('sync-drift: a child that is there on one node only, in an item with others like it', () => {
  const item = (rest: string) =>
    `	<filter>\n		<rule>\n			<tracker>1</tracker>\n			<interface>lan</interface>${rest}\n		</rule>\n	</filter>`;
  checkFix(rule, {
    before: pair('rules', [
      item('\n			<disabled></disabled>'),
      item('\n			<log></log>\n			<statetype>none</statetype>'),
    ]),
    after: pair('rules', [item('\n			<disabled></disabled>'), item('\n			<disabled></disabled>')]),
  });
});

test('sync-drift: no secret is shown', () => {
  const server = (key: string) =>
    `	<openvpn><openvpn-server><vpnid>1</vpnid><shared_key>${key}</shared_key></openvpn-server></openvpn>`;
  assert.deepEqual(messages(pair('openvpn', [server('b25l'), server('dHdv')])), [
    "OpenVPN server 1 differs from the primary's: shared_key.",
  ]);
});

test('sync-drift: no fix where the file does not tell what the primary sends', () => {
  const scope = (peer: string, domain: string) =>
    `	<interfaces><lan><enable></enable><ipaddr>dhcp</ipaddr></lan></interfaces>\n	<dhcpd><lan><enable></enable><failover_peerip>${peer}</failover_peerip><domain>${domain}</domain></lan></dhcpd>`;
  checkNoFix(rule, pair('dhcpd', [scope('10.0.0.3', 'a.example'), scope('10.0.0.2', 'b.example')]));
});

/** What rules of their own tell of, and what is left when something else differs as well. */
const carp = (rest: string) =>
  `	<virtualip><vip><mode>carp</mode><interface>lan</interface>${rest}<descr>LAN</descr></vip></virtualip>`;
const lan = (address: string) =>
  `	<interfaces><lan><enable></enable><ipaddr>${address}</ipaddr><subnet>24</subnet></lan></interfaces>\n`;
const dhcp = (rest: string) => `	<dhcpd><lan><enable></enable>${rest}</lan></dhcpd>\n`;
const vips = carp('<vhid>1</vhid><advskew>0</advskew><subnet>10.0.0.1</subnet><subnet_bits>24</subnet_bits>');
const vips2 = vips.replace('>0<', '>100<');

const toldElsewhere: readonly (readonly [what: string, areas: string, bodies: readonly [string, string]])[] = [
  [
    'carp-skew-step',
    'virtualip',
    [carp('<vhid>1</vhid><advskew>0</advskew>'), carp('<vhid>1</vhid><advskew>50</advskew>')],
  ],
  [
    'carp-advbase-mismatch',
    'virtualip',
    [carp('<vhid>1</vhid><advbase>1</advbase>'), carp('<vhid>1</vhid><advbase>2</advbase>')],
  ],
  [
    'carp-password-mismatch',
    'virtualip',
    [carp('<vhid>1</vhid><password>a</password>'), carp('<vhid>1</vhid><password>b</password>')],
  ],
  [
    'vip-uniqid-mismatch',
    'virtualip',
    [carp('<vhid>1</vhid><uniqid>62a856d41c9a3</uniqid>'), carp('<vhid>1</vhid><uniqid>63b967e52dab4</uniqid>')],
  ],
  [
    'carp-vip-missing-on-peer',
    'virtualip',
    [carp('<vhid>1</vhid><subnet>10.0.0.1</subnet>'), '	<virtualip></virtualip>'],
  ],
  [
    'dhcp-failover-peer',
    'dhcpd',
    [
      lan('10.0.0.2') + dhcp('<failover_peerip>10.0.0.3</failover_peerip>'),
      lan('10.0.0.3') + dhcp('<failover_peerip>10.0.0.9</failover_peerip>'),
    ],
  ],
  [
    'dhcp-pool-mismatch',
    'dhcpd',
    [
      lan('10.0.0.2') +
        dhcp('<range><from>10.0.0.100</from><to>10.0.0.199</to></range><failover_peerip>10.0.0.3</failover_peerip>'),
      lan('10.0.0.3') +
        dhcp('<range><from>10.0.0.100</from><to>10.0.0.150</to></range><failover_peerip>10.0.0.2</failover_peerip>'),
    ],
  ],
  [
    'dhcp-gateway-not-vip',
    'dhcpd',
    [
      lan('10.0.0.2') + vips + dhcp('<gateway>10.0.0.1</gateway>'),
      lan('10.0.0.3') + vips2 + dhcp('<gateway>10.0.0.3</gateway>'),
    ],
  ],
  [
    'dhcp-dns-not-vip',
    'dhcpd',
    [lan('10.0.0.2') + vips + dhcp('<dnsserver>10.0.0.1</dnsserver>'), lan('10.0.0.3') + vips2 + dhcp('')],
  ],
  [
    'kea-ha-role',
    'dhcpd',
    [
      `	<dhcpd><lan><enable></enable></lan></dhcpd><kea><ha><enable></enable><role>primary</role></ha></kea>`,
      `	<dhcpd><lan><enable></enable></lan></dhcpd><kea><ha><enable></enable><role>primary</role></ha></kea>`,
    ],
  ],
  [
    'sync-user-missing',
    'users',
    [
      '	<system><user><name>admin</name><uid>0</uid></user><user><name>ha</name><uid>2000</uid></user><group><name>all</name><gid>1998</gid></group></system>\n	<hasync><username>ha</username></hasync>',
      '	<system><user><name>admin</name><uid>0</uid></user><group><name>all</name><gid>1998</gid></group></system>',
    ],
  ],
  [
    'vpn-endpoint-not-vip',
    'openvpn',
    [
      '	<openvpn><openvpn-server><vpnid>1</vpnid><interface>_vip62a856d41c9a3</interface><ipaddr>192.0.2.1</ipaddr></openvpn-server></openvpn>',
      '	<openvpn><openvpn-server><vpnid>1</vpnid><interface>wan</interface><ipaddr></ipaddr></openvpn-server></openvpn>',
    ],
  ],
  [
    'dhcp-relay-not-carp',
    'dhcrelay',
    [
      '	<dhcrelay><enable></enable><carpstatusvip>_vip62a856d41c9a3</carpstatusvip></dhcrelay>',
      '	<dhcrelay><enable></enable><carpstatusvip>none</carpstatusvip></dhcrelay>',
    ],
  ],
  [
    'dns-listens-without-vip',
    'dnsforwarder',
    [
      '	<unbound><enable></enable><active_interface>lan,_vip62a856d41c9a3</active_interface></unbound>',
      '	<unbound><enable></enable><active_interface>lan</active_interface></unbound>',
    ],
  ],
];

for (const [what, areas, bodies] of toldElsewhere) {
  test(`sync-drift: silent on what ${what} tells`, () => {
    const source = pair(areas, bodies).replace(
      /<hasync>(.*)<\/hasync>\n([\s\S]*)\t<hasync>(<username>.*)<\/hasync>/,
      '<hasync>$1$3</hasync>\n$2',
    );
    assert.deepEqual(messages(source), []);
  });
}

test('sync-drift: of the same items it tells the rest', () => {
  const one = carp('<vhid>1</vhid><advskew>0</advskew><subnet>10.0.0.1</subnet>');
  assert.deepEqual(messages(pair('virtualip', [one, one.replace('>LAN<', '>Inside<').replace('>0<', '>7<')])), [
    "CARP VIP 10.0.0.1 differs from the primary's: descr.",
  ]);
  assert.deepEqual(
    messages(
      pair('dhcpd', [
        lan('10.0.0.2') + dhcp('<gateway>10.0.0.7</gateway><domain>a.example</domain>'),
        lan('10.0.0.3') + dhcp('<gateway>10.0.0.8</gateway><domain>b.example</domain>'),
      ]),
    ),
    ["DHCP server on LAN differs from the primary's: domain, gateway."],
  );
});

test('sync-drift: no fix as long as the interfaces differ', () => {
  const wan = '	<interfaces><wan><if>vmx0</if></wan></interfaces>\n';
  const lanOnly = '	<interfaces><lan><if>vmx0</if></lan></interfaces>\n';
  checkNoFix(rule, pair('aliases', [`${wan}	<aliases>\n${alias('A')}	</aliases>`, lanOnly]));
});

test('sync-drift: settings are many', () => {
  const outbound = (mode: string) => `	<nat><outbound><mode>${mode}</mode></outbound></nat>`;
  assert.deepEqual(messages(pair('nat', [outbound('hybrid'), outbound('advanced')])), [
    "Outbound NAT settings differ from the primary's: mode.",
  ]);
  assert.deepEqual(messages(pair('nat', [outbound('hybrid'), '	<nat></nat>'])), [
    'Outbound NAT settings are on the primary only; the secondary should have been sent them.',
  ]);
});

test('sync-drift: what each node downloads for itself is not compared, where it comes from is', () => {
  const url = (address: string, from: string) =>
    `	<aliases><alias><name>BAD</name><type>url</type><aliasurl>${from}</aliasurl><address>${address}</address></alias></aliases>`;
  assert.deepEqual(
    messages(pair('aliases', [url('192.0.2.1', 'https://a.example'), url('', 'https://a.example')])),
    [],
  );
  assert.deepEqual(messages(pair('aliases', [url('192.0.2.1', 'https://a.example'), url('', 'https://b.example')])), [
    "Alias BAD differs from the primary's: aliasurl.",
  ]);
});

/** The titles of what is offered for a pair. */
function offered(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).flatMap(finding => finding.fixes().map(fix => fix.title));
}

const group = (name: string, gid: number) =>
  `		<group>\n			<name>${name}</name>\n			<gid>${gid}</gid>\n		</group>\n`;
const user = (name: string, uid: number) =>
  `		<user>\n			<name>${name}</name>\n			<uid>${uid}</uid>\n		</user>\n`;
const system = (rows: string) => `	<system>\n${user('admin', 0)}${group('all', 1998)}${rows}	</system>`;

test('sync-drift: no copy of an item whose number another item of the secondary has', () => {
  const primary = system(group('operators', 2000) + group('guests', 2001));
  assert.deepEqual(offered(pair('users', [primary, system(group('operators', 2001) + group('guests', 2000))])), []);
  assert.deepEqual(offered(pair('users', [primary, system(group('operators', 2009) + group('guests', 2001))])), [
    "Copy the primary's group operators to the secondary",
  ]);
});

test('sync-drift: no copy of one of two where there may be one', () => {
  const lan = '<lan><enable></enable><domain>example.com</domain></lan>';
  const dhcpd = (content: string) => `	<dhcpd>${content}</dhcpd>`;
  assert.deepEqual(offered(pair('dhcpd', [dhcpd(lan), dhcpd('')])), ['Copy DHCP server on lan to the secondary']);
  assert.deepEqual(offered(pair('dhcpd', [dhcpd(lan + lan), dhcpd('')])), []);
});

test('sync-drift: no copy of a pool that both nodes would give away without a fail-over', () => {
  const range = (last: number) => `<range><from>10.0.0.100</from><to>10.0.0.${last}</to></range>`;
  const served = (more: string) => [lan('10.0.0.2') + dhcp(more), lan('10.0.0.3')] as const;
  const copy = ['Copy DHCP server on LAN to the secondary'];
  assert.deepEqual(offered(pair('dhcpd', served(range(199)))), []);
  assert.deepEqual(offered(pair('dhcpd', served(`${range(199)}<denyunknown>enabled</denyunknown>`))), copy);
  assert.deepEqual(offered(pair('dhcpd', served(`${range(199)}<failover_peerip>10.0.0.3</failover_peerip>`))), copy);
  const other = '<range><from>10.0.0.50</from><to>10.0.0.99</to></range>';
  const split = (more: string) =>
    pair('dhcpd', [lan('10.0.0.2') + dhcp(range(199)), lan('10.0.0.3') + dhcp(other + more)]);
  assert.deepEqual(offered(split('')), []);
  const sameRange = [range(199), `${range(199)}<domain>a.example</domain>`] as const;
  const changed = pair('dhcpd', [lan('10.0.0.2') + dhcp(sameRange[0]), lan('10.0.0.3') + dhcp(sameRange[1])]);
  assert.deepEqual(offered(changed), ["Copy the primary's DHCP server on LAN to the secondary"]);
});

test('sync-drift: the user with whom the sync logs in is not removed', () => {
  const named = pair('users', [system(''), system(user('hasync', 2000))]);
  assert.deepEqual(offered(named), ['Remove user hasync from the secondary']);
  assert.deepEqual(offered(named.replace('<synchronizetoip>', '<username>hasync</username><synchronizetoip>')), []);
});

test('sync-drift: what something on the secondary names is not removed, and no gateway becomes the node itself', () => {
  const rule1 = '	<filter><rule><destination><address>B</address></destination></rule></filter>';
  const both = `	<aliases>\n${alias('A')}${alias('B')}	</aliases>`;
  const one = `	<aliases>\n${alias('A')}	</aliases>`;
  assert.deepEqual(offered(pair('aliases', [one, both])), ['Remove alias B from the secondary']);
  assert.deepEqual(offered(pair('aliases', [one, `${both}\n${rule1}`])), []);
  const gateways = (address: string) =>
    `	<interfaces><wan><enable></enable><ipaddr>192.168.1.12</ipaddr><subnet>24</subnet></wan></interfaces>
	<gateways><gateway_item><interface>wan</interface><gateway>${address}</gateway><name>GW</name></gateway_item></gateways>`;
  assert.deepEqual(offered(pair('staticroutes', [gateways('192.168.1.1'), gateways('192.168.1.9')])), [
    "Copy the primary's gateway GW to the secondary",
  ]);
  assert.deepEqual(offered(pair('staticroutes', [gateways('192.168.1.12'), gateways('192.168.1.9')])), []);
});

test('sync-drift: leases and databases that a backup with extra data carries are no settings', () => {
  const dhcpd = (data: string) =>
    `	<dhcpd>\n		<lan>\n			<enable></enable>\n		</lan>\n		<dhcpddata>\n			<xmldatafile>\n				<data>${data}</data>\n			</xmldatafile>\n		</dhcpddata>\n	</dhcpd>`;
  assert.deepEqual(messages(pair('dhcpd', [dhcpd('AAAA'), dhcpd('BBBB')])), []);
  assert.deepEqual(
    messages(pair('dhcpd', [dhcpd('AAAA'), '	<dhcpd>\n		<lan>\n			<enable></enable>\n		</lan>\n	</dhcpd>'])),
    [],
  );
});
