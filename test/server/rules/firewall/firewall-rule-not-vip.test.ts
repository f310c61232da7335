import test from 'node:test';
import rule from '../../../../server/src/rules/firewall/firewall-rule-not-vip.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

interface Options {
  readonly destination?: string;
  readonly protocol?: string;
  readonly port?: string;
  readonly interface?: string;
  readonly more?: string;
  readonly mark?: string;
}

function pass({ destination = '<network>wanip</network>', protocol = 'udp', port = '1194', ...rest }: Options = {}) {
  return `		<rule>
			<type>pass</type>
			<interface>${rest.interface ?? 'wan'}</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>${protocol}</protocol>
			<destination>
				${destination}
${rest.mark ?? ''}${port ? `				<port>${port}</port>\n` : ''}			</destination>
${rest.more ?? ''}		</rule>
`;
}

const node = (rules: string, rest = '') => `	<version>24.0</version>
	<system>
${rest}	</system>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>VPN</name><type>host</type><address>203.0.113.4</address></alias>
		<alias><name>OTHER</name><type>host</type><address>203.0.113.9</address></alias>
		<alias><name>NAMES</name><type>host</type><address>vpn.example.org</address></alias>
	</aliases>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<openvpn>
		<openvpn-server>
			<protocol>UDP4</protocol>
			<interface>_vip5f2a8c41d0b13</interface>
			<ipaddr>203.0.113.4</ipaddr>
			<local_port>1194</local_port>
		</openvpn-server>
	</openvpn>
	<ipsec>
		<phase1>
			<interface>_vip5f2a8c41d0b13</interface>
			<protocol>inet</protocol>
			<descr><![CDATA[Branch]]></descr>
		</phase1>
	</ipsec>
	<filter>
${rules}	</filter>
`;
const mark = (length: number, message: string) => `				         ${'^'.repeat(length)} ${message}\n`;
const closed =
  "warning: The rule passes UDP port 1194 to WAN's own address, but OpenVPN server is at the CARP VIP 203.0.113.4, where no rule lets it in.";
const ipsec = (service: string) =>
  `The rule passes ${service} to WAN's own address, but IPsec phase 1 (Branch) is at the CARP VIP 203.0.113.4, where`;
const address = (text: string) => `<address>${text}</address>`;

test('firewall-rule-not-vip: wanip and the own address, one port and a range', () => {
  checkRule(rule, node(pass({ mark: mark(5, closed) })));
  checkRule(rule, node(pass({ destination: address('203.0.113.2'), mark: mark(11, closed) })));
  checkRule(rule, node(pass({ port: '1190-1200', mark: mark(5, closed) })));
  checkRule(rule, node(pass({ protocol: 'tcp/udp', mark: mark(5, closed) })));
});

test('firewall-rule-not-vip: pfSense passes IPsec itself, unless its VPN rules are off', () => {
  const itself = (service: string) => `info: ${ipsec(service)} pfSense itself lets it in.`;
  const rules = (text: (service: string) => string) =>
    pass({ port: '500', mark: mark(5, text('UDP port 500')) }) +
    pass({ protocol: 'esp', port: '', mark: mark(5, text('ESP')) });
  checkRule(rule, node(rules(itself)));
  const none = (service: string) => `warning: ${ipsec(service)} no rule lets it in.`;
  checkRule(rule, node(rules(none), '		<disablevpnrules></disablevpnrules>\n'));
});

test('firewall-rule-not-vip: another rule lets the service in, or may', () => {
  for (const destination of [
    '<any></any>',
    '<network>(self)</network>',
    '<network>wan</network>',
    '<network>lanip</network><not></not>',
    address('203.0.113.4'),
    address('203.0.113.0/28'),
    address('VPN'),
    address('NAMES'),
  ]) {
    checkRule(rule, node(pass() + pass({ destination })));
  }
  checkRule(rule, node(pass() + pass({ destination: '<any></any>', port: 'VPNPORTS' })));
  checkRule(rule, node(pass() + pass({ destination: '<any></any>', interface: 'GROUP' })));
  checkRule(
    rule,
    node(pass() + pass({ destination: '<any></any>', interface: 'lan,wan', more: '\t\t\t<floating>yes</floating>\n' })),
  );
});

test('firewall-rule-not-vip: other rules do not let it in', () => {
  const wrong = pass({ mark: mark(5, closed) });
  checkRule(rule, node(wrong + pass({ destination: address('OTHER') })));
  checkRule(rule, node(wrong + pass({ destination: '<any></any>', interface: 'lan' })));
  checkRule(rule, node(wrong + pass({ destination: '<any></any>', protocol: 'tcp' })));
  checkRule(rule, node(wrong + pass({ destination: '<any></any>', port: '22' })));
  checkRule(rule, node(wrong + pass({ destination: '<any></any>', more: '\t\t\t<disabled></disabled>\n' })));
});

test('firewall-rule-not-vip: rules that are for something else, or do not count', () => {
  for (const more of ['disabled', 'nosync', 'floating']) {
    checkRule(rule, node(pass({ more: `\t\t\t<${more}></${more}>\n` })));
  }
  checkRule(rule, node(pass({ more: '\t\t\t<associated-rule-id>nat_1</associated-rule-id>\n' })));
  checkRule(rule, node(pass().replace('>pass<', '>block<')));
  checkRule(rule, node(pass({ port: '22' }) + pass({ port: 'VPNPORTS' }) + pass({ protocol: 'tcp' })));
  checkRule(rule, node(pass({ destination: '<network>lanip</network>' })));
  checkRule(rule, node(pass().replace('>inet<', '>inet6<')));
});

test('firewall-rule-not-vip: nothing is at a VIP', () => {
  const off = node(pass()).replace('<protocol>UDP4</protocol>', '<disable></disable>');
  checkRule(rule, off);
  checkRule(rule, node(pass()).replace('<mode>carp</mode>', '<mode>ipalias</mode>'));
});

test('firewall-rule-not-vip: the fix names the VIP', () => {
  checkFix(rule, { before: node(pass()), after: node(pass({ destination: address('203.0.113.4') })) });
});
