import test from 'node:test';
import rule from '../../../../server/src/rules/firewall/firewall-rule-unreachable.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

interface Options {
  readonly type?: string;
  readonly interface?: string;
  readonly family?: string;
  readonly protocol?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly more?: string;
  readonly mark?: string;
}

const any = '<any></any>';
const address = (text: string, port = '') => `<address>${text}</address>${port && `<port>${port}</port>`}`;
const network = (text: string) => `<network>${text}</network>`;
const anyPort = (port: string) => `${any}<port>${port}</port>`;

function one({
  type = 'pass',
  family = 'inet',
  protocol = '',
  source = any,
  destination = any,
  ...rest
}: Options = {}) {
  return `		<rule>
${rest.mark ? `		 ^^^^ warning: ${rest.mark}\n` : ''}			<type>${type}</type>
			<interface>${rest.interface ?? 'lan'}</interface>
			<ipprotocol>${family}</ipprotocol>
${protocol && `			<protocol>${protocol}</protocol>\n`}			<source>${source}</source>
			<destination>${destination}</destination>
${rest.more ?? ''}		</rule>
`;
}

const node = (rules: string) => `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>WEB</name><type>host</type><address>192.0.2.10 192.0.2.11</address></alias>
		<alias><name>ALL_WEB</name><type>network</type><address>WEB 192.0.2.64/26</address></alias>
		<alias><name>NAMES</name><type>host</type><address>www.example.org 192.0.2.12</address></alias>
		<alias><name>LIST</name><type>urltable</type><address>192.0.2.0/24</address></alias>
		<alias><name>PORTS</name><type>port</type><address>80 443 8000:8010</address></alias>
		<alias><name>MORE_PORTS</name><type>port</type><address>PORTS 22</address></alias>
	</aliases>
	<filter>
${rules}	</filter>
`;
const other = (what = 'pass', by = 'rule 1') =>
  `No connection gets as far as this ${what} rule on LAN: ${by} above it takes all of them.`;
const same = (by = 'rule 1') =>
  `This rule on LAN does nothing: ${by} above it takes all of its connections and does the same.`;

/** The second rule is behind the first: found, or not. */
const covered = (first: Options, second: Options) => {
  const mark = (second.type ?? 'pass') === (first.type ?? 'pass') ? same() : other(second.type);
  checkRule(rule, node(one(first) + one({ ...second, mark })));
};
const free = (first: Options, second: Options) => checkRule(rule, node(one(first) + one(second)));

test('firewall-rule-unreachable: addresses, networks and aliases of them', () => {
  const block = { type: 'block', protocol: 'tcp' };
  covered({}, { ...block, destination: address('192.0.2.10') });
  covered({ destination: address('192.0.2.0/24') }, { ...block, destination: address('192.0.2.10') });
  covered({ destination: address('192.0.2.0/24') }, { destination: address('ALL_WEB') });
  covered({ destination: address('ALL_WEB') }, { destination: address('WEB') });
  covered({ destination: address('ALL_WEB') }, { destination: address('192.0.2.65') });
  covered({ destination: address('0.0.0.0/0') }, { destination: address('NAMES') });
  free({ destination: address('WEB') }, { destination: address('ALL_WEB') });
  free({ destination: address('192.0.2.10') }, { destination: address('192.0.2.11') });
  free({ destination: address('192.0.2.64/26') }, { destination: address('192.0.2.0/24') });
});

test('firewall-rule-unreachable: an alias of names or of a URL covers itself, and is covered by nothing else', () => {
  covered({ destination: address('NAMES') }, { destination: address('NAMES') });
  covered({ destination: address('LIST') }, { destination: address('LIST') });
  free({ destination: address('LIST') }, { destination: address('192.0.2.10') });
  free({ destination: address('192.0.2.0/24') }, { destination: address('NAMES') });
  free({ destination: address('NAMES') }, { destination: address('192.0.2.13') });
  free({ destination: address('GONE') }, { destination: address('192.0.2.13') });
});

test('firewall-rule-unreachable: the words for interfaces', () => {
  covered({ source: network('lan') }, { source: network('lan') });
  covered({ source: network('lan') }, { source: address('10.0.0.0/25') });
  covered({ destination: network('(self)') }, { destination: network('lanip') });
  covered({ destination: network('lan') }, { destination: network('lanip') });
  covered({ destination: address('10.0.0.2') }, { destination: network('lanip') });
  free({ source: address('10.0.0.0/24') }, { source: network('lan') });
  free({ source: network('wan') }, { source: network('lan') });
  free({ destination: network('lanip') }, { destination: network('(self)') });
});

test('firewall-rule-unreachable: all but something is covered by any and by itself', () => {
  const not = (text: string) => `${network(text)}<not></not>`;
  covered({}, { destination: not('lan') });
  covered({ destination: not('lan') }, { destination: not('lan') });
  free({ destination: not('lan') }, { destination: address('192.0.2.1') });
  free({ destination: not('lan') }, { destination: network('lan') });
  free({ destination: network('lan') }, { destination: not('lan') });
});

test('firewall-rule-unreachable: protocols', () => {
  covered({ protocol: 'any' }, { protocol: 'esp' });
  covered({ protocol: 'tcp/udp' }, { protocol: 'udp' });
  covered({ protocol: 'icmp' }, { protocol: 'icmp', more: '<icmptype>echoreq</icmptype>\n' });
  free({ protocol: 'tcp' }, { protocol: 'tcp/udp' });
  free({ protocol: 'udp' }, {});
  free({ protocol: 'icmp', more: '<icmptype>echoreq</icmptype>\n' }, { protocol: 'icmp' });
});

test('firewall-rule-unreachable: ports, ranges and aliases of them', () => {
  const to = (port: string, protocol = 'tcp') => ({ protocol, destination: anyPort(port) });
  covered({ protocol: 'tcp' }, to('80'));
  covered(to('80-90'), to('80'));
  covered(to('80-90'), to('85-90'));
  covered(to('MORE_PORTS'), to('PORTS'));
  covered(to('PORTS'), to('8001-8002'));
  covered(to('UNKNOWN'), to('UNKNOWN'));
  covered(to('1-65535'), to('UNKNOWN'));
  free(to('PORTS'), to('22'));
  free(to('PORTS'), to('MORE_PORTS'));
  free(to('80'), to('80-81'));
  free(to('80'), to('80', 'udp'));
  free({ protocol: 'tcp', source: anyPort('53') }, { protocol: 'tcp' });
  covered({ protocol: 'tcp', source: anyPort('53') }, { protocol: 'tcp', source: anyPort('53') });
});

test('firewall-rule-unreachable: among many ports the range that holds it is found', () => {
  const to = (port: string, mark = '') => one({ protocol: 'tcp', destination: anyPort(port), mark });
  const rules = [to('100-200'), to('50-60'), to('150-300'), to('10-20'), to('40-70')].join('');
  checkRule(
    rule,
    node(rules + to('160-299', same('rule 3')) + to('55', same('rule 5')) + to('15', same('rule 4')) + to('201-301')),
  );
});

test('firewall-rule-unreachable: families', () => {
  covered({ family: 'inet46' }, { family: 'inet6', destination: address('2001:db8::1') });
  covered({ family: 'inet46' }, { family: 'inet46' });
  free({ family: 'inet' }, { family: 'inet46' });
  free({ family: 'inet' }, { family: 'inet6' });
  free({ family: 'inet46' }, { family: 'inet6', destination: address('192.0.2.1') });
});

test('firewall-rule-unreachable: what keeps a rule from taking everything', () => {
  for (const more of [
    '<sched>Nights</sched>',
    '<gateway>WANGW</gateway>',
    '<tagged>x</tagged>',
    '<os>Linux</os>',
    '<dscp>af11</dscp>',
    '<vlanprio>be</vlanprio>',
    '<tcpflags1>syn</tcpflags1>',
    '<tcpflags_any></tcpflags_any>',
    '<max>10</max>',
    '<max-src-nodes>3</max-src-nodes>',
    '<max-src-conn>3</max-src-conn>',
    '<max-src-states>3</max-src-states>',
    '<source-track>1</source-track>',
    '<disabled></disabled>',
    '<floating>yes</floating>',
  ]) {
    free({ protocol: 'tcp', more: `${more}\n` }, { protocol: 'tcp' });
  }
  covered({ more: '<tag></tag><tagged></tagged><max></max><vlanprio>none</vlanprio>\n' }, {});
});

test('firewall-rule-unreachable: rules that are never said to be behind another', () => {
  for (const more of [
    '<disabled></disabled>',
    '<floating>yes</floating>',
    '<associated-rule-id>nat_1</associated-rule-id>',
    '<tcpflags_any></tcpflags_any>',
    '<tcpflags2>syn,ack</tcpflags2>',
  ]) {
    free({}, { protocol: 'tcp', more: `${more}\n` });
  }
  free({}, { type: 'block' });
  free({}, { interface: 'wan' });
});

test('firewall-rule-unreachable: what else a rule does with a connection makes it another', () => {
  for (const more of ['<gateway>WANGW</gateway>\n', '<dnpipe>Slow</dnpipe>\n']) {
    checkRule(rule, node(one() + one({ more, mark: other() })));
  }
});

test('firewall-rule-unreachable: rules are counted as the GUI shows them', () => {
  const named = one({ more: '			<descr><![CDATA[All\nof it]]></descr>\n' });
  const before = one({ interface: 'wan' }) + one({ more: '<disabled></disabled>\n' });
  checkRule(
    rule,
    node(before + named + one({ type: 'reject', protocol: 'tcp', mark: other('reject', 'rule 2 (All of it)') })),
  );
});

test('firewall-rule-unreachable: what covers a rule covers what that would', () => {
  const narrow = { destination: address('192.0.2.0/24') };
  checkRule(
    rule,
    node(one() + one({ ...narrow, mark: same() }) + one({ destination: address('192.0.2.1'), mark: same() })),
  );
});

test('firewall-rule-unreachable: the fixes move or remove it', () => {
  const wide = one();
  const block = one({ type: 'block', protocol: 'tcp' });
  checkFix(rule, {
    before: node(wide + block),
    after: node(block + wide),
    title: 'Move it above the rule that covers it',
  });
  checkFix(rule, { before: node(wide + block), after: node(wide), title: 'Remove the rule' });
  checkFix(rule, { before: node(wide + wide), after: node(wide) });
});

test('firewall-rule-unreachable: a rule that keeps no state does not the same as one that does', () => {
  const state = (text: string) => ({ more: `			<statetype>${text}</statetype>\n` });
  checkRule(rule, node(one(state('none')) + one({ mark: other() })));
  checkRule(rule, node(one(state('keep state')) + one({ mark: same() })));
});
