import type { Config } from '../../model/config.ts';
import { haSyncPlace, pfsyncInterfaceFault, readHaSync, setHaSync, wouldPfsyncPeersFit } from '../../model/hasync.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isLetInByNone } from '../../model/passRules.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-interface-invalid',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: 'pfsync uses an interface that the node has, enabled and with an address.',
  why: `pfSense starts pfsync only where the interface chosen for it exists; else it takes \`pfsync0\` down, and nothing tells that no state
is synchronised any more. On an interface that is disabled, or has no address, the states go nowhere either.

Silent: where pfsync is off; on the loopback, which pfSense's form offers; with an IPv6 address alone; and where only this node has no interface
chosen but its peer has (\`pfsync-interface-mismatch\` tells it).

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/etc/inc/interfaces.inc\`
(interfaces_sync_setup), \`src/usr/local/www/system_hasync.php\`.`,
  fix: 'Chooses the one interface whose description says SYNC, where the peer uses the same and pfsync will then work.',
  messages: {
    none: 'pfsync is on, but has no interface: no states are synchronised.',
    unknown: 'pfsync uses {interface}, which this node does not have: no states are synchronised.',
    disabled: 'pfsync uses {interface}, which is disabled: no states are synchronised.',
    noAddress: 'pfsync uses {interface}, which has no address: no states are synchronised.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		                 ^^^^ error: pfsync uses SYNC (opt1), which is disabled: no states are synchronised.
	</hasync>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node, peer }) {
    const sync = node.query(readHaSync);
    const at = haSyncPlace(sync, 'pfsyncinterface');
    if (!sync.isPfsyncEnabled || !at) return;
    const fixes = () => choose(node, peer);
    const key = sync.pfsyncInterface?.value;
    if (key === undefined) {
      const theirs = peer?.query(readHaSync);
      const isTold = theirs?.isPfsyncEnabled && theirs.pfsyncInterface;
      if (!isTold && node.query(readInterfaces).size > 0) yield { at, message: 'none', fixes };
      return;
    }
    const fault = pfsyncInterfaceFault(node, key);
    if (!fault) return;
    const one = node.query(readInterfaces).get(key);
    yield {
      at,
      message: fault === 'no address' ? 'noAddress' : fault,
      data: { interface: one ? interfaceName(node, key) : key },
      related: one ? [{ at: one.element.namePlace, message: `The interface ${interfaceName(node, key)}.` }] : [],
      fixes,
    };
  },
});

function choose(node: Config, peer: Config | undefined): Fix[] {
  const [one, another] = [...node.query(readInterfaces).values()].filter(
    each => each.isEnabled && each.ipv4 && /sync/i.test(each.title),
  );
  if (!one || another) return [];
  if (isLetInByNone(node, { interface: one.key, family: 4, protocol: 'pfsync' })) return [];
  const theirs = peer?.query(readHaSync);
  if (peer && theirs?.isPfsyncEnabled) {
    if (theirs.pfsyncInterface && theirs.pfsyncInterface.value !== one.key) return [];
    if (!wouldPfsyncPeersFit({ node, peer }, one.key)) return [];
  }
  const edits = setHaSync(node, { pfsyncinterface: one.key });
  const title = `Use ${interfaceName(node, one.key)} for pfsync`;
  return [{ title, applicability: 'suggestion', edits: [{ document: node.document, edits }] }];
}
