import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { lostContent } from '../../../server/src/model/lostContent.ts';
import { unsafeTexts } from '../../../server/src/model/unsafeCharacters.ts';
import { type Place, spanOf } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';

const start = `<pfsense>
	<version>23.3</version>
	<system a="1">
		<user><name>é</name><descr><![CDATA[x]]></descr></user>
		<user><!-- one --><name>b</name></user>
		<domain>x</domain>
	</system>
	<snmpd><syslocation>ß</syslocation><!-- two --></snmpd>
</pfsense>
`;
const snippets = [
  '',
  'é',
  'x',
  '<!-- n -->',
  '<a b="1">ö</a>',
  '<name>',
  '</name>',
  '<![CDATA[é]]>',
  '&#233;',
  '-->',
  '<',
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 12 }),
  text: fc.constantFrom(...snippets),
});

/** What both readers find in a document, by offsets. */
function seen(document: XmlDocument, config: Config): unknown {
  const span = (place: Place) => [spanOf(place).start, spanOf(place).end];
  const { comments, attributes } = lostContent(document);
  return [comments.map(span), attributes.map(span), [...unsafeTexts(config)].map(({ place }) => span(place))];
}

test('marked rows: after any edits as in the same text opened anew', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 3 }), (edits, every) => {
      const document = new XmlDocument('file:///a.xml', start);
      const config = new Config(document);
      seen(document, config);
      edits.forEach(({ at, length, text }, i) => {
        const from = Math.floor(at * document.buffer.length);
        document.edit({ from, to: Math.min(document.buffer.length, from + length), text });
        // Nobody asks after each edit.
        if (i % every !== 0) return;
        const fresh = new XmlDocument('file:///a.xml', document.buffer.toString());
        const expected = seen(fresh, new Config(fresh));
        assert.deepEqual(seen(document, config), expected);
        found += JSON.stringify(expected).length > 8 ? 1 : 0;
      });
    }),
    { numRuns: 150 },
  );
  assert.ok(found > 150, `only ${found} texts had anything to find`);
});
