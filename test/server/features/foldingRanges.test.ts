import assert from 'node:assert/strict';
import test from 'node:test';
import { foldingRanges } from '../../../server/src/features/foldingRanges.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

/** Each fold as the line on which it begins and ends, from 1, and `#` for comments. */
function folds(text: string, limit = 1000): string[] {
  const document = new XmlDocument('file:///config.xml', text);
  const line = (offset: number) => document.buffer.positionAt(offset).line + 1;
  return foldingRanges(document, limit).map(
    ({ kind, start, end }) => `${line(start)}-${line(end)}${kind === 'comment' ? '#' : ''}`,
  );
}

const text = `<?xml version="1.0"?>
<pfsense>
	<!-- one
	two -->
	<system>
		<hostname>a</hostname>
		<webgui>
			<port></port>
		</webgui>
		<!-- in
		between -->
		<note><![CDATA[several
<!-- no comment
-->
lines]]></note>
	</system>
</pfsense>
`;

test('elements with children, texts of several lines and comments fold, in document order', () => {
  assert.deepEqual(folds(text), ['2-17', '3-4#', '5-16', '7-9', '10-11#', '12-15']);
});

test('where there are more than the editor takes, the deepest are left out', () => {
  assert.deepEqual(folds(text, 3), ['2-17', '3-4#', '5-16']);
  assert.deepEqual(folds(text, 1), ['2-17']);
  assert.deepEqual(folds(text, 0), []);
});

test('a text that is no XML has no folds, and a broken one those that can be told', () => {
  assert.deepEqual(folds('hello'), []);
  assert.deepEqual(folds(''), []);
  assert.deepEqual(folds('<pfsense>\n\t<system>\n\t\t<a>\n'), ['1-4', '2-4', '3-4']);
});
