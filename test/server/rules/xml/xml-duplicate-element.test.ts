import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../../server/src/model/config.ts';
import { Checker } from '../../../../server/src/rules/check.ts';
import rule from '../../../../server/src/rules/xml/xml-duplicate-element.ts';
import { spanOf } from '../../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';
import fc from '../../../harness/fastCheck.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

test('xml-duplicate-element: a section stands once below the root', () => {
  checkRule(
    rule,
    `
	<nat>
	</nat>
	<system>
	</system>
	<nat>
	 ^^^ error: Another <nat> under <pfsense>: pfSense refuses the whole file.
	</nat>
`,
  );
});

test('xml-duplicate-element: the first is the related place of each later one, and capitals make no difference', () => {
  const findings = checkRule(
    rule,
    `
	<system>
		<domain>example.org</domain>
		<hostname>fw</hostname>
		<Domain>example.com</Domain>
		 ^^^^^^ error: Another <domain> under <system>: pfSense refuses the whole file.
		<domain>example.net</domain>
		 ^^^^^^ error: Another <domain> under <system>: pfSense refuses the whole file.
	</system>
`,
  );
  assert.deepEqual(
    findings.map(finding => finding.related.length),
    [1, 1],
  );
});

test('xml-duplicate-element: list tags repeat, wherever they stand, and so do names under different parents', () => {
  checkRule(
    rule,
    `
	<ca><refid>1</refid></ca>
	<ca><refid>2</refid></ca>
	<system>
		<dnsserver>192.0.2.1</dnsserver>
		<dnsserver>192.0.2.2</dnsserver>
		<sshkeyfile>a</sshkeyfile>
		<sshkeyfile>b</sshkeyfile>
	</system>
	<filter>
		<rule><source><any></any></source><destination><any></any></destination></rule>
		<rule><source><any></any></source><destination><any></any></destination></rule>
	</filter>
`,
  );
});

test('xml-duplicate-element: what another element stood between is found all the same', () => {
  checkRule(
    rule,
    `
	<dhcpd>
		<lan>
			<range><from>192.0.2.10</from></range>
			<domain>a</domain>
			<range><from>192.0.2.20</from></range>
			 ^^^^^ error: Another <range> under <lan>: pfSense refuses the whole file.
		</lan>
	</dhcpd>
`,
  );
});

test('xml-duplicate-element: the fix removes the later one with its line', () => {
  checkFix(rule, {
    before: '\t<system>\n\t\t<domain>a</domain>\n\t\t<timezone>UTC</timezone>\n\t\t<domain>b</domain>\n\t</system>\n',
    after: '\t<system>\n\t\t<domain>a</domain>\n\t\t<timezone>UTC</timezone>\n\t</system>\n',
    title: 'Remove this <domain>',
  });
});

test('xml-duplicate-element: removing is safe only where both are the same', () => {
  const applicabilities = (second: string) =>
    new Checker([rule])
      .checkText(configOf(`<pfsense><system><domain>a</domain><domain>${second}</domain></system></pfsense>`))
      .flatMap(finding => finding.fixes().map(fix => fix.applicability));
  assert.deepEqual(applicabilities('a'), ['safe']);
  assert.deepEqual(applicabilities('b'), ['suggestion']);
});

test('xml-duplicate-element: a branch of 70,000 rows is looked through to its end', () => {
  const rows = '<rule><type>pass</type><interface>lan</interface></rule>'.repeat(23_334);
  const last = '<rule><type>pass</type><type>pass</type></rule>';
  const [branch] = configOf(`<pfsense><filter>${rows}${last}</filter></pfsense>`).document.tree.branches;
  assert.ok(branch && branch.rows > 70_000);
  assert.equal([...(rule.checkBranch?.({ branch }) ?? [])].length, 1);
});

test('xml-duplicate-element: after several edits of which nobody has asked between, all is found again', () => {
  const checker = new Checker([rule]);
  const config = configOf('<pfsense><system><a>1</a><a>2</a><b/><rule/></system></pfsense>');
  const found = () => checker.checkText(config).map(({ message }) => message);
  const before = found();
  assert.equal(before.length, 1);
  // Each in the branch that the one before has made; the branch between has no rows left to be asked of.
  for (const at of ['1', '2']) {
    const from = config.document.buffer.toString().indexOf(at);
    config.document.edit({ from, to: from, text: 'x' });
  }
  assert.deepEqual(found(), before);
});

test('xml-duplicate-element: after any edits the same is found as in the text opened anew', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 20 }),
    text: fc.constantFrom('', '<b>', '</b>', '<b/>', '<a><b/><B/></a>', '<rule/>', '<a>', '</a>', '<!--', '-->', 'x'),
    isAsked: fc.boolean(),
  });
  const start = `<pfsense><system>${'<a><b>1</b><b>2</b><c/><rule/><rule/></a>'.repeat(3)}</system><nat><b/><d><b/></d><b/></nat></pfsense>`;
  let found = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), edits => {
      const checker = new Checker([rule]);
      const config = configOf(start);
      checker.checkText(config);
      for (const { at, length, text, isAsked } of edits) {
        const { buffer } = config.document;
        const from = Math.floor(at * buffer.length);
        config.document.edit({ from, to: Math.min(buffer.length, from + length), text });
        if (!isAsked) continue;
        const seen = (of: Config) =>
          checker
            .checkText(of)
            .map(each => [each.message, ...[each.at, ...each.related.map(({ at: place }) => place)].map(spanOf)]);
        const now = seen(config);
        found += now.length;
        assert.deepEqual(now, seen(configOf(buffer.toString())));
      }
    }),
    { numRuns: process.env.PFSENSE_HA_THOROUGH === '1' ? 10_000 : 500 },
  );
  assert.ok(found > 1000, `${found}`);
});

function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///config.xml', text));
}
