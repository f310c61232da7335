import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../server/src/rules/index.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { findingsIn } from '../../harness/rule.ts';

/** A pair of routers that has what several rules of pf, NAT and states would tell of if there were any. */
function pair(system: string): string {
  const node = (address: string, peer: string) => `	<version>23.3</version>
	<system>${system}</system>
	<interfaces>
		<wan><enable></enable><if>igb0</if><ipaddr>192.0.2.${address}</ipaddr><subnet>24</subnet><gateway>GW</gateway></wan>
		<lan><enable></enable><if>igb1</if><ipaddr>10.0.0.${address}</ipaddr><subnet>24</subnet><blockpriv></blockpriv></lan>
	</interfaces>
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.100</from><to>10.0.0.199</to></range><failover_peerip>10.0.0.${peer}</failover_peerip></lan>
	</dhcpd>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.0.2.1</subnet></vip>
	</virtualip>
	<nat>
		<rule><destination><network>wanip</network><port>80</port></destination><protocol>tcp</protocol><target>10.0.0.20</target><local-port>80</local-port><interface>wan</interface></rule>
	</nat>
	<filter>
		<rule><type>pass</type><interface>wan</interface><ipprotocol>inet</ipprotocol><source><any></any></source><destination><any></any></destination></rule>
	</filter>
`;
  return `--- primary.xml\n${node('2', '3')}--- secondary.xml\n${node('3', '2')}`;
}

const told = ['dhcp-failover-ports-blocked', 'firewall-rule-any-any', 'nat-forward-not-vip', 'nat-outbound-automatic'];

function found(source: string): readonly string[] {
  const findings = findingsIn(
    rules.filter(({ id }) => told.includes(id)),
    parseFixture(source),
  );
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}

test('with pf turned off no rule speaks of what pf, NAT or states would do', () => {
  assert.deepEqual(found(pair('')), told);
  assert.deepEqual(found(pair('<disablefilter>enabled</disablefilter>')), []);
});
