import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-advbase-mismatch.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const based = (advbase: string) => virtualip(carpVip({ advbase }));
const bases = (first: string, second: string) => pair(based(first), based(second));

test('carp-advbase-mismatch: an empty one is told for what it comes to', () => {
  checkRule(
    rule,
    `--- primary.xml
${based('5')}--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advbase></advbase><subnet>10.0.0.1</subnet></vip>
		                                                               ^^^^^^^ error: VHID 2 on lan: the secondary's advbase is empty (1), the primary's 5.
	</virtualip>
`,
  );
});

test('carp-advbase-mismatch: empty, 0 and 1 are the same, as are 255 and the 254 that the sync makes of it', () => {
  for (const [first, second] of [
    ['1', ''],
    ['', '1'],
    ['0', '1'],
    ['', '0'],
    ['255', '254'],
    ['255', '255'],
    ['x', '1'],
    ['1', 'x'],
  ] as const) {
    checkRule(rule, bases(first, second));
  }
});

test('carp-advbase-mismatch: copies the primary’s, 1 where that is empty', () => {
  checkFix(rule, { before: bases('1', '2'), after: bases('1', '1'), title: 'Set advbase to 1 on the secondary' });
  checkFix(rule, { before: bases('', '2'), after: bases('', '1'), title: 'Set advbase to 1 on the secondary' });
});

test('carp-advbase-mismatch: the element is written where pfSense writes it', () => {
  const bare = virtualip(vip({ mode: 'carp', interface: 'lan', vhid: '2', advskew: '100', subnet: '10.0.0.1' }));
  const whole = virtualip(
    vip({ mode: 'carp', interface: 'lan', vhid: '2', advskew: '100', advbase: '3', subnet: '10.0.0.1' }),
  );
  checkFix(rule, { before: pair(based('3'), bare), after: pair(based('3'), whole) });
});
