import assert from 'node:assert/strict';
import test from 'node:test';
import { checkScopes, tokenize } from './tokenize.ts';

test('a pfSense configuration in a file of language xml has the same marks', () =>
  checkScopes(
    'text.xml',
    `
| <?xml version="1.0"?>
| <pfsense>
   ^^^^^^^ meta.config.pfsense entity.name.tag.localname
| 	<hasync>
  	 ^^^^^^ entity.name.namespace.section
| 		<pfsyncinterface>opt1</pfsyncinterface>
  		                 ^^^^ support.variable.interface
| 		<pfsyncpeerip>172.16.1.3</pfsyncpeerip>
  		              ^^^^^^^^^^ constant.numeric.address.ipv4
| 		<password><![CDATA[example]]></password>
  		 ^^^^^^^^ keyword.control.secret
  		                   ^^^^^^^ string.unquoted.cdata
| 	</hasync>
| </pfsense>
    ^^^^^^^ meta.config.pfsense
| <after/>
   ^^^^^ entity.name.tag.plain -meta.config.pfsense
`,
  ));

test('the marks begin behind an XML declaration on the same line and end with the root', () =>
  checkScopes(
    'text.xml',
    `
| <?xml version="1.0"?><pfsense><version>22.2</version></pfsense><x>192.0.2.1</x>
                        ^^^^^^^ meta.config.pfsense
                                 ^^^^^^^ entity.name.namespace.section
                                                                  ^ entity.name.tag.plain -meta.config.pfsense
                                                                    ^^^^^^^^^ -constant
`,
  ));

test('other XML keeps its look', async () => {
  const pom = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <properties>
    <pfsense>192.0.2.1</pfsense>
    <enable></enable>
    <password>lan</password>
  </properties>
  <!--
<pfsense>
  -->
  <lan>192.0.2.1/24 _vip62a856d41c9a3 &amp;</lan>
</project>`.split('\n');
  const tokens = (await tokenize('text.xml', pom)).flat();
  const scopes = new Set(tokens.flatMap(token => token.scopes));
  assert.deepEqual([...scopes].sort(), [
    'comment.block.xml',
    'constant.character.entity.xml',
    'entity.name.tag.plain.xml',
    'meta.tag.preprocessor.xml',
    'meta.tag.xml',
    'text.xml',
  ]);
});

test('the grammar of the language id is not injected into a second time', async () => {
  const lines = ['<?xml version="1.0"?>', '<pfsense>', '\t<nat></nat>', '</pfsense>'];
  const tokens = (await tokenize('text.xml.pfsense', lines)).flat();
  for (const token of tokens) {
    assert(token.scopes.filter(scope => scope === 'meta.config.pfsense').length <= 1, token.scopes.join(' '));
  }
});
