import assert from 'node:assert/strict';
import test from 'node:test';
import { offered, refactored } from '../../../harness/refactoring.ts';

/** Four rules on two interfaces, a floating one, and bars on LAN above the second rule and behind the last. */
const list = (cursor: 'one' | 'two' | 'three' | 'wan' | 'floating') => {
  const rule = (key: string, descr: string, more = '') =>
    `		<rule><interface>${key}</interface>${more}<tracker>${descr.length}${key.length}</tracker><descr>${descr === cursor ? '$0' : ''}${descr}</descr></rule>\n`;
  return `
	<filter>
${rule('lan', 'one')}${rule('wan', 'wan')}${rule('lan', 'two')}${rule('lan', 'floating', '<floating>yes</floating>')}${rule('lan', 'three')}		<separator>
			<lan>
				<sep0><row>fr1</row><text>Bar A</text><color>bg-info</color><if>lan</if></sep0>
				<sep1><row>fr3</row><text></text><color>bg-info</color><if>lan</if></sep1>
			</lan>
		</separator>
	</filter>
`;
};

const moves = (source: string) => offered(source).filter(title => title.startsWith('Move'));
const orderOf = (text: string) => [...text.matchAll(/<descr>(\w+)/g)].map(([, descr]) => descr).join(' ');
const rowsOf = (text: string) => [...text.matchAll(/<row>(\w+)/g)].map(([, row]) => row).join(' ');

test('move: past the rule beside it on the same page, over those of other interfaces', () => {
  assert.deepEqual(moves(list('three')), ['Move the rule up', 'Move the rule down, below the separator']);
  const up = refactored(list('three'), 'Move the rule up')['config.xml'] ?? '';
  assert.equal(orderOf(up), 'one wan three floating two');
  assert.equal(rowsOf(up), 'fr1 fr3');
});

test('move: past a bar the rule changes sides, and no other one does', () => {
  assert.deepEqual(moves(list('two')), ['Move the rule up, above the separator “Bar A”', 'Move the rule down']);
  const up = refactored(list('two'), 'Move the rule up, above the separator “Bar A”')['config.xml'] ?? '';
  assert.equal(orderOf(up), 'one wan two floating three');
  assert.equal(rowsOf(up), 'fr2 fr3');
  const down = refactored(list('one'), 'Move the rule down, below the separator “Bar A”')['config.xml'] ?? '';
  assert.equal(rowsOf(down), 'fr0 fr3');
  const last = refactored(list('three'), 'Move the rule down, below the separator')['config.xml'] ?? '';
  assert.equal(rowsOf(last), 'fr1 fr2');
});

test('move: a rule alone on its page stays', () => {
  assert.deepEqual(moves(list('wan')), []);
  assert.deepEqual(moves(list('floating')), []);
});

test('move: on both nodes where the rule stands beside the same one', () => {
  const source = `--- primary.xml\n${list('three')}\n--- secondary.xml\n${list('three').replace('$0', '')}`;
  const both = refactored(source, 'Move the rule up, on both nodes');
  assert.deepEqual(Object.values(both).map(orderOf), ['one wan three floating two', 'one wan three floating two']);
  const other = source
    .replace(/(--- secondary[\s\S]*<descr>)two/, '$1other')
    .replace(/(--- secondary[\s\S]*<tracker>)33(<\/tracker><descr>other)/, '$199$2');
  assert.ok(!moves(other).includes('Move the rule up, on both nodes'));
});

test('move: port forwards and outbound rules, too', () => {
  const nat = `
	<nat>
		<rule><descr>a</descr></rule>
		<rule><descr>b$0</descr></rule>
		<separator><sep0><row>fr0</row><text>Top</text></sep0></separator>
		<outbound><mode>hybrid</mode><rule><descr>c</descr></rule><rule><descr>d</descr></rule></outbound>
	</nat>
`;
  assert.equal(orderOf(refactored(nat, 'Move the rule up')['config.xml'] ?? ''), 'b a c d');
  const outbound = nat.replace('$0', '').replace('<descr>c', '<descr>$0c');
  assert.equal(orderOf(refactored(outbound, 'Move the rule down')['config.xml'] ?? ''), 'a b d c');
});

/** A WAN with a CARP VIP, and what is asked about. */
const withVip = (content: string, host = 2) => `
	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><descr>WAN</descr><ipaddr>192.0.2.${host}</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${host}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>24</subnet_bits><subnet>192.0.2.1</subnet></vip>
	</virtualip>
${content}`;

const forRule = (destination: string) =>
  `	<filter><rule><type>pass</type><interface>wan</interface><ipprotocol>inet</ipprotocol><tracker>7</tracker><source><any></any></source><destination>${destination}<port>443</port></destination></rule></filter>\n`;

test('a rule for the interface’s own address becomes one for its CARP VIP', () => {
  const title = 'Use the CARP VIP 192.0.2.1 instead of WAN’s own address'.replace('’', "'");
  const byName = refactored(withVip(forRule('<network>wa$0nip</network>')), title)['config.xml'] ?? '';
  assert.match(byName, /<destination><address>192\.0\.2\.1<\/address><port>/);
  const written = refactored(withVip(forRule('<address>192.0.2.$02</address>')), title)['config.xml'] ?? '';
  assert.match(written, /<destination><address>192\.0\.2\.1<\/address><port>/);
  for (const other of [
    '<network>la$0nip</network>',
    '<address>192.0.2.$09</address>',
    '<not></not><network>wan$0ip</network>',
    '<an$0y></any>',
  ]) {
    assert.deepEqual(
      offered(withVip(forRule(other))).filter(each => each.startsWith('Use')),
      [],
      other,
    );
  }
});

test('the same on both nodes, and in outbound NAT', () => {
  const outbound = (cursor: string) =>
    `	<nat><outbound><mode>hybrid</mode><rule><source><network>10.0.0.0/24</network></source><descr>out</descr><target>${cursor}</target><interface>wan</interface><destination><any></any></destination></rule></outbound></nat>\n`;
  const source = `--- primary.xml\n${withVip(outbound('$0'))}\n--- secondary.xml\n${withVip(outbound(''), 3)}`;
  const both = refactored(source, "Use the CARP VIP 192.0.2.1 instead of WAN's own address, on both nodes");
  assert.deepEqual(Object.keys(both), ['primary.xml', 'secondary.xml']);
  for (const text of Object.values(both)) assert.match(text, /<target>192\.0\.2\.1<\/target>/);
});

test('outbound NAT becomes hybrid, with rules for the CARP VIPs', () => {
  const source = withVip('	<nat><outbound><mode>auto$0matic</mode></outbound></nat>\n');
  const title = 'Switch outbound NAT to hybrid and translate 10.0.0.0/24 to 192.0.2.1 on WAN';
  const after = refactored(source, title)['config.xml'] ?? '';
  assert.match(after, /<mode>hybrid<\/mode>/);
  assert.match(after, /<target>192\.0\.2\.1<\/target>/);
  assert.ok(!offered(source.replace('$0', '').replace('<lan>', '<la$0n>')).some(each => each.startsWith('Switch')));
});
