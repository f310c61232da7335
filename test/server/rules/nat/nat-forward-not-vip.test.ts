import test from 'node:test';
import rule from '../../../../server/src/rules/nat/nat-forward-not-vip.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

interface Options {
  readonly destination?: string;
  readonly target?: string;
  readonly more?: string;
  readonly mark?: string;
  readonly port?: string;
}

function forward({ destination = '<network>wanip</network>', target = '10.0.0.20', more = '', ...rest }: Options) {
  return `		<rule>
			<destination>
				${destination}
${rest.mark ?? ''}				<port>${rest.port ?? '443'}</port>
			</destination>
			<protocol>tcp</protocol>
			<target>${target}</target>
			<interface>wan</interface>
			<descr><![CDATA[Web]]></descr>
${more}		</rule>
`;
}

const node = (rules: string, last = 2) => `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.${last}</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
${rules}	</nat>
`;
const pair = (primary: string, secondary: string) => `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
const address = (text: string) => `<address>${text}</address>`;
const says =
  "Port forward (Web) takes what comes to WAN's own address, which stays with this node, instead of the CARP VIP 203.0.113.4.";
const mark = (length: number, message = says) => `				         ${'^'.repeat(length)} warning: ${message}\n`;

test('nat-forward-not-vip: wanip, and the node’s own address written out', () => {
  checkRule(rule, node(forward({ mark: mark(5) })));
  checkRule(rule, node(forward({ destination: address('203.0.113.2'), mark: mark(11) })));
});

test('nat-forward-not-vip: the other node’s address', () => {
  const message =
    "Port forward (Web) takes what comes to the secondary's own address on WAN instead of the CARP VIP 203.0.113.4.";
  const rules = forward({ destination: address('203.0.113.3'), mark: mark(11, message) });
  checkRule(rule, pair(node(rules), node('', 3)));
  checkRule(rule, node(forward({ destination: address('203.0.113.3') })));
});

test('nat-forward-not-vip: it is told of on one line', () => {
  const forwards = forward({ destination: address('203.0.113.2'), mark: mark(11) });
  checkRule(rule, node(forwards.replace('[Web]', '[Web\n server]').replace('(Web)', '(Web server)')));
});

test('nat-forward-not-vip: a way to reach just this node', () => {
  for (const target of ['127.0.0.1', '10.0.0.2', '203.0.113.2']) checkRule(rule, node(forward({ target })));
  checkRule(rule, pair(node(forward({ target: '10.0.0.3' })), node('', 3)));
});

test('nat-forward-not-vip: a twin for the VIP is the one that counts', () => {
  const twin = forward({ destination: address('203.0.113.4') });
  checkRule(rule, node(forward({}) + twin));
  checkRule(rule, node(forward({ mark: mark(5) }) + twin.replace('>443<', '>80<')));
  checkRule(
    rule,
    node(forward({ mark: mark(5) }) + forward({ destination: address('203.0.113.4'), more: '\t\t\t<disabled/>\n' })),
  );
});

test('nat-forward-not-vip: destinations that are no own address', () => {
  for (const destination of [
    '<any></any>',
    address('203.0.113.4'),
    address('WEB'),
    '<network>wan</network>',
    '<network>(self)</network>',
    '<network>wanip</network><not></not>',
    '<network>lanip</network>',
    '<network>opt9ip</network>',
  ]) {
    checkRule(rule, node(forward({ destination })));
  }
});

test('nat-forward-not-vip: forwards that do not count, and other families', () => {
  for (const flag of ['disabled', 'nordr', 'nosync'])
    checkRule(rule, node(forward({ more: `\t\t\t<${flag}></${flag}>\n` })));
  checkRule(rule, node(forward({ more: '\t\t\t<ipprotocol>inet6</ipprotocol>\n' })));
});

test('nat-forward-not-vip: a VIP that is the own address is another mistake', () => {
  checkRule(rule, node(forward({})).replace('<subnet>203.0.113.4', '<subnet>203.0.113.2'));
});

test('nat-forward-not-vip: the fix names the VIP', () => {
  const after = node(forward({ destination: address('203.0.113.4') }));
  checkFix(rule, { before: node(forward({})), after });
  checkFix(rule, { before: node(forward({ destination: address('203.0.113.2') })), after });
});
