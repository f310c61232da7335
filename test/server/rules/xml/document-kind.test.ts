import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/xml/document-kind.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

test('document-kind: an encrypted backup gets its note on the first line', () => {
  checkRule(
    rule,
    `---- BEGIN config.xml ----
^^^^^^^^^^^^^^^^^^^^^^^^^^ info: This is an encrypted pfSense backup; export the config again without encryption, or decrypt it, to have it checked.
U2FsdGVkX18AAAAAAAAAAAAAAAAAAAAA
---- END config.xml ----
`,
  );
});

test('document-kind: the backup of one area is told by its root and its first child', () => {
  checkRule(
    rule,
    `<?xml version="1.0"?>
<aliases>
 ^^^^^^^ info: This is a pfSense backup of the area <aliases> alone; only a whole config.xml is checked.
	<alias>
		<name>Hosts</name>
	</alias>
</aliases>
`,
  );
});

test('document-kind: other XML and a pfSense config get nothing', () => {
  for (const text of [
    '<?xml version="1.0"?>\n<project>\n\t<version>1</version>\n</project>\n',
    '<?xml version="1.0"?>\n<filter>\n\t<pattern>x</pattern>\n</filter>\n',
    '<?xml version="1.0"?>\n<constructor><a/></constructor>\n',
    '<?xml version="1.0"?>\n<pfSense>\n</pfSense>\n',
    '<?xml version="1.0"?>\n<!-- nothing yet -->\n',
  ]) {
    assert.deepEqual(findingsIn([rule], parseFixture(text)), [], text);
  }
});

test('document-kind: there is nothing to fix', () => {
  checkNoFix(rule, '<?xml version="1.0"?>\n<opnsense>\n</opnsense>\n');
});
