import assert from 'node:assert/strict';
import test from 'node:test';
import duplicates from '../../../../server/src/rules/xml/xml-duplicate-element.ts';
import rule from '../../../../server/src/rules/xml/xml-syntax.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { applyFix, checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const head = '<?xml version="1.0"?>\n';

/** A mistake, what its first fix makes of it, and how far that is to be trusted. */
const mended: readonly (readonly [name: string, before: string, after: string, applicability: string])[] = [
  ['a bare &', '<a>Rack 4 & 5</a>', '<a>Rack 4 &amp; 5</a>', 'safe'],
  ['& inside a word', '<a>AT&T</a>', '<a>AT&amp;T</a>', 'safe'],
  ['a reference without its semicolon', '<a>AT&amp T</a>', '<a>AT&amp; T</a>', 'suggestion'],
  ['a comparison', '<a>x < 5</a>', '<a>x &lt; 5</a>', 'safe'],
  ['a blank behind a <', '<a>\n< b</a>', '<a>\n&lt; b</a>', 'suggestion'],
  ['text without its end tag', '<a>\n<b>vmx0\n</a>', '<a>\n<b>vmx0</b>\n</a>', 'safe'],
  [
    'text without its end tag before siblings',
    '<a>\n<b>vmx0\n<c>1</c>\n</a>',
    '<a>\n<b>vmx0</b>\n<c>1</c>\n</a>',
    'suggestion',
  ],
  ['an empty element without its end tag', '<a>\n<b>\n</a>', '<a>\n<b></b>\n</a>', 'safe'],
  [
    'an element with children without its end tag',
    '<a>\n\t<b>\n\t\t<c>1</c>\n\t<d>2</d>\n</a>',
    '<a>\n\t<b>\n\t\t<c>1</c>\n\t</b>\n\t<d>2</d>\n</a>',
    'suggestion',
  ],
  ['a flag before siblings', '<a>\n\t<b>\n\t<c>1</c>\n</a>', '<a>\n\t<b></b>\n\t<c>1</c>\n</a>', 'suggestion'],
  ['an end tag in other case', '<a><Bee>1</bee></a>', '<a><bee>1</bee></a>', 'safe'],
  ['a mistyped end tag of a known name', '<a><b>1</b><c><b>2</bb></c></a>', '<a><b>1</b><c><b>2</b></c></a>', 'safe'],
  ['two unknown names', '<a><bc>1</bd></a>', '<a><bc>1</bc></a>', 'suggestion'],
  ['a mistyped start tag', '<a><c><b>1</b></c><bb>2</b></a>', '<a><c><b>1</b></c><b>2</b></a>', 'suggestion'],
  ['an end tag without its name', '<a><b>1</></a>', '<a><b>1</b></a>', 'safe'],
  ['an end tag that closes nothing', '<a><b>1</b></c></a>', '<a><b>1</b></a>', 'suggestion'],
  ['a start tag without >', '<a><b</b></a>', '<a><b></b></a>', 'safe'],
  ['a flag without >', '<a>\n<b\n<c>1</c>\n</a>', '<a>\n<b></b>\n<c>1</c>\n</a>', 'suggestion'],
  ['an end tag without >', '<a>\n<b>1</b\n</a>', '<a>\n<b>1</b>\n</a>', 'safe'],
  ['a blank before the name', '<a><b>1</ b></a>', '<a><b>1</b></a>', 'safe'],
  ['text in an end tag', '<a><b>1</b x></a>', '<a><b>1</b></a>', 'suggestion'],
  ['an attribute that stands twice', '<a><b x="1" x="2"></b></a>', '<a><b x="1"></b></a>', 'suggestion'],
  ['a control character', '<a>1\u00072</a>', '<a>12</a>', 'suggestion'],
  ['a reference to no character', '<a>1&#0;2</a>', '<a>12</a>', 'suggestion'],
  ['two hyphens in a comment', '<a><!-- b -- c --></a>', '<a><!-- b - - c --></a>', 'safe'],
  ['the end of CDATA in text', '<a>b]]></a>', '<a>b]]&gt;</a>', 'safe'],
  ['CDATA without its end', '<a>\n<b><![CDATA[x</b>\n</a>', '<a>\n<b><![CDATA[x]]></b>\n</a>', 'safe'],
  ['CDATA with half its end', '<a>\n<b><![CDATA[x]]</b>\n</a>', '<a>\n<b><![CDATA[x]]></b>\n</a>', 'safe'],
  ['CDATA with a bracket at its end', '<a>\n<b><![CDATA[x]</b>\n</a>', '<a>\n<b><![CDATA[x]]></b>\n</a>', 'suggestion'],
];

for (const [name, before, after, applicability] of mended) {
  test(`xml-syntax: ${name} is mended`, () => {
    const wrap = (text: string) => `${head}<pfsense>${text}</pfsense>\n`;
    checkFix(rule, { before: wrap(before), after: wrap(after) });
    const [first] = findingsIn([rule], parseFixture(wrap(before)));
    assert.equal(first?.fixes()[0]?.applicability, applicability);
  });
}

/** Mistakes of the whole file. */
const whole: readonly (readonly [name: string, before: string, after: string, applicability: string])[] = [
  ['a declaration behind a blank line', `\n${head}<pfsense></pfsense>\n`, `${head}<pfsense></pfsense>\n`, 'safe'],
  ['a declaration without ?>', '<?xml version="1.0">\n<pfsense></pfsense>\n', `${head}<pfsense></pfsense>\n`, 'safe'],
  ['text behind the root', `${head}<pfsense></pfsense>\nx\n`, `${head}<pfsense></pfsense>\n\n`, 'suggestion'],
  [
    'a root without an end tag',
    `${head}<pfsense>\n\t<a></a>\n`,
    `${head}<pfsense>\n\t<a></a>\n</pfsense>\n`,
    'suggestion',
  ],
  [
    'a comment without its end',
    `${head}<pfsense>\n\t<!-- b\n\t<a></a>\n</pfsense>\n`,
    `${head}<pfsense>\n\t<!-- b -->\n\t<a></a>\n</pfsense>\n`,
    'suggestion',
  ],
];

for (const [name, before, after, applicability] of whole) {
  test(`xml-syntax: ${name} is mended`, () => {
    const fixture = {
      files: [...parseFixture(`--- config.xml\n${head}<pfsense></pfsense>`).files],
      marks: [],
    };
    const { document } = fixture.files[0]!.config;
    document.edit({ from: 0, to: document.buffer.length, text: before });
    const [first] = findingsIn([rule], fixture);
    const fix = first?.fixes()[0];
    assert.ok(first && fix, 'no fix');
    assert.equal(fix.applicability, applicability);
    applyFix(fix);
    assert.equal(document.buffer.toString(), after);
    assert.deepEqual(findingsIn([rule], fixture), []);
  });
}

test('xml-syntax: each fault is told at its own place', () => {
  checkRule(
    rule,
    `
	<interfaces>
		<wan>
			<if>vmx0
			^^^ error: <if> is never closed; </if> is missing.
			<ipaddr>192.0.2.1</ipadr>
			                   ^^^^^ error: The end tag </ipadr> stands where </ipaddr> belongs.
		</wan>
		</opt1>
		^^^^^^^ error: The end tag </opt1> closes nothing: no <opt1> is open here.
		<1a></1a>
		 ^^ error: 1a is no name for an element: a name begins with a letter.
		<lan></ lan>
		       ^ error: A blank stands before the name in an end tag.
		<opt2></opt2 x>
		             ^ error: x must not stand in an end tag, which holds the name alone.
		<opt3 a=1></opt3>
		      ^ error: This is no well-formed attribute; pfSense writes none at all.
	</interfaces>
`,
  );
});

test('xml-syntax: a file that was cut off is not closed over the gap', () => {
  const fixture = parseFixture(`${head}<pfsense>\n\t<system>\n\t\t<hostname>fw</hostname>\n`);
  const applicabilities = findingsIn([rule], fixture).flatMap(finding => finding.fixes().map(fix => fix.applicability));
  assert.ok(!applicabilities.includes('safe'));
});

test('xml-syntax: a name that a stray mark makes of the text behind it is shown in part', () => {
  const [finding] = findingsIn([rule], parseFixture(`${head}<pfsense><a>x</${'b'.repeat(100)}></a></pfsense>`));
  assert.ok(finding);
  const texts = [finding.message, ...finding.fixes().map(fix => fix.title)];
  for (const text of texts) assert.ok(!text.includes('b'.repeat(41)), text);
});

test('xml-syntax: no character is cut in two', () => {
  const [finding] = findingsIn(
    [rule],
    parseFixture(`${head}<pfsense><a>x</${'b'.repeat(39)}${'😀'.repeat(9)}></a></pfsense>`),
  );
  assert.ok(finding);
  const texts = [finding.message, ...finding.fixes().map(fix => fix.title)];
  for (const text of texts) assert.doesNotMatch(text, /[\ud800-\udbff](?![\udc00-\udfff])/);
});

test('xml-syntax: no start tag is renamed to a name that its siblings would have twice', () => {
  const fixture = parseFixture(`${head}<pfsense>\n\t<shaper></shaper>\n\t<dnshaper></shaper>\n</pfsense>\n`);
  const [first] = findingsIn([rule], fixture);
  const fix = first?.fixes()[0];
  assert.equal(fix?.title, 'Write </dnshaper> for </shaper>');
  applyFix(fix);
  assert.deepEqual(findingsIn([rule, duplicates], fixture), []);
});
