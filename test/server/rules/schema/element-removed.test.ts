import test from 'node:test';
import rule from '../../../../server/src/rules/schema/element-removed.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const rules = (version: string, rule: string) =>
  `	<version>${version}</version>\n	<nat>\n		<outbound>\n			<rule>\n${rule}			</rule>\n		</outbound>\n	</nat>\n`;

test('element-removed: silent in a file whose version reads the element, or that has none', () => {
  const old = '\t\t\t\t<target>other-subnet</target>\n\t\t\t\t<targetip>198.51.100.16</targetip>\n';
  checkRule(rule, rules('22.9', old));
  checkRule(rule, rules('', old));
});

test('element-removed: silent about empty elements, and where the target does not point at targetip', () => {
  checkRule(
    rule,
    rules(
      '23.3',
      '\t\t\t\t<target>wanip</target>\n\t\t\t\t<targetip></targetip>\n\t\t\t\t<targetip_subnet>0</targetip_subnet>\n',
    ),
  );
  checkRule(rule, rules('23.3', '\t\t\t\t<target>wanip</target>\n\t\t\t\t<targetip>198.51.100.16</targetip>\n'));
});

test('element-removed: the address that an outbound rule goes to, which is a network now', () => {
  const destination = (name: string) => `				<destination>\n					<${name}>192.0.2.0/24</${name}>\n`;
  const end = '				</destination>\n';
  const told =
    '					 ^^^^^^^ warning: Config version 23.3 (pfSense 2.7.1 or 2.7.2) no longer reads <address> in <destination>; it reads network.\n';
  checkRule(rule, rules('23.3', destination('address') + told + end));
  checkRule(rule, rules('23.3', destination('network') + end));
  checkRule(rule, rules('22.9', destination('address') + end));
});

test('element-removed: silent where what replaced it is there, and only informs where nothing did', () => {
  checkRule(
    rule,
    `
	<version>22.9</version>
	<system>
		<enablesshd></enablesshd>
		<ssh><enable>enabled</enable></ssh>
		<apinger_debug></apinger_debug>
		 ^^^^^^^^^^^^^ info: Config version 22.9 (pfSense 2.7.0) no longer reads <apinger_debug> in <system>.
	</system>
`,
  );
  checkRule(
    rule,
    `
	<version>22.9</version>
	<system>
		<enablesshd></enablesshd>
		 ^^^^^^^^^^ warning: Config version 22.9 (pfSense 2.7.0) no longer reads <enablesshd> in <system>; it reads system/ssh/enable.
	</system>
`,
  );
});

test('element-removed: the fix converts the target as the upgrade does', () => {
  checkFix(rule, {
    before: rules(
      '23.3',
      '\t\t\t\t<target>other-subnet</target>\n\t\t\t\t<targetip>198.51.100.16</targetip>\n\t\t\t\t<targetip_subnet>28</targetip_subnet>\n',
    ),
    after: rules('23.3', '\t\t\t\t<target>198.51.100.16</target>\n\t\t\t\t<target_subnet>28</target_subnet>\n'),
  });
  checkFix(rule, {
    before: rules(
      '23.3',
      '\t\t\t\t<target>other-subnet</target>\n\t\t\t\t<targetip>wanip</targetip>\n\t\t\t\t<targetip_subnet>32</targetip_subnet>\n\t\t\t\t<target_subnet>24</target_subnet>\n',
    ),
    after: rules('23.3', '\t\t\t\t<target>wanip</target>\n\t\t\t\t<target_subnet></target_subnet>\n'),
  });
});

test('element-removed: of other elements a person decides', () => {
  checkNoFix(rule, '	<version>22.9</version>\n	<system><enablesshd></enablesshd></system>\n');
});
