import test from 'node:test';
import rule from '../../../../server/src/rules/vpn/vpn-endpoint-not-vip.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (rest: string, last = 2) => `	<version>24.0</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.${last}</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
${rest}`;
const listens =
  "OpenVPN server listens on WAN's own address, which stays with this node, instead of the CARP VIP 203.0.113.4.";
const ends =
  "IPsec phase 1 (Branch) ends on WAN's own address, which stays with this node, instead of the CARP VIP 203.0.113.4.";
const openvpn = (on = 'wan', protocol = 'UDP4', more = '', mark = '') => `	<openvpn>
		<openvpn-server>
			<protocol>${protocol}</protocol>
			<interface>${on}</interface>
${mark}${more}		</openvpn-server>
	</openvpn>
`;
const ipsec = (on = 'wan', more = '', mark = '') => `	<ipsec>
		<phase1>
			<interface>${on}</interface>
${mark}			<protocol>inet</protocol>
			<descr><![CDATA[Branch]]></descr>
${more}		</phase1>
	</ipsec>
`;
const at = (message: string) => `			           ^^^ warning: ${message}\n`;
const sync = (areas: string) => `	<hasync>\n		<synchronizetoip>10.9.9.3</synchronizetoip>\n${areas}	</hasync>\n`;

test('vpn-endpoint-not-vip: a server and a tunnel on the interface’s own address', () => {
  checkRule(rule, node(openvpn('wan', 'UDP4', '', at(listens))));
  checkRule(rule, node(openvpn('wan', 'TCP4', '			<ipaddr>203.0.113.2</ipaddr>\n', at(listens))));
  checkRule(rule, node(ipsec('wan', '', at(ends))));
});

test('vpn-endpoint-not-vip: before 2.4 UDP meant IPv4; since then it answers on every address', () => {
  const old = node(openvpn('wan', 'UDP', '', at(listens))).replace('24.0', '15.8');
  checkRule(rule, old);
  checkRule(rule, node(openvpn('wan', 'UDP')));
  checkRule(rule, node(openvpn('wan', 'TCP')));
});

test('vpn-endpoint-not-vip: on the VIP, everywhere, behind a port forward, on a gateway group', () => {
  for (const on of ['_vip5f2a8c41d0b13', 'any', 'lo0', 'WANGROUP']) checkRule(rule, node(openvpn(on) + ipsec(on)));
  checkRule(rule, node(openvpn('wan', 'UDP4', '			<ipaddr>203.0.113.4</ipaddr>\n')));
});

test('vpn-endpoint-not-vip: no VIP on the interface, none of the family, none that lives', () => {
  checkRule(rule, node(openvpn('lan') + ipsec('lan')));
  checkRule(rule, node(openvpn('wan', 'UDP6')));
  checkRule(rule, node(ipsec('wan')).replace('>inet<', '>inet6<'));
  checkRule(rule, node(openvpn()).replace('<wan><enable></enable>', '<wan>'));
  checkRule(rule, node(openvpn()).replace('<mode>carp</mode>', '<mode>ipalias</mode>'));
});

test('vpn-endpoint-not-vip: what is disabled', () => {
  checkRule(rule, node(openvpn('wan', 'UDP4', '			<disable></disable>\n')));
  checkRule(rule, node(ipsec('wan', '			<disabled></disabled>\n')));
});

test('vpn-endpoint-not-vip: where all but the VPNs is synchronised, each node may have its own', () => {
  const rules = '		<synchronizerules>on</synchronizerules>\n';
  checkRule(rule, node(openvpn() + ipsec() + sync(rules)));
  checkRule(rule, `\n--- primary.xml\n${node(sync(rules))}--- secondary.xml\n${node(openvpn() + ipsec(), 3)}`);
  checkRule(
    rule,
    node(openvpn('wan', 'UDP4', '', at(listens)) + ipsec() + sync('		<synchronizeopenvpn>on</synchronizeopenvpn>\n')),
  );
});

test('vpn-endpoint-not-vip: the fix binds it to the VIP as pfSense’s form does', () => {
  const bound = '			<ipaddr>203.0.113.4</ipaddr>\n';
  checkFix(rule, { before: node(openvpn()), after: node(openvpn('_vip5f2a8c41d0b13', 'UDP4', bound)) });
  checkFix(rule, {
    before: node(openvpn('wan', 'UDP4', '			<ipaddr></ipaddr>\n')),
    after: node(openvpn('_vip5f2a8c41d0b13', 'UDP4', bound)),
    title: 'Bind OpenVPN server to the CARP VIP 203.0.113.4',
  });
  checkFix(rule, { before: node(ipsec()), after: node(ipsec('_vip5f2a8c41d0b13')) });
});

test('vpn-endpoint-not-vip: a VIP without an id cannot be named', () => {
  checkNoFix(rule, node(ipsec()).replace('<uniqid>5f2a8c41d0b13</uniqid>', ''));
});
