import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-skew-step.ts';
import { hasync } from '../../../harness/interfaces.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, virtualip } from './vips.ts';

const skewed = (advskew: string) => virtualip(carpVip({ advskew }));
const skews = (first: string, second: string) => pair(skewed(first), skewed(second));

test('carp-skew-step: a step that is too long', () => {
  checkRule(
    rule,
    `--- primary.xml
${primaryInterfaces}${skewed('10')}--- secondary.xml
${secondaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>200</advskew><subnet>10.0.0.1</subnet></vip>
		                                                                       ^^^ warning: VHID 2 on LAN: the secondary's advskew is 200, but 110 goes with the primary's 10.
	</virtualip>
`,
  );
});

test('carp-skew-step: 100 more, and 254 where there are not 100 more', () => {
  for (const [first, second] of [
    ['0', '100'],
    ['154', '254'],
    ['200', '254'],
    ['253', '254'],
  ] as const)
    checkRule(rule, skews(first, second));
});

test('carp-skew-step: an order that is wrong, an empty one and no number are not its matter', () => {
  for (const [first, second] of [
    ['0', '0'],
    ['100', '0'],
    ['', '50'],
    ['0', ''],
    ['x', '50'],
    ['0', 'x'],
  ] as const)
    checkRule(rule, skews(first, second));
});

test('carp-skew-step: sets what the sync would', () => {
  checkFix(rule, { before: skews('0', '50'), after: skews('0', '100'), title: 'Set advskew to 100 on the secondary' });
  checkFix(rule, { before: skews('200', '220'), after: skews('200', '254') });
});

test('carp-skew-step: any higher number is right where the sync does not set it', () => {
  const nodes = (fields: Readonly<Record<string, string>>) => pair(skewed('0') + hasync(fields), skewed('50'));
  checkRule(rule, nodes({ pfsyncenabled: 'on' }));
  checkRule(rule, nodes({ synchronizetoip: '172.16.1.3', synchronizerules: 'on' }));
  checkRule(rule, nodes({ synchronizetoip: '', synchronizevirtualip: 'on' }));
  // pfSense asks whether anything stands there (rc.filter_synchronize).
  for (const tick of ['on', 'yes']) {
    const synced = nodes({ synchronizetoip: '172.16.1.3', synchronizevirtualip: tick });
    checkFix(rule, { before: synced, after: synced.replace('<advskew>50<', '<advskew>100<') });
  }
});
