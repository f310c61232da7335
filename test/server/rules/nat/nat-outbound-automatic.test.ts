import test from 'node:test';
import rule from '../../../../server/src/rules/nat/nat-outbound-automatic.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

/** A node with a CARP VIP on WAN, a LAN and SYNC. */
function node(version: string, nat: string): string {
  return `	<version>${version}</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
${nat}`;
}

const outbound = (content: string) => `	<nat>\n		<outbound>\n${content}		</outbound>\n	</nat>\n`;
const mode = (word: string) => `			<mode>${word}</mode>\n`;

/** The rule that the fix writes, in the form of the version. */
function written(form: 'old' | 'new', options: { readonly descr: string; readonly port?: string }): string {
  const subnet =
    form === 'old'
      ? ['<targetip></targetip>', '<targetip_subnet></targetip_subnet>']
      : ['<target_subnet></target_subnet>'];
  const lines = [
    '<source>',
    '\t<network>10.0.0.0/8</network>',
    '</source>',
    '<sourceport></sourceport>',
    `<descr><![CDATA[${options.descr}]]></descr>`,
    '<target>192.168.1.10</target>',
    ...subnet,
    '<interface>wan</interface>',
    '<poolopts></poolopts>',
    '<source_hash_key></source_hash_key>',
    ...(options.port ? ['<staticnatport></staticnatport>', '<protocol>udp</protocol>'] : []),
    '<destination>',
    '\t<any></any>',
    '</destination>',
    ...(options.port ? [`<dstport>${options.port}</dstport>`] : []),
  ];
  return `			<rule>\n${lines.map(line => `				${line}\n`).join('')}			</rule>\n`;
}

const both = (form: 'old' | 'new') =>
  written(form, { descr: 'IKE from LAN to WAN VIP', port: '500' }) + written(form, { descr: 'LAN to WAN VIP' });

const message =
  "Outbound NAT is automatic: connections leave through WAN with this node's own address instead of the CARP VIP 192.168.1.10.";

test('nat-outbound-automatic: before version 23.0 rules have targetip', () => {
  checkFix(rule, {
    before: node('22.2', outbound(mode('automatic'))),
    after: node('22.2', outbound(mode('hybrid') + both('old'))),
    title: 'Switch outbound NAT to hybrid and translate 10.0.0.0/8 to 192.168.1.10 on WAN',
  });
});

test('nat-outbound-automatic: from version 23.0 they have target_subnet', () => {
  checkFix(rule, {
    before: node('23.3', outbound(mode('automatic'))),
    after: node('23.3', outbound(mode('hybrid') + both('new'))),
  });
});

test('nat-outbound-automatic: a missing mode means automatic, and so does a missing section', () => {
  const empty = '	<nat>\n		<outbound></outbound>\n	</nat>\n';
  checkRule(rule, node('24.0', empty.replace('</outbound>\n', `</outbound>\n		 ^^^^^^^^ error: ${message}\n`)));
  checkFix(rule, { before: node('24.0', empty), after: node('24.0', outbound(mode('hybrid') + both('new'))) });
  checkRule(rule, node('24.0', `	<nat></nat>\n	 ^^^ error: ${message}\n`));
  checkFix(rule, {
    before: node('24.0', '	<nat></nat>\n'),
    after: node('24.0', outbound(mode('hybrid') + both('new'))),
  });
  checkFix(rule, { before: node('24.0', ''), after: node('24.0', outbound(mode('hybrid') + both('new'))) });
});

test('nat-outbound-automatic: rules that are there are used, not doubled, and do not name the node', () => {
  const rules = (target: string) => written('old', { descr: 'LAN out' }).replace('192.168.1.10', target);
  checkFix(rule, {
    before: node('22.2', outbound(mode('automatic') + rules('192.168.1.10'))),
    after: node('22.2', outbound(mode('hybrid') + rules('192.168.1.10'))),
    title: 'Switch outbound NAT to hybrid',
  });
  checkFix(rule, {
    before: node('22.2', outbound(mode('automatic') + rules(''))),
    after: node('22.2', outbound(mode('hybrid') + rules('192.168.1.10'))),
  });
});

test('nat-outbound-automatic: new rules stand above one that takes everything', () => {
  const all = written('new', { descr: 'all' }).replace('10.0.0.0/8', 'any').replace('192.168.1.10', 'wanip');
  checkFix(rule, {
    before: node('24.0', outbound(mode('automatic') + all)),
    after: node('24.0', outbound(mode('hybrid') + both('new') + all)),
  });
});

test('nat-outbound-automatic: hybrid without a rule for the interface is as good as automatic', () => {
  const local = written('new', { descr: 'localhost' })
    .replace('10.0.0.0/8', '127.0.0.0/8')
    .replace('192.168.1.10', 'wanip');
  const hybrid = message.replace('is automatic:', 'is hybrid without a rule for WAN:');
  checkRule(rule, node('24.0', outbound(`${mode('hybrid')}			      ^^^^^^ error: ${hybrid}\n${local}`)));
  checkFix(rule, {
    before: node('24.0', outbound(mode('hybrid') + local)),
    after: node('24.0', outbound(mode('hybrid') + local + both('new'))),
    title: 'Translate 10.0.0.0/8 to 192.168.1.10 on WAN',
  });
  checkRule(rule, node('24.0', outbound(mode('hybrid') + written('new', { descr: 'LAN' }))));
});

test('nat-outbound-automatic: manual and disabled outbound NAT are choices', () => {
  checkRule(rule, node('24.0', outbound(mode('advanced'))));
  checkRule(rule, node('24.0', outbound(mode('disabled'))));
  checkRule(rule, node('3.0', '	<nat>\n		<advancedoutbound></advancedoutbound>\n	</nat>\n'));
});

test('nat-outbound-automatic: silent where nothing is translated to a VIP anyway', () => {
  const automatic = node('24.0', outbound(mode('automatic')));
  checkRule(rule, automatic.replace('<gateway>WANGW</gateway>', ''));
  checkRule(rule, automatic.replace('<wan><enable></enable>', '<wan>'));
  checkRule(rule, automatic.replace('<gateway>WANGW</gateway>', '<gateway>WANGW</gateway><nonat></nonat>'));
  checkRule(rule, automatic.replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, automatic.replace('<mode>carp</mode>', '<mode>ipalias</mode>'));
  checkRule(rule, automatic.replace('<subnet>192.168.1.10</subnet>', '<subnet>2001:db8::1</subnet>'));
});

test('nat-outbound-automatic: a VIP on the LAN alone is not what connections leave with', () => {
  checkRule(
    rule,
    node('24.0', outbound(mode('automatic'))).replace('<interface>wan</interface>', '<interface>lan</interface>'),
  );
});

test('nat-outbound-automatic: a pfsync interface that serves clients is a network like others', () => {
  const shared = (nat: string) =>
    node('24.0', nat)
      .replace('<pfsyncinterface>opt1<', '<pfsyncinterface>lan<')
      .replace(
        '	</virtualip>',
        '		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>\n	</virtualip>',
      );
  const sync = both('new').replaceAll('10.0.0.0/8', '172.16.1.0/24').replaceAll('LAN', 'OPT1');
  checkFix(rule, {
    before: shared(outbound(mode('automatic'))),
    after: shared(outbound(mode('hybrid') + both('new') + sync)),
    title: 'Switch outbound NAT to hybrid and translate 10.0.0.0/8 and 172.16.1.0/24 to 192.168.1.10 on WAN',
  });
});

test('nat-outbound-automatic: both nodes at once where both have the mistake', () => {
  const pair = (nat: string) =>
    `\n--- primary.xml\n${node('24.0', nat)}--- secondary.xml\n${node('24.0', nat).replace('192.168.1.11', '192.168.1.12')}`;
  checkFix(rule, {
    before: pair(outbound(mode('automatic'))),
    after: pair(outbound(mode('hybrid') + both('new'))),
    title: 'Switch outbound NAT to hybrid and translate 10.0.0.0/8 to 192.168.1.10 on WAN, on both nodes',
  });
});

test('nat-outbound-automatic: no fix that wakes a rule which takes the nodes’ own connections to the VIP', () => {
  const sleeping = (source: string) =>
    `			<rule><source><network>${source}</network></source><target>192.168.1.10</target><interface>wan</interface><destination><any></any></destination></rule>\n`;
  checkNoFix(rule, node('24.0', outbound(mode('automatic') + sleeping('192.168.1.0/24'))));
  checkFix(rule, {
    before: node('24.0', outbound(mode('automatic') + sleeping('10.0.0.0/8'))),
    after: node('24.0', outbound(mode('hybrid') + sleeping('10.0.0.0/8'))),
    title: 'Switch outbound NAT to hybrid',
  });
});
