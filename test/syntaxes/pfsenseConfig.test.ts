import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { checkScopes, tokenize } from './tokenize.ts';

const config = 'text.xml.pfsense';

test('a section is marked at its start and its end, and only as a child of <pfsense>', () =>
  checkScopes(
    config,
    `
| <?xml version="1.0"?>
  ^^ punctuation.definition.tag.begin
    ^^^ entity.name.tag
        ^^^^^^^ entity.other.attribute-name
                ^^^^^ string.quoted.double
| <pfsense>
   ^^^^^^^ entity.name.tag.localname meta.config.pfsense -entity.name.namespace
| 	<version>22.2</version>
  	 ^^^^^^^ entity.name.namespace.section
  	         ^^^^ -constant.numeric
  	               ^^^^^^^ entity.name.namespace.section
| 	<unbound>
  	^ punctuation.definition.tag.begin
  	 ^^^^^^^ entity.name.tag entity.name.namespace.section meta.section
| 		<hosts>
  		 ^^^^^ entity.name.tag -entity.name.namespace
| 			<aliases></aliases>
  			 ^^^^^^^ entity.name.tag -entity.name.namespace
| 		</hosts>
| 	</unbound>
  	  ^^^^^^^ entity.name.namespace.section
| 	<wol/>
  	 ^^^ entity.name.namespace.section
| 	<aliases></aliases>
  	 ^^^^^^^ entity.name.namespace.section
| </pfsense>
    ^^^^^^^ entity.name.tag.localname -meta.section
`,
  ));

test('interface keys are marked as tags, as values and in lists', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<interfaces>
| 		<opt1>
  		 ^^^^ entity.name.tag support.variable.interface
| 			<descr><![CDATA[lan]]></descr>
  			                ^^^ string.unquoted.cdata -variable
| 			<lane>wan</lane>
  			 ^^^^ entity.name.tag -variable
  			      ^^^ support.variable.interface
| 		</opt1>
  		  ^^^^ support.variable.interface
| 	</interfaces>
| 	<filter>
| 			<network>lanip</network>
  			         ^^^^^ support.variable.interface
| 			<network>wanderer</network>
  			         ^^^^^^^^ -variable
| 			<interface>wan,opt12,enc0</interface>
  			           ^^^ support.variable.interface
  			              ^ -variable
  			               ^^^^^ support.variable.interface
  			                     ^^^^ -variable
`,
  ));

test('addresses are marked with their prefix length, and what only looks like one is not', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<aliases>
| 		<address>192.0.2.192/28 198.51.100.7-198.51.100.9</address>
  		         ^^^^^^^^^^^ constant.numeric.address.ipv4
  		                    ^ punctuation.separator.prefix
  		                     ^^ constant.numeric.prefix
  		                       ^ -constant
  		                        ^^^^^^^^^^^^ constant.numeric.address.ipv4
  		                                     ^^^^^^^^^^^^ constant.numeric.address.ipv4
| 		<address>2001:db8:100::4/64 ::1 2001:db8:0:1:2:3:4:5</address>
  		         ^^^^^^^^^^^^^^^ constant.numeric.address.ipv6
  		                         ^^ constant.numeric.prefix
  		                            ^^^ constant.numeric.address.ipv6
  		                                ^^^^^^^^^^^^^^^^^^^^ constant.numeric.address.ipv6
| 		<address>fe80::1%vmx0</address>
  		         ^^^^^^^^^^^^ constant.numeric.address.ipv6
| 		<address>192.0.2.256 192.0.2.1/33 1.2.3 1.2.3.4.5 x192.0.2.1 v1.2.3.4</address>
  		         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ -constant
| 		<mac>00:00:5e:00:53:20</mac>
  		     ^^^^^^^^^^^^^^^^^ -constant
| 		<duid>00:01:00:01:2a:3b:4c:5d:00:00:5e:00:53:11</duid>
  		      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ -constant
| 		<minute>12:30</minute>
  		        ^^^^^ -constant
`,
  ));

test('a reference to a VIP is marked', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<ipsec>
| 			<interface>_vip62a856d41c9a3</interface>
  			           ^^^^^^^^^^^^^^^^^ variable.other.constant.vip
| 			<interface>_vip62a856d41c9a3f</interface>
  			           ^^^^^^^^^^^^^^^^^^ -variable
| 			<active_interface>lan,_vip62a856d41c9a3,lo0</active_interface>
  			                  ^^^ support.variable.interface
  			                      ^^^^^^^^^^^^^^^^^ variable.other.constant.vip
  			                                        ^^^ -variable
`,
  ));

test('a flag is marked where it is empty', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<filter>
| 			<disabled></disabled>
  			 ^^^^^^^^ entity.name.tag variable.other.enummember.flag
  			         ^ punctuation.definition.tag.end
  			          ^^ punctuation.definition.tag.begin
  			            ^^^^^^^^ variable.other.enummember.flag
| 			<enable>enabled</enable>
  			 ^^^^^^ entity.name.tag -entity.other
| 			<anybody></anybody>
  			 ^^^^^^^ entity.name.tag -entity.other
`,
  ));

test('the names of elements that hold secrets are marked', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<hasync>
| 		<password><![CDATA[example &amp; more]]></password>
  		 ^^^^^^^^ entity.name.tag keyword.control.secret
  		          ^^^^^^^^^ punctuation.definition.string.begin string.unquoted.cdata
  		                   ^^^^^^^^ string.unquoted.cdata -constant
  		                           ^^^^^ constant.character.entity
  		                                     ^^^ punctuation.definition.string.end
  		                                          ^^^^^^^^ keyword.control.secret
| 		<passwordless>no</passwordless>
  		 ^^^^^^^^^^^^ entity.name.tag -keyword
| 		<tls></tls>
  		 ^^^ variable.other.enummember.flag -keyword
| 		<tls>ZXhhbXBsZQ==</tls>
  		 ^^^ keyword.control.secret
`,
  ));

test('CDATA and comments reach over lines and hide what is in them', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<!-- <interfaces> 192.0.2.1
  	     ^^^^^^^^^^^^^^^^^^^^^^ comment.block -entity -constant
| 	<nat> --> <nat>
  	^^^^^ comment.block -entity
  	           ^^^ entity.name.namespace.section
| 		<descr><![CDATA[first
| 	<filter> 192.0.2.1 & &lt;
  	^^^^^^^^^^^^^^^^^^^^ string.unquoted.cdata -entity -invalid
  	                     ^^^^ constant.character.entity
| 		]]></descr>
  		^^^ punctuation.definition.string.end
  		     ^^^^^ entity.name.tag
`,
  ));

test('a broken document is marked again from the next section on', () =>
  checkScopes(
    config,
    `
| <pfsense>
| 	<system>
| 		<hostname>fw & co</hostname
  		             ^ invalid.illegal
  		                   ^^^^^^^^ entity.name.tag
| 		<domain attribute="open>example</domain>
  		 ^^^^^^ entity.name.tag
  		                                 ^^^^^^ entity.name.tag -string
| 	<interfaces>
  	 ^^^^^^^^^^ entity.name.namespace.section
| 		<wan>
  		 ^^^ support.variable.interface -entity.name.namespace
| 	</nat>
  	  ^^^ entity.name.tag
| 	<filter>
  	 ^^^^^^ entity.name.namespace.section
| </pfsense>
    ^^^^^^^ entity.name.tag -meta.section
`,
  ));

test('a part of a configuration without its root is marked too', () =>
  checkScopes(
    config,
    `
| <virtualip>
   ^^^^^^^^^ entity.name.tag -entity.name.namespace
| 	<vip>
| 		<interface>lan</interface>
  		           ^^^ support.variable.interface
`,
  ));

test('every line of the samples ends outside strings and comments, and no name is left unmarked', async () => {
  for (const file of ['tutorial/main-pfSense.xml', 'kea/fw-a.xml']) {
    const lines = readFileSync(`samples/${file}`, 'utf8').trimEnd().split('\n');
    const tokens = await tokenize(config, lines);
    const sections = new Set<string>();
    for (const [index, line] of tokens.entries()) {
      for (const token of line) {
        const scopes = token.scopes.join(' ');
        if (/^[<>]/.test(token.text)) assert.match(scopes, /punctuation/, `${file}:${index + 1}: ${token.text}`);
        if (scopes.includes('entity.name.namespace.section')) sections.add(token.text);
      }
      assert.doesNotMatch(line.at(-1)?.scopes.join(' ') ?? '', /comment|invalid/, `${file}:${index + 1}`);
    }
    const expected = lines.flatMap(line => /^\t<(?<name>[a-z][^>]*)>/.exec(line)?.groups?.name ?? []);
    assert.deepEqual([...sections].sort(), [...new Set(expected)].sort(), file);
  }
});

test('a long line of base64, digits, colons or tags costs linear time', async () => {
  const shapes = ['QUJD+/', '1.2.3.', 'ab:', '::', '_vip', '&', '<a', '</', '"', '<!', 'opt1,', '<pfsense '];
  for (const shape of shapes) {
    const started = performance.now();
    await tokenize(config, ['<pfsense>', '\t<cert>', `\t\t<prv>${shape.repeat(20_000 / shape.length)}`]);
    const milliseconds = performance.now() - started;
    // VS Code gives up on lines over 20,000 characters. Measured are 5 to 150 ms; a quadratic pattern needs minutes.
    assert(milliseconds < 5_000, `${shape}: ${milliseconds.toFixed(0)} ms`);
  }
});
