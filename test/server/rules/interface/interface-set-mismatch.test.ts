import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-set-mismatch.ts';
import { checkRule } from '../../../harness/rule.ts';

test('interface-set-mismatch: a file without interfaces says nothing about the other', () => {
  checkRule(
    rule,
    '--- primary.xml\n\t<interfaces>\n\t\t<wan></wan>\n\t</interfaces>\n--- secondary.xml\n\t<system></system>\n',
  );
});

test('interface-set-mismatch: a key on the secondary only stands in the secondary', () => {
  checkRule(
    rule,
    `
--- primary.xml
	<interfaces>
		<wan></wan>
	</interfaces>
--- secondary.xml
	<interfaces>
		<wan></wan>
		<opt1><enable></enable></opt1>
		 ^^^^ error: Interface opt1 (OPT1) exists on the secondary only; the primary has no opt1.
	</interfaces>
`,
  );
});

test('interface-set-mismatch: a warning where the interface is disabled', () => {
  checkRule(
    rule,
    `
--- primary.xml
	<interfaces>
		<wan></wan>
		<opt1></opt1>
		 ^^^^ warning: Interface opt1 (OPT1) exists on the primary only; the secondary has no opt1.
	</interfaces>
--- secondary.xml
	<interfaces>
		<wan></wan>
	</interfaces>
`,
  );
});
