import { readLiveCarpVips } from '../../model/virtualIps.ts';
import { removeElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-maintenance-mode',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'No node is left in persistent CARP maintenance mode.',
  why: `In persistent maintenance mode pfSense advertises every CARP VIP of the node with advskew 254, whatever the VIPs say, so
that the other node becomes master. The flag is kept in the file and outlives a reboot. It is never synchronised, and on a
primary it is the usual reason why the secondary is master "for no reason".

With the flag on both nodes all advertise 254: nobody knows who is master, so that is an error. On the secondary alone it
is only worth a note, because the primary is master all the same, and a node that is being worked on is meant to have it.
Nothing is said on a node without CARP VIPs.

Source: pfSense \`src/etc/inc/interfaces.inc\` (interfaces_carp_set_maintenancemode, interface_carp_configure),
\`src/usr/local/www/status_carp.php\`.`,
  fix: `Removes the flag. The node takes its VIPs back when it is applied, so it is never done without asking.`,
  messages: {
    both: 'Both nodes are in CARP maintenance mode: each advertises all VIPs with advskew 254, and no one is sure to be master.',
    primary:
      'The primary is in CARP maintenance mode: it advertises all VIPs with advskew 254, and the secondary is master.',
    secondary: 'The secondary is in CARP maintenance mode: it advertises all VIPs with advskew 254.',
    node: 'This node is in CARP maintenance mode: it advertises all VIPs with advskew 254.',
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew>0</advskew><subnet>192.168.1.10</subnet></vip>
	</virtualip>
	<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode>
	 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: The primary is in CARP maintenance mode: it advertises all VIPs with advskew 254, and the secondary is master.
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew>100</advskew><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew>0</advskew><subnet>192.168.1.10</subnet></vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew>100</advskew><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
  },
  *check({ node, peer, role }) {
    const flag = node.top('virtualip_carp_maintenancemode');
    if (!flag || node.query(readLiveCarpVips).length === 0) return;
    const other = peer?.top('virtualip_carp_maintenancemode');
    const isBoth = other !== undefined && role !== undefined;
    yield {
      at: flag.namePlace,
      message: isBoth ? 'both' : (role ?? 'node'),
      severity: isBoth ? 'error' : role === 'secondary' ? 'info' : 'warning',
      related: other ? [{ at: other.namePlace, message: 'The flag on the other node.' }] : [],
      fixes: () => [
        {
          title: `Take ${role ? `the ${role}` : 'this node'} out of CARP maintenance mode`,
          applicability: 'dangerous',
          edits: [{ document: node.document, edits: [removeElement(flag)] }],
        },
      ],
    };
  },
});
