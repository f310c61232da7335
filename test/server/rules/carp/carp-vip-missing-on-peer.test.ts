import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vip-missing-on-peer.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

const sync =
  '\t<hasync>\n\t\t<synchronizevirtualip>on</synchronizevirtualip>\n\t\t<synchronizetoip>172.16.1.3</synchronizetoip>\n\t</hasync>\n';
const nodes = (primary: string, secondary: string) =>
  pair(primaryInterfaces + primary, secondaryInterfaces + secondary);
const wan = { interface: 'wan', vhid: '1', subnet_bits: '24', subnet: '192.168.1.10' };

test('carp-vip-missing-on-peer: on the secondary only, and that the sync deletes it', () => {
  const found = (text: string) => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		                                                                      ^^^^^^^^ error: ${text}
	</virtualip>
`;
  checkRule(rule, nodes(virtualip(), found('CARP VIP 10.0.0.1 (VHID 2) on LAN is on the secondary only.')));
  checkRule(
    rule,
    nodes(
      sync + virtualip(),
      found('CARP VIP 10.0.0.1 (VHID 2) on LAN is on the secondary only; the next synchronisation deletes it.'),
    ),
  );
});

test('carp-vip-missing-on-peer: another VHID, another address, another prefix length', () => {
  const dynamic =
    '\t<interfaces>\n\t\t<opt1><enable></enable><ipaddr>dhcp</ipaddr></opt1>\n\t\t<lan><enable></enable></lan>\n\t</interfaces>\n';
  checkRule(
    rule,
    pair(
      dynamic +
        virtualip(
          carpVip(),
          carpVip({ vhid: '3', subnet: '10.0.0.4' }),
          carpVip({ interface: 'opt1', vhid: '5', subnet: '192.0.2.1', subnet_bits: '24' }),
        ),
      `${dynamic}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>9</vhid><subnet>10.0.0.1</subnet></vip>
		                                                      ^ error: CARP VIP 10.0.0.1 on LAN has VHID 9 on the secondary, 2 on the primary.
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><subnet>10.0.0.5</subnet></vip>
		                                                                      ^^^^^^^^ error: VHID 3 on LAN is 10.0.0.5 on the secondary, 10.0.0.4 on the primary.
		<vip><mode>carp</mode><interface>opt1</interface><vhid>5</vhid><subnet_bits>25</subnet_bits><subnet>192.0.2.1</subnet></vip>
		                                                                            ^^ error: CARP VIP 192.0.2.1 on OPT1 has the prefix length /25 on the secondary, /24 on the primary.
	</virtualip>
`,
    ),
  );
});

test('carp-vip-missing-on-peer: a prefix length that the interface tells is the matter of carp-mask-mismatch', () => {
  checkRule(rule, nodes(virtualip(carpVip()), virtualip(carpVip({ subnet_bits: '32' }))));
});

test('carp-vip-missing-on-peer: an IP alias on a CARP VIP, whatever the VIP’s uniqid is', () => {
  const alias = (uniqid: string, subnet: string) =>
    vip({ mode: 'ipalias', interface: `_vip${uniqid}`, subnet_bits: '8', subnet });
  checkRule(
    rule,
    nodes(
      virtualip(carpVip({ uniqid: '1' }), alias('1', '10.0.0.8')),
      virtualip(carpVip({ uniqid: '2' }), alias('2', '10.0.0.8')),
    ),
  );
  checkRule(
    rule,
    `--- primary.xml
${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>1</uniqid><subnet>10.0.0.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip1</interface><subnet>10.0.0.8</subnet></vip>
		                                                             ^^^^^^^^ error: IP alias 10.0.0.8 on LAN is missing on the secondary, which cannot take it over.
	</virtualip>
--- secondary.xml
${secondaryInterfaces}${virtualip(carpVip({ uniqid: '1' }))}`,
  );
});

test('carp-vip-missing-on-peer: VIPs that the sync does not copy, or no CARP depends on', () => {
  const own = [
    vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.9' }),
    vip({ mode: 'ipalias', interface: 'lo0', subnet_bits: '32', subnet: '10.0.0.10' }),
    vip({ mode: 'proxyarp', interface: 'wan', type: 'single', subnet_bits: '32', subnet: '192.168.1.20' }),
    vip({ mode: 'other', interface: 'wan', type: 'single', subnet_bits: '32', subnet: '192.168.1.21' }),
  ];
  checkRule(rule, nodes(virtualip(...own), virtualip()));
  checkRule(rule, nodes(virtualip(), virtualip(...own)));
});

test('carp-vip-missing-on-peer: a VIP whose interface is disabled or missing is not looked for', () => {
  checkRule(
    rule,
    pair(primaryInterfaces.replaceAll('<enable></enable>', '') + virtualip(carpVip()), secondaryInterfaces),
  );
  checkRule(rule, nodes(virtualip(carpVip({ interface: 'opt7' }), carpVip({ interface: '' })), virtualip()));
});

test('carp-vip-missing-on-peer: one address in two spellings is one VIP', () => {
  const six = (subnet: string) => virtualip(carpVip({ subnet, subnet_bits: '64' }));
  checkRule(rule, nodes(six('2001:db8::1'), six('2001:DB8:0:0::1')));
});

test('carp-vip-missing-on-peer: copied to the secondary with 100 more, everything else as it is written', () => {
  const whole = (advskew: string) =>
    vip({
      ...wan,
      mode: 'carp',
      advskew,
      advbase: '1',
      password: '<![CDATA[a&amp;b]]>',
      uniqid: '62a856d41c9a3',
      descr: '<![CDATA[WAN  VIP]]>',
    });
  const title = 'Copy 192.168.1.10 (VHID 1) to the secondary';
  checkFix(rule, {
    before: nodes(virtualip(carpVip(), whole('0')), virtualip(carpVip())),
    after: nodes(virtualip(carpVip(), whole('0')), virtualip(carpVip(), whole('100'))),
    title,
  });
  checkFix(rule, {
    before: nodes(virtualip(whole('200')), virtualip()),
    after: nodes(virtualip(whole('200')), virtualip(whole('254'))),
    title,
  });
  checkFix(rule, {
    before: nodes(virtualip(whole('')), virtualip()),
    after: nodes(virtualip(whole('')), virtualip(whole('100'))),
    title,
  });
});

test('carp-vip-missing-on-peer: the section comes with it where it is missing', () => {
  const vips = (advskew: string) => virtualip(carpVip({ advskew }));
  checkFix(rule, { before: nodes(vips('0'), ''), after: nodes(vips('0'), vips('100')) });
});

test('carp-vip-missing-on-peer: an IP alias goes to the same VIP of the secondary, whatever its uniqid there', () => {
  const alias = (uniqid: string) =>
    vip({ mode: 'ipalias', interface: `_vip${uniqid}`, subnet_bits: '8', subnet: '10.0.0.8' });
  const primary = virtualip(carpVip({ uniqid: '1' }), alias('1'));
  const parent = carpVip({ uniqid: '2' });
  checkFix(rule, {
    before: nodes(primary, virtualip(parent)),
    after: nodes(primary, virtualip(parent, alias('2'))),
    title: 'Copy 10.0.0.8 to the secondary',
  });
});

test('carp-vip-missing-on-peer: no copy where something there is in the way', () => {
  const here = virtualip(carpVip({ uniqid: '1' }));
  const others = [
    // Its VHID is taken.
    carpVip({ subnet: '2001:db8::1', subnet_bits: '64' }),
    // Its address is taken.
    vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.1' }),
    // Its uniqid is taken.
    vip({ mode: 'ipalias', interface: 'lan', uniqid: '1', subnet_bits: '8', subnet: '10.0.0.9' }),
  ];
  const title = 'Copy 10.0.0.1 (VHID 2) to the secondary';
  for (const other of others) checkNotOffered(nodes(here, virtualip(other)), title);
  const without = secondaryInterfaces.replace('<lan><enable></enable>', '<lan>');
  checkNotOffered(pair(primaryInterfaces + here, without), title);
  checkNotOffered(nodes(virtualip(carpVip({ subnet_bits: '32' })), ''), title);
  checkNotOffered(nodes(virtualip(carpVip({ advskew: '254' })), ''), title);
});

test('carp-vip-missing-on-peer: one on the secondary only is copied to the primary, or removed', () => {
  const vips = (advskew: string) => virtualip(carpVip({ vhid: '7', subnet: '10.0.0.4', advskew }));
  checkFix(rule, {
    before: nodes(virtualip(), vips('100')),
    after: nodes(vips('0'), vips('100')),
    title: 'Copy 10.0.0.4 (VHID 7) to the primary',
  });
  checkFix(rule, {
    before: nodes('', vips('0')),
    after: nodes(vips('0'), vips('100')),
    title: 'Copy 10.0.0.4 (VHID 7) to the primary, and set advskew to 100 on the secondary',
  });
  checkFix(rule, {
    before: nodes(virtualip(), vips('100')),
    after: nodes(virtualip(), virtualip()),
    title: 'Remove 10.0.0.4 (VHID 7) from the secondary',
  });
});

test('carp-vip-missing-on-peer: one that something refers to is not removed', () => {
  const used =
    virtualip(carpVip({ uniqid: '62a856d41c9a3' })) +
    '\t<ipsec><phase1><interface>_vip62a856d41c9a3</interface></phase1></ipsec>\n';
  checkNotOffered(nodes(virtualip(), used), 'Remove 10.0.0.1 (VHID 2) from the secondary');
});

test('carp-vip-missing-on-peer: a VHID and an address become the primary’s', () => {
  checkFix(rule, {
    before: nodes(virtualip(carpVip()), virtualip(carpVip({ vhid: '9' }))),
    after: nodes(virtualip(carpVip()), virtualip(carpVip())),
    title: 'Set the VHID to 2 on the secondary',
  });
  checkFix(rule, {
    before: nodes(virtualip(carpVip()), virtualip(carpVip({ subnet: '10.0.0.11' }))),
    after: nodes(virtualip(carpVip()), virtualip(carpVip())),
    title: 'Set the address to 10.0.0.1 on the secondary',
  });
});

test('carp-vip-missing-on-peer: but not to one that another VIP or an interface of the secondary has', () => {
  const crossed = [carpVip({ vhid: '3' }), carpVip({ vhid: '2', subnet: '10.0.0.4' })];
  checkNoFix(rule, nodes(virtualip(carpVip(), carpVip({ vhid: '3', subnet: '10.0.0.4' })), virtualip(...crossed)));
  checkNoFix(rule, nodes(virtualip(carpVip({ subnet: '10.0.0.3' })), virtualip(carpVip())));
});

/** Asserts that none of the fixes has that title. */
function checkNotOffered(source: string, title: string): void {
  const titles = findingsIn([rule], parseFixture(source)).flatMap(finding => finding.fixes().map(fix => fix.title));
  assert.ok(!titles.includes(title), `${title} is offered`);
}

test('carp-vip-missing-on-peer: no VHID is set where an address stands twice, and which of them is meant is a guess', () => {
  const without = carpVip({ vhid: '' });
  checkNoFix(rule, nodes(virtualip(carpVip(), without), virtualip(carpVip({ vhid: '9' }), without)));
});

test('carp-vip-missing-on-peer: no copy to an interface with a dynamic address, or of a VIP with an element twice', () => {
  const dynamic = secondaryInterfaces.replace('10.0.0.3', 'dhcp');
  checkNoFix(rule, pair(primaryInterfaces + virtualip(carpVip({ advskew: '0' })), dynamic + virtualip()));
  const twice = carpVip({ advskew: '0' }).replace(/(\t*<advskew>.*\n)/, '$1$1');
  checkNoFix(rule, pair(primaryInterfaces + virtualip(twice), secondaryInterfaces + virtualip()));
});

test('carp-vip-missing-on-peer: no copy where a row that is no VIP has the uniqid', () => {
  const uniqid = '68761a40a1c30';
  const taken =
    '		<vip><mode></mode><interface>lan</interface><uniqid>68761a40a1c30</uniqid><subnet>10.0.0.9</subnet></vip>\n';
  checkNoFix(rule, nodes(virtualip(carpVip({ advskew: '0', uniqid })), `	<virtualip>\n${taken}	</virtualip>\n`));
});

test('carp-vip-missing-on-peer: of an address that is none value-invalid tells, on the node that has it', () => {
  const broken = carpVip({ subnet: '10.0.0.x' });
  checkRule(rule, nodes(virtualip(broken), virtualip()));
  checkRule(rule, nodes(virtualip(), virtualip(broken)));
  const without = findingsIn([rule], parseFixture(nodes(virtualip(carpVip({ subnet: '' })), virtualip())));
  assert.equal(without.length, 1);
});
