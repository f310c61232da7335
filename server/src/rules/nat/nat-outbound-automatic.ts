import { formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readOutboundNat } from '../../model/outboundNat.ts';
import {
  type OutboundPlan,
  planTranslation,
  translationTitle,
  type Untranslated,
  untranslated,
} from '../../model/outboundPlan.ts';
import { childPlace } from '../../model/read.ts';
import type { Place } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { listed } from '../wording.ts';

export default defineNodeRule({
  id: 'nat-outbound-automatic',
  topic: 'nat',
  severity: 'error',
  since: '0.1.0',
  summary: 'Where the WAN has a CARP VIP, outbound NAT is not left to the automatic rules.',
  why: `The automatic rules translate to the **node's own address** on the interface through which a connection leaves. After a
fail-over the other node continues the connection with an address that it does not have, and the answers go to the node
that is gone: every open connection breaks, although pfsync carried its state over. A CARP VIP moves with the master.

In hybrid mode the rules of the file come first and the automatic ones catch what they leave; in manual mode
(\`advanced\`) the file's rules are all there is. Hybrid mode with no rule for the interface is as good as automatic mode.
A missing \`mode\` means automatic. Disabled outbound NAT is a choice and left alone, and so is a node with pf turned off, which
translates nothing.

An interface counts where pfSense's automatic rules would translate: it has a gateway or gets its address from one, is
enabled, and is no tunnel. It must have an IPv4 CARP VIP (there are no automatic rules for IPv6), and there must be an
internal network behind the firewall.

The fix adds the two rules that automatic mode has for each internal network: IKE keeps its port 500, all else gets a
port of NAT's choice. The loopback network keeps the node's own address, and so does the network of the SYNC interface:
what the nodes themselves send must come back to the node that sent it.

**Where NAT is synchronised** the primary's section replaces the secondary's at its next save: repair the primary, or
both. The finding stands in each file that has the mistake.

Source: Netgate's documentation, "Configuring high availability", outbound NAT; pfSense \`src/etc/inc/filter.inc\`.`,
  messages: {
    automatic: 'Outbound NAT is automatic: connections leave through {ways}.',
    hybrid: 'Outbound NAT is hybrid without a rule for {interfaces}: connections leave through {ways}.',
  },
  fix: "Switches to hybrid mode and adds rules that translate the internal networks to the CARP VIP, in the form of the file's version.",
  examples: {
    wrong: `
	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>automatic</mode>
			      ^^^^^^^^^ error: Outbound NAT is automatic: connections leave through WAN with this node's own address instead of the CARP VIP 192.168.1.10.
		</outbound>
	</nat>
`,
    right: `
	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>hybrid</mode>
			<rule>
				<source><network>10.0.0.0/8</network></source>
				<descr><![CDATA[LAN to WAN VIP]]></descr>
				<target>192.168.1.10</target>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
		</outbound>
	</nat>
`,
  },
  *check({ node, peer }) {
    const found = untranslated(node, peer);
    const { mode } = node.query(readOutboundNat);
    const at = found[0] && placeOf(node, found[0]);
    if (!at) return;
    yield {
      at,
      message: mode === 'hybrid' ? 'hybrid' : 'automatic',
      data: {
        interfaces: listed(found.map(each => interfaceName(node, each.outbound.interface.key))),
        ways: listed(found.map(each => wayOf(node, each))),
      },
      related: found.flatMap(({ vip }) =>
        vip.vip.address
          ? [{ at: vip.vip.address.element.contentPlace, message: `The CARP VIP ${formatAddress(vip.address)}.` }]
          : [],
      ),
      fixes: () => repairs({ node, peer }),
    };
  },
});

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

function wayOf(config: Config, { outbound, vip }: Untranslated): string {
  const name = interfaceName(config, outbound.interface.key);
  return `${name} with this node's own address instead of the CARP VIP ${formatAddress(vip.address)}`;
}

/** The mode; where the file has none, what it would stand in, and in the end the VIP that is not used. */
function placeOf(config: Config, { vip }: Untranslated): Place | undefined {
  const { element } = config.query(readOutboundNat);
  if (element) return childPlace(element, 'mode');
  return config.top('nat')?.namePlace ?? vip.vip.address?.element.contentPlace;
}

/** This file, and both where the peer has the mistake too. */
function repairs({ node, peer }: Nodes): Fix[] {
  const here = planTranslation(node, peer);
  if (!here) return [];
  const there = peer && planTranslation(peer, node);
  const title = translationTitle(here);
  const fix = (plans: readonly OutboundPlan[], where: string): Fix => ({
    title: `${title}${where}`,
    applicability: 'suggestion',
    edits: plans.map(({ config, edits }) => ({ document: config.document, edits })),
  });
  return [fix([here], ''), ...(there ? [fix([here, there], ', on both nodes')] : [])];
}
