import assert from 'node:assert/strict';
import test from 'node:test';
import { formattingEdits } from '../../../server/src/features/formatting.ts';
import { Config } from '../../../server/src/model/config.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { sampleFiles } from '../../harness/everyOffset.ts';
import { randomNumbers } from '../../harness/generateConfig.ts';

const configOf = (text: string) => new Config(new XmlDocument('file:///config.xml', text));

/** What formatting makes of a text, or of what stands between two `$` in it. */
function formatted(marked: string): string {
  const from = marked.indexOf('$');
  const text = marked.replaceAll('$', '');
  const config = configOf(text);
  const range = from < 0 ? undefined : { from, to: marked.lastIndexOf('$') - 1 };
  config.document.edits([...formattingEdits(config, range)].reverse());
  return config.document.buffer.toString();
}

const whole = (version: string, body: string) =>
  `<?xml version="1.0"?>\n<pfsense>\n\t<version>${version}</version>\n${body}</pfsense>\n`;

test('one element a line, one TAB a level, no empty lines, and the declaration', () => {
  assert.equal(
    formatted(
      '<pfsense><version>23.3</version>\n\n  <system><hostname>fw</hostname>\n<dnsserver>192.0.2.53</dnsserver>  </system></pfsense>',
    ),
    whole('23.3', '\t<system>\n\t\t<hostname>fw</hostname>\n\t\t<dnsserver>192.0.2.53</dnsserver>\n\t</system>\n'),
  );
});

test('empty elements are written with both tags, without CDATA', () => {
  assert.equal(
    formatted(
      whole(
        '23.3',
        '\t<wol />\n\t<a x="1"/>\n\t<descr><![CDATA[]]></descr>\n\t<b>  </b>\n\t<c>\n\n\t</c>\n\t<d>\n\t</d>\n',
      ),
    ),
    whole('23.3', '\t<wol></wol>\n\t<a x="1"></a>\n\t<descr></descr>\n\t<b></b>\n\t<c></c>\n\t<d>\n\t</d>\n'),
    'of a list that has been emptied pfSense leaves two lines',
  );
});

test('no blanks stand in a tag behind its name, and attributes stay', () => {
  assert.equal(
    formatted(
      '<?xml version="1.0"?>\n<pfsense >\n\t<version\n>23.3</version >\n\t<a x="1" ><b >c</b\t></a >\n</pfsense\n>\n',
    ),
    whole('23.3', '\t<a x="1" >\n\t\t<b>c</b>\n\t</a>\n'),
  );
});

test('CDATA stands where the version of the file puts it, and nowhere else', () => {
  const body = '\t<descr>a &amp; b</descr>\n\t<hint>c</hint>\n\t<hostname><![CDATA[fw]]></hostname>\n';
  assert.equal(
    formatted(whole('22.9', body)),
    whole('22.9', '\t<descr><![CDATA[a &amp; b]]></descr>\n\t<hint><![CDATA[c]]></hint>\n\t<hostname>fw</hostname>\n'),
  );
  assert.match(formatted(whole('22.2', body)), /<hint>c<\/hint>/);
});

test('how characters are written stays, and so does CDATA where the text would read otherwise or the version is unknown', () => {
  const kept = [
    '\t<descr>it&apos;s</descr>\n',
    '\t<hostname><![CDATA[a < b]]></hostname>\n',
    '\t<hostname><![CDATA[&eacute;]]></hostname>\n',
    '\t<descr><!-- why --> fw</descr>\n',
    '\t<descr>a<![CDATA[b]]></descr>\n',
  ].join('');
  assert.equal(formatted(whole('23.3', kept)), whole('23.3', kept));
  assert.equal(formatted(whole('new', '\t<descr>a</descr>\n')), whole('new', '\t<descr>a</descr>\n'));
});

test('pfSense takes TABs and line ends off a text, but no spaces', () => {
  assert.equal(
    formatted(whole('23.3', '\t<a>\n\t\tx y \n\t</a>\n\t<descr>\n<![CDATA[\n z]]>\n</descr>\n')),
    whole('23.3', '\t<a>x y </a>\n\t<descr><![CDATA[ z]]></descr>\n'),
  );
});

test('comments keep their words: on the line of what they follow, or indented on their own', () => {
  assert.equal(
    formatted(
      whole(
        '23.3',
        '<!-- one\n two --><system>\n<hostname>fw</hostname> <!-- here -->\n  <!-- last -->\n</system>\n<wol>\n<!-- none -->\n</wol>\n',
      ),
    ),
    whole(
      '23.3',
      '\t<!-- one\n two -->\n\t<system>\n\t\t<hostname>fw</hostname> <!-- here -->\n\t\t<!-- last -->\n\t</system>\n\t<wol>\n\t\t<!-- none -->\n\t</wol>\n',
    ),
  );
});

test('text between elements, and what surrounds it, is left alone', () => {
  const text = whole('23.3', '\t<system>lost  <a></a>\n\t</system>\n');
  assert.equal(formatted(text), text);
});

test('a range changes nothing outside of it', () => {
  assert.equal(
    formatted('<pfsense>\n <a></a>\n$ <b></b>\n$ <c></c>\n</pfsense>\n'),
    '<pfsense>\n <a></a>\n\t<b></b>\n <c></c>\n</pfsense>\n',
  );
});

test('a range gives the edits of the whole that lie in it', () => {
  const random = randomNumbers(9);
  for (const { text } of sampleFiles()) {
    const config = configOf(text.replaceAll('\t\t\t', ' ').replaceAll('></', '> </'));
    const whole = formattingEdits(config);
    assert.ok(whole.length > 50);
    for (let i = 0; i < 20; i++) {
      const [from = 0, to = 0] = [random(), random()]
        .map(share => Math.floor(share * text.length))
        .sort((a, b) => a - b);
      assert.deepEqual(
        formattingEdits(config, { from, to }),
        whole.filter(edit => from <= edit.from && edit.to <= to),
      );
    }
  }
});

test('a file with other line ends keeps them', () => {
  assert.equal(
    formatted('<?xml version="1.0"?>\r\n<pfsense>\r\n<a></a>\r\n\r\n</pfsense>\r\n'),
    '<?xml version="1.0"?>\r\n<pfsense>\r\n\t<a></a>\r\n</pfsense>\r\n',
  );
});

test('a broken, an empty and a foreign text get no edit', () => {
  for (const text of [
    '',
    'hello',
    '<pfsense>\n<a>\n</pfsense>',
    '<pfsense>\n<a></b>\n<c></c></pfsense>',
    '<pfsense/>',
  ]) {
    assert.deepEqual(formattingEdits(configOf(text)), [], text);
  }
});

test('edits are small: one line among thousands costs one', () => {
  const lines = '\t<a>x</a>\n'.repeat(5000);
  const config = configOf(whole('23.3', `${lines}  <b></b>\n${lines}`));
  assert.deepEqual(
    formattingEdits(config).map(({ from, to, text }) => [to - from, text]),
    [[2, '\t']],
  );
});

test('the samples, which pfSense wrote, stay as they are', () => {
  for (const { name, text } of sampleFiles()) assert.deepEqual(formattingEdits(configOf(text)), [], name);
});
