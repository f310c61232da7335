import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-maintenance-mode.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, vip, virtualip } from './vips.ts';

const vips = virtualip(carpVip());
const flag = '	<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode>\n';
const marked = (text: string) => `${vips}${flag}	 ${'^'.repeat('virtualip_carp_maintenancemode'.length)} ${text}\n`;

test('carp-maintenance-mode: on both nodes it is an error on each', () => {
  const both = marked(
    'error: Both nodes are in CARP maintenance mode: each advertises all VIPs with advskew 254, and no one is sure to be master.',
  );
  checkRule(rule, pair(both, both));
});

test('carp-maintenance-mode: on the secondary alone it is a note, on a node in no pair a warning', () => {
  const text = 'is in CARP maintenance mode: it advertises all VIPs with advskew 254.';
  checkRule(rule, pair(vips, marked(`info: The secondary ${text}`)));
  checkRule(rule, marked(`warning: This node ${text}`));
});

test('carp-maintenance-mode: the flag is there or not, whatever it holds', () => {
  checkRule(
    rule,
    `${vips}	<virtualip_carp_maintenancemode>on</virtualip_carp_maintenancemode>
	 ${'^'.repeat('virtualip_carp_maintenancemode'.length)} warning: This node is in CARP maintenance mode: it advertises all VIPs with advskew 254.
`,
  );
});

test('carp-maintenance-mode: silent where no CARP runs', () => {
  checkRule(rule, flag);
  checkRule(rule, virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet: '10.0.0.9' })) + flag);
  checkRule(rule, primaryInterfaces.replace('<lan><enable></enable>', '<lan>') + vips + flag);
});

test('carp-maintenance-mode: takes the flag away on one node at a time', () => {
  checkFix(rule, { before: pair(vips + flag, vips), after: pair(vips, vips) });
  checkFix(rule, { before: vips + flag, after: vips, title: 'Take this node out of CARP maintenance mode' });
  checkFix(rule, {
    before: pair(vips, vips + flag),
    after: pair(vips, vips),
    title: 'Take the secondary out of CARP maintenance mode',
  });
});
