import { Config } from '../../model/config.ts';
import { MarkedRows } from '../../model/markedRows.ts';
import { isInCdata } from '../../model/textForm.ts';
import { readVersion } from '../../model/version.ts';
import { setText } from '../../model/write.ts';
import { htmlCharacters } from '../../syntax/htmlEntities.ts';
import { pieces } from '../../syntax/pieces.ts';
import { type Branch, Column, Element, Flag, type Place, spanOf } from '../../syntax/tree.ts';
import { readValue } from '../../syntax/value.ts';
import type { Fix } from '../finding.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'xml-entity-undefined',
  topic: 'xml',
  severity: 'error',
  since: '0.1.0',
  summary: 'Outside CDATA stand only the five entities that XML has.',
  why: `XML knows \`&amp;\`, \`&lt;\`, \`&gt;\`, \`&quot;\` and \`&apos;\`. Any other name, such as \`&eacute;\` of HTML, is undefined: pfSense's
parser stops there, refuses the whole file, and goes back to the last backup. Inside CDATA, where pfSense up to config version 24.4 writes
them itself, such names are plain text to the parser, and pfSense decodes them afterwards.

References by number (\`&#233;\`) are fine everywhere.

Source: XML 1.0 §4.1; pfSense \`src/etc/inc/xmlparse.inc\` (cData, dump_xml_config_sub).`,
  fix: 'Puts the text in CDATA where pfSense does so for that tag, else writes the character itself, or `&amp;` for a name that nobody knows.',
  messages: {
    html: '{reference} is a name of HTML, not of XML: pfSense refuses the whole file.',
    unknown: '{reference} is no name that XML knows: pfSense refuses the whole file.',
  },
  examples: {
    wrong: `
	<version>23.3</version>
	<snmpd>
		<syslocation>Caf&eacute;</syslocation>
		                ^^^^^^^^ error: &eacute; is a name of HTML, not of XML: pfSense refuses the whole file.
	</snmpd>
`,
    right: `
	<version>23.3</version>
	<snmpd>
		<syslocation>Caf&#233;</syslocation>
		<descr><![CDATA[Caf&eacute;]]></descr>
	</snmpd>
`,
  },
  *checkBranch({ branch }) {
    for (const row of marked.of(branch)) {
      const element = new Element(branch, row);
      for (const { at, reference } of undefinedIn(branch, element)) {
        yield {
          at,
          message: htmlCharacters.has(reference.slice(1, -1)) ? 'html' : 'unknown',
          data: { reference },
          fixes: () => [repair(element, { at, reference })],
        };
      }
    }
  },
});

/** The elements with such a name in their own text. */
const marked = new MarkedRows((branch, row) => {
  if ((branch.at(Column.flags, row) & Flag.hasReferences) === 0) return false;
  for (const _ of undefinedIn(branch, new Element(branch, row))) return true;
  return false;
});

interface Reference {
  readonly at: Place;
  /** As it is written: `&eacute;`. */
  readonly reference: string;
}

const known: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

function* undefinedIn({ document: { buffer } }: Branch, element: Element): Iterable<Reference> {
  for (const { kind, at } of pieces(element)) {
    if (kind !== 'text') continue;
    const { start, end } = spanOf(at);
    for (const match of buffer.slice(start, end).matchAll(/&([\p{L}_:][\p{L}\p{N}_:.-]*);/gu)) {
      if (known.has(match[1] ?? '')) continue;
      const from = at.from + match.index;
      yield { at: { ...at, from, to: from + match[0].length }, reference: match[0] };
    }
  }
}

function repair(element: Element, { at, reference }: Reference): Fix {
  const { document } = element;
  const config = new Config(document);
  const character = htmlCharacters.get(reference.slice(1, -1));
  if (character !== undefined && !element.hasChildren && isInCdata(element.name, config.query(readVersion))) {
    const edit = setText(config, element, readValue(element, 'html'));
    return {
      title: 'Put the text in CDATA, as pfSense does',
      applicability: 'safe',
      edits: [{ document, edits: [edit] }],
    };
  }
  const { start, end } = spanOf(at);
  const text = character ?? `&amp;${reference.slice(1)}`;
  return {
    title: `Write ${text}`,
    applicability: character === undefined ? 'suggestion' : 'safe',
    edits: [{ document, edits: [{ from: start, to: end, text }] }],
  };
}
