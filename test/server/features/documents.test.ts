import assert from 'node:assert/strict';
import test from 'node:test';
import { closingTag } from '../../../server/src/features/closingTag.ts';
import { codeLenses, countedContent } from '../../../server/src/features/codeLens.ts';
import { complete } from '../../../server/src/features/completion.ts';
import { definitions } from '../../../server/src/features/definitions.ts';
import { documentLinks } from '../../../server/src/features/documentLinks.ts';
import { type DocumentSymbol, documentSymbols } from '../../../server/src/features/documentSymbols.ts';
import { foldingRanges } from '../../../server/src/features/foldingRanges.ts';
import { formattingEdits } from '../../../server/src/features/formatting.ts';
import { highlights } from '../../../server/src/features/highlights.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlayHints.ts';
import { lineIndentationEdit } from '../../../server/src/features/lineIndentation.ts';
import { linkedTags } from '../../../server/src/features/linkedTags.ts';
import { peerPlace } from '../../../server/src/features/peerElement.ts';
import { redact } from '../../../server/src/features/redact/redact.ts';
import { offersAt } from '../../../server/src/features/refactor/index.ts';
import { references } from '../../../server/src/features/references.ts';
import { prepareRename } from '../../../server/src/features/rename.ts';
import { selectionRanges } from '../../../server/src/features/selectionRanges.ts';
import { semanticTokens } from '../../../server/src/features/semanticTokens.ts';
import type { Snapshot } from '../../../server/src/features/snapshot.ts';
import { workspaceSymbols } from '../../../server/src/features/workspaceSymbols.ts';
import { Config } from '../../../server/src/model/config.ts';
import { plainLine } from '../../../server/src/model/prose.ts';
import { type Place, type Span, spanOf } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { featureNames } from '../../harness/questions.ts';

/** A feature, and what it says of each document; the empty text is nothing. */
interface Answers {
  /** In as few words as tell one answer from another. */
  readonly say: (snapshot: Snapshot, offset: number) => string;
  readonly clean: string;
  readonly broken: string;
  readonly empty: string;
  /** What to look for in the documents and what to put there, where a feature is asked of something else than a name. */
  readonly at?: [there: string, cursor: string];
}

/** A config whose alias has these addresses. */
const withAlias = (addresses: string, more = '') => `<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>${addresses}</address>
		</alias>
	</aliases>${more}
</pfsense>`;

/** An alias, and a rule that names it; the peer has another such alias. */
const clean = `--- primary.xml
${withAlias(
  '192.0.2.10 192.0.2.11',
  `
	<filter>
		<rule>
			<source>
				<address>$0WEB</address>
			</source>
		</rule>
	</filter>`,
)}
--- secondary.xml
${withAlias('192.0.2.10')}`;

/** The same as somebody leaves it who is in the middle of it: two end tags are missing, and one stands too many. */
const broken = clean
  .replace('</type>\n', '\n')
  .replace('</address>\n\t\t\t</source>\n', '\n\t\t\t</source>\n')
  .replace('</filter>', '</filter></nat>');

const key = new Uint8Array(32);

const answers: Readonly<Record<string, Answers>> = {
  closingTag: {
    at: ['<source>', '<x>$0<source>'],
    say: ({ config: { document } }, offset) => closingTag(document, offset)?.text ?? '',
    clean: '</x>',
    broken: '</x>',
    empty: '',
  },
  codeLens: {
    say: snapshot =>
      codeLenses(snapshot)
        .map(lens => ('content' in lens ? lens.content : countedContent(snapshot, lens.counts))?.title)
        .join(', '),
    clean: 'node-local, node-local, 1 reference',
    broken: 'node-local, node-local, 1 reference',
    empty: '',
  },
  completion: {
    say: (snapshot, offset) => {
      const { items } = complete(snapshot, { offset, trigger: undefined, endTags: 'offered' });
      return items[0]?.label ?? '';
    },
    clean: 'WEB',
    broken: 'WEB',
    empty: 'pfsense',
  },
  definitions: {
    say: (snapshot, offset) => textsOf(definitions(snapshot, offset).map(({ name }) => name)),
    clean: 'WEB',
    broken: 'WEB',
    empty: '',
  },
  documentLinks: {
    say: snapshot => textsOf(documentLinks(snapshot).map(({ place }) => place)),
    clean: 'pfsense aliases filter rule',
    broken: 'pfsense aliases filter rule',
    empty: '',
  },
  documentSymbols: {
    say: ({ config }) => namesOf(documentSymbols(config)),
    clean: 'version, aliases { WEB (host) }, filter { pass WEB → any }',
    broken: 'version, aliases { WEB }, filter { pass WEB → any }',
    empty: '',
  },
  foldingRanges: {
    say: ({ config: { document } }) => `${foldingRanges(document, 100).length || ''}`,
    clean: '6',
    broken: '8',
    empty: '',
  },
  formatting: {
    at: ['<rule>', '<rule >$0'],
    say: ({ config }) => `${formattingEdits(config).length || ''}`,
    clean: '1',
    broken: '',
    empty: '',
  },
  highlights: {
    say: (snapshot, offset) => textsOf(highlights(snapshot, offset).map(({ place }) => place)),
    clean: 'WEB WEB',
    broken: 'WEB WEB',
    empty: '',
  },
  hover: {
    say: (snapshot, offset) => {
      const [first] = hover(snapshot, { offset, findings: [] })?.prose ?? [];
      return first ? plainLine(first.text) : '';
    },
    clean: 'Alias WEB',
    broken: 'Alias WEB',
    empty: '',
  },
  inlayHints: {
    say: ({ config }) => {
      const range = { start: 0, end: config.document.buffer.length };
      return inlayHints(config, range, new Set(['aliases', 'release']))
        .map(({ text }) => text)
        .join(', ');
    },
    clean: 'pfSense 2.6.0, 192.0.2.10, 192.0.2.11',
    broken: 'pfSense 2.6.0',
    empty: '',
  },
  lineIndentation: {
    at: ['<rule>', '<rule>\n$0'],
    say: ({ config: { document } }, offset) => JSON.stringify(lineIndentationEdit(document, offset)?.text ?? ''),
    clean: '"\\t\\t\\t"',
    broken: '"\\t\\t\\t"',
    empty: '""',
  },
  linkedTags: {
    at: ['<alias>', '<ali$0as>'],
    say: ({ config: { document } }, offset) => spansOf(document, linkedTags(document, offset) ?? []),
    clean: 'alias alias',
    broken: 'alias alias',
    empty: '',
  },
  peerElement: {
    say: (snapshot, offset) => {
      const there = peerPlace(snapshot, offset);
      return there ? `${textsOf([there.at])}${there.instead ? ' instead' : ''}` : '';
    },
    clean: 'pfsense instead',
    broken: 'pfsense instead',
    empty: 'pfsense',
  },
  redact: {
    say: ({ config, peer: other }) => `${redact(other ? [config, other] : [config], key).length}`,
    clean: '2',
    broken: '2',
    empty: '2',
  },
  refactor: {
    say: (snapshot, offset) =>
      offersAt({ snapshot, from: offset, to: offset }, () => true)
        .map(({ offer }) => offer.title)
        .join(', '),
    clean:
      'Inline alias WEB here, Inline alias WEB in the place that names it and remove it, Copy firewall rule without a description on no interface to the secondary',
    broken: '',
    empty: '',
  },
  references: {
    say: (snapshot, offset) => `${references(snapshot, offset, { includeDeclaration: true }).length || ''}`,
    clean: '3',
    broken: '3',
    empty: '',
  },
  rename: {
    say: (snapshot, offset) => {
      const start = prepareRename(snapshot, offset);
      return 'problem' in start ? start.problem : textsOf([start.place]);
    },
    clean: 'WEB',
    broken: 'Mend the broken tags of this file first, or places might be missed.',
    empty: 'There is no name here that other places refer to.',
  },
  selectionRanges: {
    say: ({ config: { document } }, offset) => `${selectionRanges(document, offset).length}`,
    clean: '11',
    broken: '12',
    empty: '0',
  },
  semanticTokens: {
    say: snapshot => spansOf(snapshot.config.document, semanticTokens(snapshot)),
    clean: 'aliases WEB 192.0.2.10 192.0.2.11 aliases filter WEB filter',
    broken: 'aliases WEB 192.0.2.10 192.0.2.11 aliases filter WEB filter',
    empty: '',
  },
  workspaceSymbols: {
    say: ({ config }) =>
      workspaceSymbols([config], '')
        .map(({ name }) => name)
        .join(', '),
    clean: 'version, aliases, WEB (host), filter, pass WEB → any',
    broken: 'version, aliases, WEB, filter, pass WEB → any',
    empty: '',
  },
};

for (const [feature, { say, at, ...expected }] of Object.entries(answers)) {
  test(`${feature}: of a clean, a broken and an empty document`, () => {
    const ask = (source: string) => {
      const { snapshot, offset } = parseCursor(at ? source.replace('$0', '').replace(...at) : source);
      return say(snapshot, offset);
    };
    const { peer } = parseCursor(clean).snapshot;
    const config = new Config(new XmlDocument('file:///empty.xml', ''));
    const found = { clean: ask(clean), broken: ask(broken), empty: say({ config, role: 'primary', peer }, 0) };
    assert.deepEqual(found, expected);
  });
}

test('every feature is among them', () => {
  assert.deepEqual(Object.keys(answers).sort(), featureNames());
});

function textsOf(places: readonly Place[]): string {
  return places
    .map(place => {
      const { start, end } = spanOf(place);
      return place.anchor.document.buffer.slice(start, end);
    })
    .join(' ');
}

function spansOf({ buffer }: Snapshot['config']['document'], spans: readonly Span[]): string {
  return spans.map(({ start, end }) => buffer.slice(start, end)).join(' ');
}

function namesOf(symbols: readonly DocumentSymbol[]): string {
  return symbols
    .map(({ name, children }) => (children.length > 0 ? `${name} { ${namesOf(children)} }` : name))
    .join(', ');
}
