import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, haSyncPlace, readHaSync, readPfsyncAddress, setHaSync } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { type Read, valuePlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'pfsync-peer-mismatch',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: "Each node's pfsync peer is the other node's address on the SYNC interface, or neither has one.",
  why: `Without a peer address pfsync goes by multicast; with one it goes to that address alone, and only from there anything is
taken. So both nodes name each other, or neither names anyone: a node with a peer does not hear another's multicast. A wrong
address sends the states to nobody, or to the node itself after its config was copied.

The other node's address is the static IPv4 address of its pfsync interface. Where that is not static, where the nodes use
different interfaces (\`pfsync-interface-mismatch\`), or where pfsync is off on either, the rule is silent.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfsync(4); pfSense \`src/etc/inc/interfaces.inc\`
(interfaces_sync_setup).`,
  fix: "Sets the other node's address on the SYNC interface.",
  messages: {
    wrong: "The pfsync peer {address} is not the {there}'s address on {interface}, which is {expected}.",
    missing: 'The {here} has no pfsync peer, but the {there} has one: they do not hear each other.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		<pfsyncpeerip>172.16.1.2</pfsyncpeerip>
		              ^^^^^^^^^^ error: The pfsync peer 172.16.1.2 is not the secondary's address on SYNC (opt1), which is 172.16.1.3.
	</hasync>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		<pfsyncpeerip>172.16.1.2</pfsyncpeerip>
	</hasync>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		<pfsyncpeerip>172.16.1.3</pfsyncpeerip>
	</hasync>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		<pfsyncpeerip>172.16.1.2</pfsyncpeerip>
	</hasync>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary.query(readHaSync), secondary.query(readHaSync)];
    if (!here.isPfsyncEnabled || !there.isPfsyncEnabled) return;
    if (!here.pfsyncPeer && !there.pfsyncPeer) return;
    if (here.pfsyncInterface?.value !== there.pfsyncInterface?.value) return;
    yield* peerOf({ node: primary, name: 'primary', other: secondary, otherName: 'secondary' });
    yield* peerOf({ node: secondary, name: 'secondary', other: primary, otherName: 'primary' });
  },
});

interface Sides {
  readonly node: Config;
  readonly name: string;
  readonly other: Config;
  readonly otherName: string;
}

function* peerOf(sides: Sides) {
  const { node, name, other, otherName } = sides;
  const sync = node.query(readHaSync);
  const expected = other.query(readPfsyncAddress);
  const at = haSyncPlace(sync, 'pfsyncpeerip');
  if (expected?.value.family !== 4 || !at) return;
  const related = [
    { at: valuePlace(expected.element), message: `The ${otherName}'s address: ${formatAddress(expected.value)}.` },
  ];
  const fixes = () => setPeer(sides, expected);
  if (!sync.pfsyncPeer) {
    yield { at, message: 'missing' as const, data: { here: name, there: otherName }, related, fixes };
    return;
  }
  const peer = addressOf(sync.pfsyncPeer);
  if (!peer || sameAddress(peer.value, expected.value)) return;
  const data = {
    address: formatAddress(peer.value),
    there: otherName,
    interface: interfaceName(other, sync.pfsyncInterface?.value ?? ''),
    expected: formatAddress(expected.value),
  };
  yield { at, message: 'wrong' as const, data, related, fixes };
}

function setPeer({ node, name }: Sides, expected: Read<Address>): Fix[] {
  const text = formatAddress(expected.value);
  const edits = setHaSync(node, { pfsyncpeerip: text });
  return [
    {
      title: `Set the pfsync peer ${text} on the ${name}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits }],
    },
  ];
}
