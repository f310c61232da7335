import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-password-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const locked = (password: string) => virtualip(carpVip({ password }));
const passwords = (first: string, second: string) => pair(locked(first), locked(second));
const cdata = (text: string) => `<![CDATA[${text}]]>`;

test('carp-password-mismatch: none on one of the nodes', () => {
  const vips = (password: string, mark: string) => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid>${password}<subnet>10.0.0.1</subnet></vip>
${mark}	</virtualip>
`;
  const full = '<password><![CDATA[example]]></password>';
  const empty = '<password></password>';
  const [onPrimary, onSecondary] = ['primary', 'secondary'].map(
    side =>
      `		                                                               ^^^^^^^^ error: VHID 2 on lan has a password on the ${side === 'primary' ? 'secondary' : 'primary'}, but none on the ${side}.\n`,
  );
  checkRule(rule, pair(vips(full, ''), vips(empty, onSecondary!)));
  checkRule(rule, pair(vips(empty, onPrimary!), vips(full, '')));
});

test('carp-password-mismatch: no message, title or related text tells a password', () => {
  const found = findingsIn([rule], parseFixture(passwords(cdata('example-one'), cdata('example-two'))));
  assert.equal(found.length, 1);
  const texts = found.flatMap(each => [
    each.message,
    ...each.related.map(place => place.message),
    ...each.fixes().map(fix => fix.title),
  ]);
  assert.equal(texts.length, 3);
  for (const text of texts) assert.doesNotMatch(text, /example/);
});

test('carp-password-mismatch: both empty, spaces, and what is behind the 19th byte make no difference', () => {
  checkRule(rule, passwords('', ''));
  checkRule(rule, pair(locked(''), virtualip(carpVip())));
  checkRule(rule, passwords(cdata('a b c'), 'abc'));
  checkRule(rule, passwords(cdata('0123456789012345678-one'), cdata('0123456789012345678-two')));
  // Nine letters of two bytes each, and one byte: the twentieth is no longer read.
  checkRule(rule, passwords(cdata('äääääääääab'), cdata('äääääääääac')));
  // A quote costs two bytes, for pfSense puts a backslash before it.
  checkRule(rule, passwords(cdata("'01234567890123456-one"), cdata("'01234567890123456-two")));
});

test('carp-password-mismatch: the 19th byte does, and so does the case', () => {
  assert.equal(
    findingsIn([rule], parseFixture(passwords(cdata('012345678901234567a'), cdata('012345678901234567b')))).length,
    1,
  );
  assert.equal(findingsIn([rule], parseFixture(passwords('a', 'A'))).length, 1);
});

test('carp-password-mismatch: one password in two spellings is one', () => {
  checkRule(rule, passwords(cdata('a&amp;b'), 'a&#38;b'));
});

test('carp-password-mismatch: copies the primary’s as it is written', () => {
  checkFix(rule, {
    before: passwords(cdata('a&amp;b'), 'c'),
    after: passwords(cdata('a&amp;b'), cdata('a&amp;b')),
    title: "Copy the primary's password to the secondary",
  });
});

test('carp-password-mismatch: a missing element is written where pfSense writes it', () => {
  const bare = virtualip(
    vip({ mode: 'carp', interface: 'lan', vhid: '2', advbase: '1', uniqid: '62a856d41c9a3', subnet: '10.0.0.1' }),
  );
  const whole = virtualip(
    vip({
      mode: 'carp',
      interface: 'lan',
      vhid: '2',
      advbase: '1',
      password: cdata('a'),
      uniqid: '62a856d41c9a3',
      subnet: '10.0.0.1',
    }),
  );
  checkFix(rule, { before: pair(locked(cdata('a')), bare), after: pair(locked(cdata('a')), whole) });
});

test('carp-password-mismatch: copies the secondary’s where the primary has none', () => {
  checkFix(rule, {
    before: passwords('', cdata('a')),
    after: passwords(cdata('a'), cdata('a')),
    title: "Copy the secondary's password to the primary",
  });
});

test('carp-password-mismatch: files that encode text in two ways get the value, not its source', () => {
  const version = (text: string) => `	<version>${text}</version>\n`;
  checkFix(rule, {
    before: pair(version('22.2') + locked(cdata('a&eacute;')), version('24.5') + locked(cdata('b'))),
    after: pair(version('22.2') + locked(cdata('a&eacute;')), version('24.5') + locked(cdata('aé'))),
  });
});
