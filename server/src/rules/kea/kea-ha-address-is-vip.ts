import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readPfsyncAddress } from '../../model/hasync.ts';
import { counterpartHa, type KeaSide, movingVip, type RunningKeaHa, readRunningKeaHas } from '../../model/keaHa.ts';
import { valuePlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'kea-ha-address-is-vip',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: "Kea's high availability uses the nodes' own addresses, never one that moves between them.",
  why: `A CARP VIP is on whichever node is master. Kea on the backup then listens on an address that its node does not answer to, and the
master looks for its partner and meets itself: the two never speak with each other, and each serves on its own.

Each node needs an address of its own here, normally that of the SYNC interface. An IP alias on a CARP VIP moves with it and
is no better; an IP alias on an interface stays where it is and is left alone.

Source: Netgate's documentation, "Kea DHCP high availability"; pfSense \`src/etc/inc/services.inc\`.`,
  messages: {
    vip: "{address}, the {side} address in the high availability of Kea's {server} server, is a CARP VIP and moves between the nodes.",
  },
  fix: "Sets the node's address on the SYNC interface.",
  examples: {
    wrong: `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>10.0.0.1</localip>
			         ^^^^^^^^ error: 10.0.0.1, the local address in the high availability of Kea's DHCP server, is a CARP VIP and moves between the nodes.
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
`,
    right: `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
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
`,
  },
  *check({ node, peer }) {
    for (const running of node.query(readRunningKeaHas)) {
      for (const side of ['local', 'remote'] as const) {
        const address = running.ha[side].address;
        const [owner, vip] = [node, peer]
          .map(config => [config, address && movingVip(config, address.value)] as const)
          .find(([, found]) => found !== undefined) ?? [undefined, undefined];
        if (!address || !owner || !vip?.address) continue;
        yield {
          at: valuePlace(address.element),
          message: 'vip',
          data: { address: formatAddress(address.value), side, server: running.server },
          related: [{ at: vip.address.element.contentPlace, message: 'The VIP.' }],
          fixes: () => {
            const own = nodeAddress(running, { peer, side });
            if (!own) return [];
            const text = formatAddress(own);
            const edit = setChildText(node, running.ha.element, { name: `${side}ip`, text });
            const title = `Set ${side}ip to ${text}`;
            return [{ title, applicability: 'suggestion', edits: [{ document: node.document, edits: [edit] }] }];
          },
        };
      }
    }
  },
});

interface Asked {
  readonly peer: Config | undefined;
  readonly side: KeaSide;
}

/** The address on SYNC of the node that this end means; absent where the partner already says another one for that end. */
function nodeAddress(running: RunningKeaHa, { peer, side }: Asked): Address | undefined {
  const address = (side === 'local' ? running.config : peer)?.query(readPfsyncAddress)?.value;
  if (!address || movingVip(running.config, address) || movingVip(peer, address)) return undefined;
  const other = counterpartHa(peer, running)?.ha[side === 'local' ? 'remote' : 'local'].address?.value;
  const isAgreed = !other || sameAddress(other, address) || movingVip(running.config, other) || movingVip(peer, other);
  return isAgreed ? address : undefined;
}
