import { repairsOf, short } from '../../model/syntaxRepairs.ts';
import type { Fault, FaultKind } from '../../syntax/faults.ts';
import { spanOf } from '../../syntax/tree.ts';
import type { XmlDocument } from '../../syntax/xmlDocument.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'xml-syntax',
  topic: 'xml',
  severity: 'error',
  since: '0.1.0',
  summary: 'The file is well-formed XML.',
  why: `pfSense's parser stops at the first fault and refuses the whole file: a restore fails, and at boot the last backup is used
in its place. Here every fault is reported at its own place, and everything behind it is read on.

A bare \`&\` or \`<\` in a description is the usual one: pfSense writes \`&amp;\` and \`&lt;\`, also inside CDATA.

Source: XML 1.0; pfSense \`src/etc/inc/xmlparse.inc\` (parse_xml_config_raw).`,
  fix: 'Closes the tag, renames one of two tags that do not match, or writes the character as a reference; safe only where the text can mean nothing else.',
  messages: {
    'no-root': 'There is no root element; a pfSense config begins with <pfsense>.',
    'second-root': '{text} begins a second root element; everything belongs between <pfsense> and </pfsense>.',
    'text-outside-root': 'Text stands outside the root element.',
    'unclosed-element': '<{name}> is never closed; </{name}> is missing.',
    'mismatched-end-tag': 'The end tag </{name}> stands where </{expected}> belongs.',
    'stray-end-tag': 'The end tag </{name}> closes nothing: no <{name}> is open here.',
    'unterminated-start-tag': 'The start tag <{name} has no > at its end.',
    'unterminated-end-tag': 'The end tag </{name} has no > at its end.',
    'unterminated-comment': 'The comment never ends: --> is missing, and the rest of the file is lost in it.',
    'unterminated-cdata': 'The CDATA never ends: ]]> is missing, and the rest of the file is lost in it.',
    'unterminated-instruction': 'The declaration never ends: ?> is missing, and the rest of the file is lost in it.',
    'unterminated-declaration': 'The document type never ends: > is missing, and the rest of the file is lost in it.',
    'stray-less-than': 'A < that begins no tag must be written &lt;.',
    'stray-ampersand': 'A & that begins no reference must be written &amp;.',
    'bad-name': '{text} is no name for an element: a name begins with a letter.',
    'blank-in-end-tag': 'A blank stands before the name in an end tag.',
    'text-in-end-tag': '{text} must not stand in an end tag, which holds the name alone.',
    'bad-attribute': 'This is no well-formed attribute; pfSense writes none at all.',
    'duplicate-attribute': 'The attribute {name} stands twice in one tag.',
    'bad-character': 'The character {code} must not stand in XML.',
    'bad-character-reference': '{text} means a character that must not stand in XML.',
    'double-hyphen-in-comment': 'Two hyphens in a row must not stand inside a comment.',
    'cdata-end-in-text': 'The mark ]]> must not stand in text; write ]]&gt;.',
    'misplaced-declaration': 'The XML declaration must be the very first thing in the file.',
  },
  examples: {
    wrong: `
	<snmpd>
		<syslocation>Rack 4 & 5</syslocation>
		                    ^ error: A & that begins no reference must be written &amp;.
		<syscontact>noc@example.org</syscontct>
		                             ^^^^^^^^^ error: The end tag </syscontct> stands where </syscontact> belongs.
	</snmpd>
`,
    right: `
	<snmpd>
		<syslocation>Rack 4 &amp; 5</syslocation>
		<syscontact>noc@example.org</syscontact>
	</snmpd>
`,
  },
  *checkDocument({ document, tree }) {
    // Where something swallowed the root, only that is told.
    const isSwallowed = tree.faults.some(fault => fault.kind.startsWith('unterminated-'));
    for (const fault of tree.faults) if (fault.kind !== 'no-root' || !isSwallowed) yield report(document, fault);
  },
  *checkBranch({ branch }) {
    for (const fault of branch.faults) yield report(branch.document, fault);
  },
});

function report(document: XmlDocument, fault: Fault) {
  const { start, end } = spanOf(fault.at);
  const text = document.buffer.slice(start, end);
  return {
    at: fault.at,
    message: messageOf(fault, document),
    data: { name: short(fault.name), expected: short(fault.expected), text: short(text), code: codeOf(text) },
    fixes: () =>
      repairsOf(document, fault).map(({ title, applicability, edits }) => ({
        title,
        applicability,
        edits: [{ document, edits }],
      })),
  };
}

/** A bad name is one of three things, told apart by what it is and what stands before it. */
function messageOf({ kind, at }: Fault, { buffer }: XmlDocument): FaultKind | 'blank-in-end-tag' | 'text-in-end-tag' {
  if (kind !== 'bad-name') return kind;
  const { start, end } = spanOf(at);
  if (buffer.slice(start, end).trim() === '') return 'blank-in-end-tag';
  return buffer.slice(start - 1, start) === '<' ? kind : 'text-in-end-tag';
}

/** The first character as Unicode writes it: `U+0007`. */
function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
