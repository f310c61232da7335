import test from 'node:test';
import rule from '../../../../server/src/rules/nat/nat-outbound-not-vip.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

interface RuleOptions {
  readonly source?: string;
  readonly target?: string;
  readonly interface?: string;
  readonly destination?: string;
  readonly more?: string;
  readonly message?: string;
}

/** A rule from the LAN to anywhere on WAN, with a mark on its target where a message is given. */
function nat({ source = '10.0.0.0/8', target = 'wanip', message, more = '', ...rest }: RuleOptions): string {
  const mark = message ? `				${' '.repeat(8)}${'^'.repeat(target.length)} error: ${message}\n` : '';
  return `			<rule>
				<source><network>${source}</network></source>
				<target>${target}</target>
${mark}				<interface>${rest.interface ?? 'wan'}</interface>
				<destination>${rest.destination ?? '<any></any>'}</destination>
${more}			</rule>
`;
}

function node(
  rules: string,
  options: { readonly mode?: string; readonly version?: string; readonly last?: number; readonly more?: string } = {},
): string {
  const { mode = 'hybrid', version = '24.0', last = 2, more = '' } = options;
  return `	<version>${version}</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.1${last}</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.${last}</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
${more}	<nat>
		<outbound>
			<mode>${mode}</mode>
${rules}		</outbound>
	</nat>
`;
}

function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

const alias = (name: string, address: string, type = 'host') =>
  `	<aliases>\n		<alias><name>${name}</name><type>${type}</type><address>${address}</address></alias>\n	</aliases>\n`;

const own =
  "Outbound NAT on WAN translates 10.0.0.0/8 to 192.168.1.12, this node's own address, instead of the CARP VIP 192.168.1.10.";

test('nat-outbound-not-vip: an empty target is the interface address, in both forms', () => {
  const empty = nat({ target: '' }).replace('</target>\n', `</target>\n				 ^^^^^^ error: ${own}\n`);
  checkRule(rule, node(empty, { version: '22.2' }));
  checkRule(rule, node(empty, { version: '24.0', mode: 'advanced' }));
});

test("nat-outbound-not-vip: a node's address written out, this one's and the other's", () => {
  checkRule(rule, node(nat({ target: '192.168.1.12', message: own })));
  const peer =
    "Outbound NAT on WAN translates 10.0.0.0/8 to 192.168.1.13, the secondary's own address, instead of the CARP VIP 192.168.1.10.";
  checkRule(rule, pair(node(nat({ target: '192.168.1.13', message: peer })), node('', { last: 3 })));
  checkRule(rule, node(nat({ target: '192.168.1.13' })));
});

test("nat-outbound-not-vip: an alias of nothing but the node's own address", () => {
  checkRule(rule, node(nat({ target: 'outside', message: own }), { more: alias('outside', '192.168.1.12') }));
  checkRule(rule, node(nat({ target: 'outside' }), { more: alias('outside', '192.168.1.10 192.168.1.12') }));
  checkRule(rule, node(nat({ target: 'outside' }), { more: alias('outside', 'fw.example.org') }));
});

test('nat-outbound-not-vip: VIPs, other addresses and networks are fine', () => {
  checkRule(rule, node(nat({ target: '192.168.1.10' }) + nat({ target: '192.168.1.77' })));
  checkRule(rule, node(nat({ target: '203.0.113.8', more: '				<target_subnet>30</target_subnet>\n' })));
  const old = '				<targetip>203.0.113.8</targetip>\n				<targetip_subnet>30</targetip_subnet>\n';
  checkRule(rule, node(nat({ target: 'other-subnet', more: old }), { version: '22.2' }));
});

test('nat-outbound-not-vip: a network of one address is that address', () => {
  const old = '				<targetip>192.168.1.12</targetip>\n				<targetip_subnet>32</targetip_subnet>\n';
  checkRule(rule, node(nat({ target: 'other-subnet', more: old, message: own }), { version: '22.2' }));
});

test('nat-outbound-not-vip: what the nodes send keeps their address', () => {
  for (const source of [
    '127.0.0.0/8',
    '::1/128',
    '(self)',
    'wan',
    'opt1',
    '192.168.1.0/24',
    '192.168.1.12/32',
    '172.16.1.3/32',
  ]) {
    checkRule(rule, node(nat({ source })));
  }
  checkRule(rule, pair(node(nat({ source: '10.0.0.3/32' })), node('', { last: 3 })));
  checkRule(rule, node(nat({ source: 'us' }), { more: alias('us', '127.0.0.1 192.168.1.12') }));
});

test('nat-outbound-not-vip: a destination right at the firewall does not outlive a fail-over anyway', () => {
  checkRule(rule, node(nat({ destination: '<network>192.168.1.1/32</network>' })));
  checkRule(rule, node(nat({ destination: '<address>10.0.0.3/32</address>' }), { version: '22.2' }));
  checkRule(rule, node(nat({ destination: '<network>modems</network>' })));
  checkRule(rule, node(nat({ destination: '<network>198.51.100.0/24</network>', message: own })));
  checkRule(rule, node(nat({ destination: '<network>192.168.1.0/24</network><not></not>', message: own })));
});

test('nat-outbound-not-vip: rules that do not count', () => {
  checkRule(rule, node(nat({ more: '				<disabled></disabled>\n' })));
  checkRule(rule, node(nat({ more: '				<nonat></nonat>\n' })));
  checkRule(rule, node(nat({ more: '				<nosync></nosync>\n' })));
  checkRule(rule, node(nat({}), { mode: 'automatic' }));
  checkRule(rule, node(nat({}), { mode: 'disabled' }));
});

test('nat-outbound-not-vip: interfaces through which nothing leaves, or without a VIP of the family', () => {
  checkRule(rule, node(nat({ interface: 'lan', target: 'lanip', source: '10.8.0.0/24' })));
  checkRule(rule, node(nat({ interface: 'opt1' })));
  checkRule(rule, node(nat({ source: '2001:db8::/64' })));
  checkRule(rule, node(nat({ more: '				<ipprotocol>inet6</ipprotocol>\n', source: 'lan' })));
});

test('nat-outbound-not-vip: any source below a rule with the VIP catches what the nodes send', () => {
  const any =
    "Outbound NAT on WAN translates any to 192.168.1.12, this node's own address, instead of the CARP VIP 192.168.1.10.";
  checkRule(rule, node(nat({ target: '192.168.1.10' }) + nat({ source: 'any' })));
  checkRule(rule, node(nat({ source: 'any', message: any }) + nat({ target: '192.168.1.10' })));
});

test('nat-outbound-not-vip: any source is not given the VIP; rules for the networks go above it', () => {
  const before = node(nat({ source: 'any' }));
  const added = (descr: string, port?: string) => `			<rule>
				<source>
					<network>10.0.0.0/8</network>
				</source>
				<sourceport></sourceport>
				<descr><![CDATA[${descr}]]></descr>
				<target>192.168.1.10</target>
				<target_subnet></target_subnet>
				<interface>wan</interface>
				<poolopts></poolopts>
				<source_hash_key></source_hash_key>
${port ? '				<staticnatport></staticnatport>\n				<protocol>udp</protocol>\n' : ''}				<destination>
					<any></any>
				</destination>
${port ? `				<dstport>${port}</dstport>\n` : ''}			</rule>
`;
  const rules = added('IKE from LAN to WAN VIP', '500') + added('LAN to WAN VIP');
  checkFix(rule, {
    before,
    after: node(rules + nat({ source: 'any' })),
    title: 'Add rules above it that translate 10.0.0.0/8 to 192.168.1.10 on WAN',
  });
  checkNoFix(rule, node(nat({ source: 'any', more: '				<protocol>udp</protocol>\n' })));
});

test("nat-outbound-not-vip: the target is set in the form of the file's version", () => {
  const subnet = (text: string) => `				<target_subnet>${text}</target_subnet>\n`;
  checkFix(rule, {
    before: node(nat({ target: '192.168.1.12', more: subnet('32') })),
    after: node(nat({ target: '192.168.1.10', more: subnet('') })),
    title: 'Set the target to 192.168.1.10',
  });
  const old = (address: string, bits: string) =>
    `				<targetip>${address}</targetip>\n				<targetip_subnet>${bits}</targetip_subnet>\n`;
  checkFix(rule, {
    before: node(nat({ target: 'other-subnet', more: old('192.168.1.12', '32') }), { version: '22.2' }),
    after: node(nat({ target: '192.168.1.10', more: old('', '') }), { version: '22.2' }),
  });
});

test('nat-outbound-not-vip: both nodes at once where both have the mistake', () => {
  const two = (target: string) => pair(node(nat({ target })), node(nat({ target }), { last: 3 }));
  checkFix(rule, {
    before: two('wanip'),
    after: two('192.168.1.10'),
    title: 'Set the target to 192.168.1.10 on both nodes',
  });
});
