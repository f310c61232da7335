import test from 'node:test';
import rule from '../../../../server/src/rules/nat/nat-outbound-source-too-wide.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

interface Options {
  readonly source?: string;
  readonly target?: string;
  readonly destination?: string;
  readonly more?: string;
  readonly mark?: string;
}

const nat = ({
  source = '<network>any</network>',
  target = '203.0.113.4',
  mark = '',
  ...rest
}: Options = {}) => `			<rule>
				<source>
					${source}
${mark}				</source>
				<target>${target}</target>
				<interface>wan</interface>
				<destination>${rest.destination ?? '<any></any>'}</destination>
${rest.more ?? ''}			</rule>
`;

const node = (
  rules: string,
  { mode = 'advanced', more = '', version = '23.3' } = {},
) => `	<version>${version}</version>
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
${more}	</interfaces>
	<aliases>
		<alias><name>BOTH</name><type>host</type><address>203.0.113.4 203.0.113.5</address></alias>
		<alias><name>MIXED</name><type>host</type><address>203.0.113.4 203.0.113.9</address></alias>
		<alias><name>WIDE</name><type>network</type><address>10.0.0.0/8 203.0.113.0/24</address></alias>
		<alias><name>INSIDE</name><type>network</type><address>10.0.0.0/8</address></alias>
		<alias><name>NAMES</name><type>host</type><address>a.example.org</address></alias>
	</aliases>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip5f2a8c41d0b13</interface><subnet_bits>28</subnet_bits><subnet>203.0.113.5</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>198.51.100.4</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>${mode}</mode>
${rules}		</outbound>
	</nat>
`;
const says = (source: string) =>
  `error: Outbound NAT on WAN translates ${source} to the CARP VIP 203.0.113.4, and with it 203.0.113.2: the backup's own connections are answered to the master.`;
const wrong = (source: string, text = source) =>
  nat({
    source: `<network>${source}</network>`,
    mark: `					         ${'^'.repeat(source.length)} ${says(text)}\n`,
  });

test('nat-outbound-source-too-wide: every source that holds the own address', () => {
  for (const source of ['any', '(self)', 'wan', 'wanip', '0.0.0.0/0', '203.0.113.0/28', '203.0.113.2', 'WIDE']) {
    checkRule(rule, node(wrong(source)));
  }
  checkRule(rule, node(wrong('any'), { mode: 'hybrid' }));
  checkRule(rule, node(nat({ source: '<any></any>', mark: `					 ^^^ ${says('any')}\n` })));
});

test('nat-outbound-source-too-wide: all but a network that does not hold it', () => {
  const inverted = (source: string, mark = '') =>
    nat({ source: `<network>${source}</network>${mark && `\n${mark}					`}<not></not>` });
  checkRule(rule, node(inverted('10.0.0.0/8', `					         ^^^^^^^^^^ ${says('all but 10.0.0.0/8')}\n`)));
  checkRule(rule, node(inverted('INSIDE', `					         ^^^^^^ ${says('all but INSIDE')}\n`)));
  checkRule(rule, node(inverted('203.0.113.0/24') + inverted('NAMES') + inverted('WIDE')));
});

test('nat-outbound-source-too-wide: the first of several decides; a protocol is not enough to be narrow', () => {
  checkRule(rule, node(wrong('any') + nat({ source: '<network>(self)</network>' })));
  checkRule(rule, node(wrong('any').replace('			</rule>', '				<protocol>udp</protocol>\n			</rule>')));
  checkRule(rule, node(nat({ target: 'wanip', more: '				<protocol>icmp</protocol>\n' }) + wrong('any')));
});

test('nat-outbound-source-too-wide: an alias of VIPs', () => {
  checkRule(rule, node(wrong('any').replace('<target>203.0.113.4', '<target>BOTH')));
  checkRule(rule, node(nat({ target: 'MIXED' }) + nat({ target: 'wanip' })));
});

test('nat-outbound-source-too-wide: internal sources', () => {
  for (const source of ['10.0.0.0/24', 'lan', 'INSIDE', '127.0.0.0/8', 'NAMES', 'UNKNOWN']) {
    checkRule(rule, node(nat({ source: `<network>${source}</network>` })));
  }
});

test('nat-outbound-source-too-wide: a rule above leaves the own connections their address', () => {
  checkRule(rule, node(nat({ source: '<network>(self)</network>', target: 'wanip' }) + nat()));
  checkRule(
    rule,
    node(nat({ source: '<network>wan</network>', target: '', more: '				<nonat></nonat>\n' }) + nat()),
  );
  checkRule(rule, node(nat({ target: 'wanip', more: '				<disabled></disabled>\n' }) + wrong('any')));
});

test('nat-outbound-source-too-wide: rules for some ports or destinations, and rules that do not count', () => {
  checkRule(rule, node(nat({ more: '				<dstport>25</dstport>\n' })));
  checkRule(rule, node(nat({ destination: '<network>192.0.2.0/24</network>' })));
  checkRule(rule, node(nat({ more: '				<disabled></disabled>\n' })));
  checkRule(rule, node(nat(), { mode: 'automatic' }));
  checkRule(rule, node(nat({ target: 'wanip' }) + nat({ target: '203.0.113.77' })));
});

test('nat-outbound-source-too-wide: nodes with addresses for CARP alone', () => {
  checkRule(rule, node(nat({ target: '198.51.100.4' })));
});

test('nat-outbound-source-too-wide: the fixes', () => {
  checkFix(rule, {
    before: node(nat()),
    after: node(nat({ source: '<network>10.0.0.0/24</network>' })),
    title: 'Set the source to 10.0.0.0/24',
  });
  checkFix(rule, {
    before: node(nat({ source: '<any></any>' })),
    after: node(nat({ source: '<network>10.0.0.0/24</network>' })),
  });
  const above = (parts: string) => `			<rule>
				<source>
					<network>203.0.113.0/28</network>
				</source>
				<sourceport></sourceport>
				<descr><![CDATA[Own connections of the nodes on WAN]]></descr>
				<target></target>
${parts}				<interface>wan</interface>
				<poolopts></poolopts>
				<source_hash_key></source_hash_key>
				<destination>
					<any></any>
				</destination>
				<nonat></nonat>
			</rule>
`;
  const more = '		<opt1><enable></enable><if>ix2</if><ipaddr>10.1.0.2</ipaddr><subnet>24</subnet></opt1>\n';
  checkFix(rule, {
    before: node(nat(), { more }),
    after: node(above('				<target_subnet></target_subnet>\n') + nat(), { more }),
  });
  checkFix(rule, {
    before: node(nat(), { more, version: '22.2' }),
    after: node(above('				<targetip></targetip>\n				<targetip_subnet></targetip_subnet>\n') + nat(), {
      more,
      version: '22.2',
    }),
  });
});
