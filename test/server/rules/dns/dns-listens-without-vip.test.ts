import test from 'node:test';
import rule from '../../../../server/src/rules/dns/dns-listens-without-vip.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (rest: string) => `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>10.1.0.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip5f2a8c41d0b14</interface><uniqid>5f2a8c41d0b16</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.9</subnet></vip>
	</virtualip>
${rest}`;
const unbound = (list: string, mark = '', more = '') => `	<unbound>
		<enable></enable>
		<active_interface>${list}</active_interface>
${mark}${more}	</unbound>
`;
const dhcp = (server: string) => `	<dhcpd>
		<lan>
			<enable></enable>
			<dnsserver>${server}</dnsserver>
		</lan>
	</dhcpd>
`;
const listed = (who = 'DNS Resolver') =>
  `warning: The ${who} listens on LAN's own address only, not on the CARP VIP 10.0.0.1.`;
const handedOut =
  'warning: Clients on LAN are given the DNS server 10.0.0.1, but the DNS Resolver does not listen on that CARP VIP.';

test('dns-listens-without-vip: the interface is chosen, its VIP is not', () => {
  checkRule(rule, node(unbound('opt1,lan,lo0', `		                       ^^^ ${listed()}\n`)));
  checkRule(rule, node(dhcp('10.0.0.2') + unbound('lan', `		                  ^^^ ${listed()}\n`)));
});

test('dns-listens-without-vip: the Forwarder too', () => {
  const forwarder = unbound('lan', `		           ^^^ ${listed('DNS Forwarder')}\n`);
  checkRule(rule, node(forwarder.replaceAll('active_interface', 'interface').replaceAll('unbound', 'dnsmasq')));
});

test('dns-listens-without-vip: clients are given the VIP, on which nothing listens', () => {
  checkRule(rule, node(dhcp('10.0.0.1') + unbound('opt1', `		                  ^^^^ ${handedOut}\n`)));
  checkRule(rule, node(dhcp('10.0.0.1') + unbound('lan', `		                  ^^^ ${handedOut}\n`)));
});

test('dns-listens-without-vip: a VIP of the interface, or its address, is in the list', () => {
  for (const entry of ['_vip5f2a8c41d0b14', '10.0.0.1', '_vip5f2a8c41d0b16']) {
    checkRule(rule, node(unbound(`lan,${entry}`)));
    checkRule(rule, node(dhcp('10.0.0.1') + unbound(entry)));
  }
});

test('dns-listens-without-vip: nothing is chosen, or everything', () => {
  checkRule(rule, node(unbound('')));
  checkRule(rule, node(unbound('all')));
  checkRule(rule, node(unbound('lan,all')));
});

test('dns-listens-without-vip: other interfaces, other servers, another port, a port forward, and what is off', () => {
  checkRule(rule, node(unbound('wan,opt1,lo0')));
  checkRule(rule, node(dhcp('192.0.2.53') + unbound('lan')));
  checkRule(rule, node(unbound('lan', '', '		<port>5335</port>\n')));
  checkRule(rule, node(unbound('lan')).replace('		<enable></enable>\n', ''));
  const forward = `	<nat>
		<rule>
			<interface>lan</interface>
			<destination><any></any><port>53</port></destination>
			<target>127.0.0.1</target>
		</rule>
	</nat>
`;
  checkRule(rule, node(dhcp('10.0.0.1') + unbound('opt1') + forward));
});

test('dns-listens-without-vip: the fix adds the VIP behind its interface', () => {
  checkFix(rule, {
    before: node(unbound('opt1,lan,lo0')),
    after: node(unbound('opt1,lan,_vip5f2a8c41d0b14,lo0')),
    title: 'Let the DNS Resolver listen on the CARP VIP 10.0.0.1',
  });
  checkFix(rule, {
    before: node(dhcp('10.0.0.1') + unbound('opt1')),
    after: node(dhcp('10.0.0.1') + unbound('opt1,_vip5f2a8c41d0b14')),
  });
  checkNoFix(rule, node(unbound('lan')).replace('<uniqid>5f2a8c41d0b14</uniqid>', ''));
});
