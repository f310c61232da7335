import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import { isHostname } from '../../model/hostname.ts';
import { hasOwnAddress, keaHaPairs, keaLocalName, keaPortOf, movingVip, type RunningKeaHa } from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'kea-ha-endpoints',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary:
    "What a node calls its partner in Kea's high availability is what the partner calls itself: name, address, port.",
  why: `Kea's servers reach each other at the address and port that each has for its partner, and know each other by name: a server
refuses messages about a name that it does not have. So what is \`local…\` on one node must be \`remote…\` on the other.

- A name that is not written is the **hostname**; a port that is not written is 8765 for DHCP and 8766 for DHCPv6.
- Where DHCP is synchronised, the primary sends its settings with both ends exchanged, but the secondary keeps its own local
  name: a wrong one there is never repaired from the primary.
- A secondary restored from the primary's backup has the primary's ends as its own.

Only servers whose high availability is enabled on both nodes are looked at. Missing or malformed values are the matter of
\`kea-ha-name-invalid\`, virtual IPs that of \`kea-ha-address-is-vip\`.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/etc/inc/services.inc\`; Netgate's documentation, "Kea DHCP high
availability".`,
  messages: {
    name: "The {here}'s Kea calls its {server} partner {found}, but the {there} calls itself {wanted}.",
    address: "The {here}'s Kea looks for its {server} partner at {found}, but the {there} uses {wanted}.",
    ownAddress:
      "The {here}'s Kea uses {found} for {server}, which is no address of this node; the {there} looks for it at {wanted}.",
    port: "The {here}'s Kea looks for its {server} partner at port {found}, but the {there} listens on {wanted}.",
  },
  fix: 'Copies what the partner calls itself.',
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw-2</remotename>
			            ^^^^ error: The primary's Kea calls its DHCP partner fw-2, but the secondary calls itself fw2.
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
	<filter>
		<rule><type>pass</type><interface>opt1</interface><source><any></any></source><destination><any></any></destination></rule>
	</filter>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
		</ha>
	</kea>
	<filter>
		<rule><type>pass</type><interface>opt1</interface><source><any></any></source><destination><any></any></destination></rule>
	</filter>
`,
    right: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
		</ha>
	</kea>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of keaHaPairs(primary, secondary)) {
      const forth: Ends = { from: pair.primary, to: pair.secondary, here: 'primary', there: 'secondary' };
      const back: Ends = { from: pair.secondary, to: pair.primary, here: 'secondary', there: 'primary' };
      for (const ends of [forth, back]) {
        for (const wrong of wrongEnds(ends)) yield report(wrong);
      }
    }
  },
});

/** What one node says of its partner (`from`), and the partner that it says it of (`to`). */
interface Ends {
  readonly from: RunningKeaHa;
  readonly to: RunningKeaHa;
  readonly here: 'primary' | 'secondary';
  readonly there: 'primary' | 'secondary';
}

interface WrongEnd {
  readonly ends: Ends;
  readonly message: 'name' | 'address' | 'ownAddress' | 'port';
  /** The child of `ha` that is wrong, on the node `ends.from`. */
  readonly child: string;
  readonly found: string;
  readonly wanted: string;
  /** The child of the partner's `ha` that tells what is wanted. */
  readonly source: string;
  readonly isFixable: boolean;
}

function* wrongEnds(ends: Ends): Iterable<WrongEnd> {
  const { from, to } = ends;
  const called = from.ha.remote.name?.value.trim();
  const name = keaLocalName(to);
  if (called !== undefined && isHostname(called) && isHostname(name) && called !== name) {
    const isFixable = name !== keaLocalName(from);
    yield { ends, message: 'name', child: 'remotename', found: called, wanted: name, source: 'localname', isFixable };
  }
  const wrong = wrongAddress(ends);
  if (wrong) yield wrong;
  const [sought, listening] = [keaPortOf(from, 'remote'), keaPortOf(to, 'local')];
  if (sought !== undefined && listening !== undefined && sought !== listening) {
    const texts = { found: String(sought), wanted: String(listening) };
    yield { ends, message: 'port', child: 'remoteport', ...texts, source: 'localport', isFixable: true };
  }
}

/** Of two addresses that differ, the one is right that its node really has. */
function wrongAddress(ends: Ends): WrongEnd | undefined {
  const { from, to, here, there } = ends;
  const sought = from.ha.remote.address?.value;
  const own = to.ha.local.address?.value;
  if (!sought || !own || sameAddress(sought, own) || isVip(ends, sought) || isVip(ends, own)) return undefined;
  const [isOwn, isSought] = [hasOwnAddress(to.config, own), hasOwnAddress(to.config, sought)];
  if (isSought && !isOwn) {
    const turned: Ends = { from: to, to: from, here: there, there: here };
    const texts = { found: formatAddress(own), wanted: formatAddress(sought) };
    return { ends: turned, message: 'ownAddress', child: 'localip', ...texts, source: 'remoteip', isFixable: true };
  }
  const texts = { found: formatAddress(sought), wanted: formatAddress(own) };
  return { ends, message: 'address', child: 'remoteip', ...texts, source: 'localip', isFixable: isOwn };
}

function isVip({ from, to }: Ends, address: Address): boolean {
  return [from, to].some(({ config }) => movingVip(config, address) !== undefined);
}

function report({ ends, message, child, found, wanted, source, isFixable }: WrongEnd) {
  const { from, to, here, there } = ends;
  return {
    at: childPlace(from.ha.element, child),
    message,
    data: { here, there, server: from.server, found, wanted },
    related: [{ at: childPlace(to.ha.element, source), message: `What the ${there} has: ${wanted}.` }],
    fixes: () =>
      isFixable
        ? [
            {
              title: `Set ${child} to ${wanted} on the ${here}`,
              applicability: 'suggestion' as const,
              edits: [
                {
                  document: from.config.document,
                  edits: [setChildText(from.config, from.ha.element, { name: child, text: wanted })],
                },
              ],
            },
          ]
        : [],
  };
}
