import { hasWholeStartTag } from '../../model/syntaxRepairs.ts';
import { type Branch, Column, Element, spanOf } from '../../syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../../syntax/xmlDocument.ts';
import type { Fix } from '../finding.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'xml-tag-case',
  topic: 'xml',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Tag names are in lower case.',
  why: `pfSense lower-cases every tag on reading and writes it back so at its next save. \`<Domain>\` therefore works, but whoever
searches the file or compares it with the peer's looks for \`<domain>\`, and an end tag in another case than its start tag is not
well-formed.

Source: pfSense \`src/etc/inc/xmlparse.inc\` (startElement).`,
  fix: 'Writes both tags in lower case.',
  messages: {
    capitals: 'The tag <{tag}> has capitals; pfSense reads and writes it as <{name}>.',
  },
  examples: {
    wrong: `
	<system>
		<Domain>example.org</Domain>
		 ^^^^^^ warning: The tag <Domain> has capitals; pfSense reads and writes it as <domain>.
	</system>
`,
    right: `
	<system>
		<domain>example.org</domain>
	</system>
`,
  },
  *checkDocument({ document, tree: { root, spine } }) {
    if (!root || root.tag === root.tag.toLowerCase()) return;
    const { tag } = root;
    yield {
      at: { anchor: spine, from: root.start + 1 - spine.start, to: root.nameEnd - spine.start },
      message: 'capitals',
      data: { tag, name: tag.toLowerCase() },
      fixes: () => {
        const now = document.tree.root ?? root;
        return [lowerCase(document, { tag, start: now.start, endTag: endTagOf(now.isSelfClosing, now.contentEnd) })];
      },
    };
  },
  *checkBranch({ branch }) {
    const capitals = capitalNames(branch);
    if (!capitals) return;
    for (let row = 0; row < branch.rows; row++) {
      if (capitals[branch.at(Column.name, row)] === 0) continue;
      const element = new Element(branch, row);
      const { tag, name } = element;
      yield {
        at: element.namePlace,
        message: 'capitals',
        data: { tag, name },
        fixes: () => {
          if (!hasWholeStartTag(element)) return [];
          // A blank may stand before the name in an end tag, which is another mistake.
          const endName = element.endTagNamePlace;
          const endTag = endName && spanOf(endName).start - 2;
          return [lowerCase(element.document, { tag, start: element.start, endTag })];
        },
      };
    }
  },
});

/** For each name's number whether it has capitals; absent where none has, as is the rule. */
function capitalNames({ names }: Branch): Uint8Array | undefined {
  let marks: Uint8Array | undefined;
  for (let id = 0; id < names.count; id++) {
    if (names.tag(id) === names.key(id)) continue;
    marks ??= new Uint8Array(names.count);
    marks[id] = 1;
  }
  return marks;
}

function endTagOf(hasNone: boolean, contentEnd: number): number | undefined {
  return hasNone ? undefined : contentEnd;
}

/** Lower-cases the names in place; an end tag is left alone where it names another element (that is xml-syntax's business). */
function lowerCase(
  document: XmlDocument,
  { tag, start, endTag }: { readonly tag: string; readonly start: number; readonly endTag: number | undefined },
): Fix {
  const name = tag.toLowerCase();
  const edits: TextEdit[] = [{ from: start + 1, to: start + 1 + tag.length, text: name }];
  if (endTag !== undefined) {
    const from = endTag + 2;
    const written = document.buffer.slice(from, from + tag.length);
    if (written !== name && written.toLowerCase() === name) edits.push({ from, to: from + tag.length, text: name });
  }
  return { title: `Write <${name}> in lower case`, applicability: 'safe', edits: [{ document, edits }] };
}
