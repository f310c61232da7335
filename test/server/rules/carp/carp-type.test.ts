import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-type.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

test('carp-type: silent about single, none, and VIPs of other modes', () => {
  checkRule(rule, virtualip(carpVip({ type: 'single' })));
  checkRule(rule, virtualip(carpVip({ type: '' })));
  checkRule(rule, virtualip(carpVip()));
  for (const mode of ['proxyarp', 'other', 'ipalias']) {
    checkRule(rule, virtualip(vip({ mode, interface: 'lan', type: 'network', subnet_bits: '29', subnet: '10.0.0.8' })));
  }
});

test('carp-type: sets single', () => {
  const typed = (type: string) => virtualip(carpVip({ type }));
  checkFix(rule, { before: typed('network'), after: typed('single'), title: 'Set the type to single' });
});
