import { type Address, formatAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, haSyncPlace, readHaSync, readPfsyncAddress, setHaSync } from '../../model/hasync.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { readCarpVips } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-peer-invalid',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: "The pfsync peer is an IPv4 address, and neither the node's own nor a CARP VIP.",
  why: `The peer is the address of the **other** node on the SYNC interface. pfSense's form takes an IPv4 address only; a name is
passed over in silence, and pfsync then goes by multicast, which a peer with an address set does not hear. The node's own address sends
the states to itself, and a CARP VIP is held by the master, which is most often the node itself.

Silent: without a peer (multicast), where pfsync is off, and where the other node's address is known, because \`pfsync-peer-mismatch\` then
says which one is right.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/usr/local/www/system_hasync.php\`,
\`src/etc/inc/interfaces.inc\` (interfaces_sync_setup).`,
  fix: "Sets the other node's address on the SYNC interface, where that is known.",
  messages: {
    notAddress: 'The pfsync peer {peer} is no IPv4 address.',
    own: "The pfsync peer {peer} is this node's own address on {interface}.",
    vip: 'The pfsync peer {peer} is a CARP VIP, which the master holds; it must be an address of the other node itself.',
  },
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncpeerip>172.16.1.2</pfsyncpeerip>
		              ^^^^^^^^^^ error: The pfsync peer 172.16.1.2 is this node's own address on SYNC (opt1).
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
    right: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncpeerip>172.16.1.3</pfsyncpeerip>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node, peer }) {
    const sync = node.query(readHaSync);
    const at = haSyncPlace(sync, 'pfsyncpeerip');
    if (!sync.isPfsyncEnabled || !sync.pfsyncPeer || !at) return;
    const address = addressOf(sync.pfsyncPeer)?.value;
    const data = { peer: sync.pfsyncPeer.value };
    const fixes = () => point(node, peer);
    if (address?.family !== 4) {
      if (!address || !isToldByMismatch(node, peer)) yield { at, message: 'notAddress', data, fixes };
      return;
    }
    if (isToldByMismatch(node, peer)) return;
    const own = [...node.query(readInterfaces).values()].find(
      ({ ipv4, isEnabled }) => isEnabled && ipv4 && sameAddress(ipv4.address.value, address),
    );
    if (own) yield { at, message: 'own', data: { ...data, interface: interfaceName(node, own.key) }, fixes };
    else if (isCarpVip(node, address)) yield { at, message: 'vip', data, fixes };
  },
});

/** Whether both nodes tell enough for `pfsync-peer-mismatch` to compare the peer with the other node's address. */
function isToldByMismatch(node: Config, peer: Config | undefined): boolean {
  const [here, there] = [node.query(readHaSync), peer?.query(readHaSync)];
  if (!there?.isPfsyncEnabled || here.pfsyncInterface?.value !== there.pfsyncInterface?.value) return false;
  return peer?.query(readPfsyncAddress)?.value.family === 4;
}

function isCarpVip(node: Config, address: Address): boolean {
  return node.query(readCarpVips).some(vip => vip.address && sameAddress(vip.address.value, address));
}

function point(node: Config, peer: Config | undefined): Fix[] {
  const address = isToldByMismatch(node, peer) ? peer?.query(readPfsyncAddress)?.value : undefined;
  if (!address) return [];
  const text = formatAddress(address);
  const edits = setHaSync(node, { pfsyncpeerip: text });
  const title = `Set the pfsync peer ${text}`;
  return [{ title, applicability: 'suggestion', edits: [{ document: node.document, edits }] }];
}
