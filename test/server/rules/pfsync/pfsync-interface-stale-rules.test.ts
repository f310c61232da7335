import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-stale-rules.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const filter = (source: string, mark = '', more = '') => `		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<source>
				${source}
${mark}			</source>
			<destination><any></any></destination>
${more}		</rule>
`;
const node = (rules: string, rest = '', forwards = '') => `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<aliases>
		<alias><name>OLD</name><type>network</type><address>10.20.0.0/16</address></alias>
		<alias><name>NODES</name><type>host</type><address>172.16.1.2 172.16.1.3</address></alias>
		<alias><name>NAMES</name><type>host</type><address>a.example.org</address></alias>
	</aliases>
	<nat>
${forwards}	</nat>
	<filter>
${rules}	</filter>
${rest}	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`;
const mark = (text: string) =>
  `				         ${'^'.repeat(text.length)} warning: This rule on SYNC (opt1) is for ${text}, but behind that interface are the two nodes alone.\n`;
const address = (text: string, marked = false) => filter(`<address>${text}</address>`, marked ? mark(text) : '');
const network = (text: string, marked = false) => filter(`<network>${text}</network>`, marked ? mark(text) : '');
const forward = (more = '', marked = '') => `		<rule>
			<interface>opt1</interface>
${marked}			<destination><network>opt1ip</network></destination>
			<target>10.0.0.20</target>
${more}		</rule>
`;

test('pfsync-interface-stale-rules: sources that are not there', () => {
  checkRule(rule, node(address('10.20.0.0/16', true) + address('OLD', true) + network('lan', true)));
});

test('pfsync-interface-stale-rules: port forwards', () => {
  const says =
    '			           ^^^^ warning: This port forward waits on SYNC (opt1), but behind that interface are the two nodes alone.\n';
  checkRule(rule, node('', '', forward('', says) + forward('			<disabled></disabled>\n')));
});

test('pfsync-interface-stale-rules: sources that the nodes have, or may have', () => {
  checkRule(rule, node(filter('<any></any>') + network('opt1') + network('(self)') + network('opt1ip')));
  checkRule(rule, node(address('172.16.1.3') + address('172.16.0.0/12') + address('NODES')));
  checkRule(rule, node(address('NAMES') + address('UNKNOWN') + filter('<address>10.20.0.0/16</address><not></not>')));
});

test('pfsync-interface-stale-rules: rules that do not count', () => {
  const old = (more: string) => filter('<address>10.20.0.0/16</address>', '', `			${more}\n`);
  checkRule(rule, node(old('<disabled></disabled>') + old('<floating>yes</floating>')));
});

test('pfsync-interface-stale-rules: more than the nodes may be behind it, or pfsync is off', () => {
  const old = address('10.20.0.0/16');
  checkRule(rule, node(old, '	<dhcpd>\n		<opt1><enable></enable></opt1>\n	</dhcpd>\n'));
  const gateway = '<gateway_item><interface>opt1</interface><gateway>172.16.1.1</gateway><name>A</name></gateway_item>';
  checkRule(rule, node(old, `	<gateways>\n		${gateway}\n	</gateways>\n`));
  checkRule(rule, node(old).replaceAll('opt1', 'lan2').replace('>on<', '><'));
  checkRule(rule, node(old.replace('opt1', 'lan')).replace('<pfsyncinterface>opt1', '<pfsyncinterface>lan'));
});

test('pfsync-interface-stale-rules: the fixes remove them', () => {
  checkFix(rule, { before: node(address('10.20.0.0/16') + network('opt1')), after: node(network('opt1')) });
  checkFix(rule, { before: node('', '', forward()), after: node('', '', '') });
});

test('pfsync-interface-stale-rules: the last rule that may let the other node in stays until there is a right one', () => {
  checkNoFix(rule, node(address('10.20.0.0/16')));
});
