import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vhid-shared.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, virtualip } from './vips.ts';

test('carp-vhid-shared: once for each further interface', () => {
  checkRule(
    rule,
    `	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet>10.0.0.1</subnet></vip>
		                                                      ^ info: VHID 1 is used on lan and on wan: right only while the two never share a broadcast domain.
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet>2001:db8::1</subnet></vip>
		<vip><mode>carp</mode><interface>opt1</interface><vhid>01</vhid><subnet>10.9.0.1</subnet></vip>
		                                                       ^^ info: VHID 1 is used on opt1 and on wan: right only while the two never share a broadcast domain.
	</virtualip>
`,
  );
  checkNoFix(rule, virtualip(carpVip(), carpVip({ interface: 'wan', subnet: '192.168.1.10' })));
});

test('carp-vhid-shared: silent on one interface, about what is no VHID, and on disabled interfaces', () => {
  checkRule(rule, virtualip(carpVip(), carpVip({ subnet: '10.0.0.4' })));
  const other = (vhid: string) => carpVip({ interface: 'wan', vhid, subnet: '192.168.1.10' });
  checkRule(rule, virtualip(carpVip(), other('3')));
  checkRule(rule, virtualip(carpVip({ vhid: '300' }), other('300')));
  checkRule(rule, virtualip(carpVip({ vhid: '' }), other('')));
  checkRule(rule, `	<interfaces>\n		<lan><if>vmx1</if></lan>\n	</interfaces>\n${virtualip(carpVip(), other('2'))}`);
});
