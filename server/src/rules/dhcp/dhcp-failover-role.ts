import type { Config } from '../../model/config.ts';
import { readDhcpBackend } from '../../model/dhcp.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { makesDhcpPrimary, type VirtualIp, vipName, vipsOn } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-failover-role',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: "The primary's DHCP server is primary in fail-over, too.",
  why: `ISC DHCP in fail-over needs one primary and one secondary server. pfSense has no setting for it: a node is **primary only where a
CARP VIP on that very interface has an advskew below 20**, else it is secondary. Without such a VIP both nodes call themselves
secondary, the pool stays in \`recover\`, and new clients get no address.

- An **empty** advskew counts as none, though CARP itself takes it for 0.
- Any CARP VIP on the interface will do; one on another interface will not, nor an IP alias.

The secondary is not looked at: that its advskew is too low is the finding of \`carp-skew-order\` or \`carp-skew-step\`. Kea has a
role of its own (\`kea-ha-role\`). What the fail-over peer should be is the matter of \`dhcp-failover-peer\`; a peer on either
node of a pair is enough to ask for a primary.

Source: pfSense \`src/etc/inc/services.inc\` (services_dhcpdv4_configure); Netgate's documentation, "DHCP failover".`,
  messages: {
    none: '{interface} has a fail-over peer but no CARP VIP, so that both nodes become the secondary DHCP server.',
    high: 'No CARP VIP on {interface} has an advskew below 20 ({vips}), so that both nodes become the secondary DHCP server.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
			                 ^^^^^^^^ error: LAN has a fail-over peer but no CARP VIP, so that both nodes become the secondary DHCP server.
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>0</advskew><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    if (role === 'secondary' || node.query(readDhcpBackend).value === 'kea') return;
    for (const served of node.query(readServedScopes).values()) {
      const { key, element, failoverPeer } = served.scope;
      const theirs = role === 'primary' ? peer?.query(readServedScopes).get(key)?.scope.failoverPeer : undefined;
      if (!failoverPeer && !theirs) continue;
      const vips = vipsOn(node, key).filter(vip => vip.mode === 'carp' && vip.parent?.kind === 'interface');
      // What a node in no pair has for an advskew may be right for a secondary.
      if (vips.length > 0 && (role !== 'primary' || vips.some(makesDhcpPrimary))) continue;
      yield {
        at: childPlace(element, 'failover_peerip'),
        message: vips.length > 0 ? 'high' : 'none',
        data: { interface: interfaceName(node, key), vips: vips.map(vip => shown(node, vip)).join(', ') },
        related: vips.map(vip => ({ at: childPlace(vip.element, 'advskew'), message: 'The advskew of the CARP VIP.' })),
      };
    }
  },
});

function shown(config: Config, vip: VirtualIp): string {
  return `${vipName(config, vip)}: ${vip.advskew?.value ?? 'none'}`;
}
