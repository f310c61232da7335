import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vhid-invalid.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

test('carp-vhid-invalid: 0, 256, a word, none', () => {
  checkRule(
    rule,
    `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>0</vhid><subnet>10.0.0.1</subnet></vip>
		                                                      ^ error: VHID 0 of the CARP VIP 10.0.0.1 on lan is not a number from 1 to 255.
		<vip><mode>carp</mode><interface>lan</interface><vhid>256</vhid><subnet>10.0.0.4</subnet></vip>
		                                                      ^^^ error: VHID 256 of the CARP VIP 10.0.0.4 on lan is not a number from 1 to 255.
		<vip><mode>carp</mode><interface>lan</interface><vhid>one</vhid><subnet>10.0.0.5</subnet></vip>
		                                                      ^^^ error: VHID one of the CARP VIP 10.0.0.5 on lan is not a number from 1 to 255.
		<vip><mode>carp</mode><interface>lan</interface><vhid></vhid><subnet>10.0.0.6</subnet></vip>
		                                                 ^^^^ error: CARP VIP 10.0.0.6 on lan has no VHID.
	</virtualip>
`,
  );
});

test('carp-vhid-invalid: 1 and 255 are the ends, and other VIPs have none', () => {
  const alias = vip({ mode: 'ipalias', interface: 'lan', subnet: '10.0.0.9' });
  checkRule(rule, virtualip(carpVip({ vhid: '1' }), carpVip({ vhid: '255', subnet: '10.0.0.4' }), alias));
});

test('carp-vhid-invalid: the next free VHID, on both nodes', () => {
  const vips = (vhid: string) =>
    virtualip(carpVip({ vhid: '7', interface: 'wan' }), carpVip({ vhid, subnet: '10.0.0.4' }));
  const title = 'Set the VHID of 10.0.0.4 to 8 on both nodes';
  checkFix(rule, { before: pair(vips('300'), vips('300')), after: pair(vips('8'), vips('8')), title });
});

test('carp-vhid-invalid: behind 255 the lowest that is free', () => {
  const vips = (vhid: string) =>
    virtualip(
      carpVip({ vhid: '255' }),
      carpVip({ vhid: '1', subnet: '10.0.0.4' }),
      carpVip({ vhid, subnet: '10.0.0.5' }),
    );
  checkFix(rule, { before: vips('300'), after: vips('2'), title: 'Set the VHID of 10.0.0.5 to 2' });
});

test('carp-vhid-invalid: the peer’s VHID where it is good, on this node only', () => {
  const vips = (vhid: string) => virtualip(carpVip({ vhid }));
  const title = 'Set the VHID of 10.0.0.1 to 4';
  checkFix(rule, { before: pair(vips('300'), vips('4')), after: pair(vips('4'), vips('4')), title });
});

test('carp-vhid-invalid: not the peer’s VHID where another VIP has it here', () => {
  const other = carpVip({ vhid: '4', subnet: '10.0.0.4' });
  const vips = (vhid: string) => virtualip(carpVip({ vhid }), other);
  const here = (vhid: string) => virtualip(carpVip({ vhid }));
  const title = 'Set the VHID of 10.0.0.1 to 5 on both nodes';
  checkFix(rule, { before: pair(vips('300'), here('4')), after: pair(vips('5'), here('5')), title });
});

test('carp-vhid-invalid: nothing to offer where all 255 are taken', () => {
  const taken = Array.from({ length: 255 }, (_, i) => carpVip({ vhid: `${i + 1}`, subnet: `10.0.1.${i}` }));
  checkNoFix(rule, virtualip(...taken, carpVip({ vhid: '300' })));
});
