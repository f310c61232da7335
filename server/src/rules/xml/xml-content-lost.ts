import { lostContent } from '../../model/lostContent.ts';
import type { Place } from '../../syntax/tree.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'xml-content-lost',
  topic: 'xml',
  severity: 'info',
  since: '0.1.0',
  summary: 'The file holds nothing that pfSense drops.',
  why: `pfSense reads elements and their texts, and writes the whole file anew at each save in the GUI. **Comments and attributes do not come
back.** A note that should last belongs in a description; what a comment has switched off is gone then, rather than kept for later.

A file is told of once for its comments and once for its attributes, at the first of them.

Source: pfSense \`src/etc/inc/xmlparse.inc\` (parse_xml_config_raw, dump_xml_config).`,
  messages: {
    comment: 'pfSense drops this comment at its next save.',
    comments: 'pfSense drops this comment and {more} more in this file at its next save.',
    attribute: 'pfSense drops attributes at its next save.',
    attributes: 'pfSense drops attributes at its next save; {count} tags of this file have some.',
  },
  examples: {
    wrong: `
	<system>
		<!-- Changed for the audit. -->
		^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: pfSense drops this comment at its next save.
		<hostname>fw1</hostname>
	</system>
`,
    right: `
	<system>
		<hostname>fw1</hostname>
	</system>
`,
  },
  *checkDocument({ document }) {
    const { comments, attributes } = lostContent(document);
    yield* ofComments(comments);
    yield* ofAttributes(attributes);
  },
});

function* ofComments([at, ...others]: readonly Place[]) {
  if (!at) return;
  if (others.length === 0) yield { at, message: 'comment' as const };
  else yield { at, message: 'comments' as const, data: { more: others.length } };
}

function* ofAttributes(places: readonly Place[]) {
  const [at] = places;
  if (!at) return;
  if (places.length === 1) yield { at, message: 'attribute' as const };
  else yield { at, message: 'attributes' as const, data: { count: places.length } };
}
