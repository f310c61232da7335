import test from 'node:test';
import rule from '../../../../server/src/rules/system/system-version-mismatch.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const pair = (primary: string, secondary: string) => `--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;

test('system-version-mismatch: pfSense compares the texts, so equal numbers may differ', () => {
  checkRule(
    rule,
    `--- primary.xml
	<version>24.0</version>
--- secondary.xml
	<version>24</version>
	         ^^ error: The secondary's config version is 24 (pfSense 2.8), the primary's 24.0 (pfSense 2.8): nothing is synchronised between them.
`,
  );
});

test('system-version-mismatch: a file without a version says nothing', () => {
  checkRule(rule, pair('\t<version>22.2</version>\n', '\t<system></system>\n'));
  checkRule(rule, pair('\t<version></version>\n', '\t<version>22.2</version>\n'));
});

test('system-version-mismatch: nobody edits a version by hand', () => {
  checkNoFix(rule, pair('\t<version>22.2</version>\n', '\t<version>21.7</version>\n'));
});
