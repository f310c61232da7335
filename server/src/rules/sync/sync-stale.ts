import { sameAddress } from '../../model/address.ts';
import { hasOwnAddress } from '../../model/keaHa.ts';
import { readRevision } from '../../model/revision.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import { drift } from '../../pair/sync/drift.ts';
import { definePairRule } from '../rule.ts';

/** Seconds between a change on the primary and its synchronisation that need no explanation. */
const usualDelay = 600;

export default definePairRule({
  id: 'sync-stale',
  topic: 'sync',
  severity: 'info',
  since: '0.1.0',
  summary: 'What the secondary was last sent is what the primary last had.',
  why: `Each file says when it was last written and by whom. Where the secondary's last writer is the primary's synchronisation, and the two files
differ in what is synchronised, the times tell why:

- The primary was changed **well after**: the synchronisation no longer gets through (look at *Status > System Logs* of the primary for
  "XMLRPC"), or the secondary's file was exported before that change.
- The secondary was sent something **well after** the primary's file was written: the primary has been changed since, and its
  file here is out of date.

Which of the two causes it is the files cannot tell, so that this is for information; what differs is told by \`sync-drift\`.

Silent: where nothing that is synchronised differs; within ten minutes; where somebody has saved on the secondary since; and where the
synchronisation came from an address that is not the primary's.

Source: pfSense \`src/usr/local/www/xmlrpc.php\` (restore_config_section), \`src/etc/inc/config.lib.inc\` (make_config_revision_entry).`,
  messages: {
    behind:
      "The primary was changed {age} after it last synchronised to the secondary: the synchronisation does not get through, or this file is older than the primary's.",
    ahead:
      'The secondary was last sent something {age} after this file of the primary was written: the primary has been changed since.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizealiases>on</synchronizealiases>
	</hasync>
	<aliases>
		<alias><name>WEB</name></alias>
	</aliases>
	<revision>
		<time>1752662400</time>
		<username><![CDATA[admin@10.0.0.50 (Local Database)]]></username>
	</revision>
--- secondary.xml
	<revision>
		<time>1752576002</time>
		      ^^^^^^^^^^ info: The primary was changed 23 hours after it last synchronised to the secondary: the synchronisation does not get through, or this file is older than the primary's.
		<username><![CDATA[(system)@172.16.1.2]]></username>
	</revision>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizealiases>on</synchronizealiases>
	</hasync>
	<revision>
		<time>1752576000</time>
		<username><![CDATA[admin@10.0.0.50 (Local Database)]]></username>
	</revision>
--- secondary.xml
	<revision>
		<time>1752576002</time>
		<username><![CDATA[(system)@172.16.1.2]]></username>
	</revision>
`,
  },
  *check({ primary, secondary }) {
    const here = primary.query(readRevision).time;
    const { time: there, synchronisedFrom: from } = secondary.query(readRevision);
    if (!here || !there || !from) return;
    const late = here.value - there.value;
    if (Math.abs(late) <= usualDelay) return;
    const isVip = primary.query(readVirtualIps).some(vip => vip.address && sameAddress(vip.address.value, from.value));
    if (!isVip && !hasOwnAddress(primary, from.value)) return;
    if (drift(primary, secondary).length === 0) return;
    const [at, other] = late > 0 ? [there, here] : [here, there];
    yield {
      at: at.element.contentPlace,
      message: late > 0 ? 'behind' : 'ahead',
      data: { age: duration(Math.abs(late)) },
      related: [{ at: other.element.contentPlace, message: 'When the other file was written.' }],
    };
  },
});

/** In words, rounded down; days from two on. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  if (minutes >= 120) return `${hours} hours`;
  return `${minutes} minutes`;
}
