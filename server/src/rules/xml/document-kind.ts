import { documentKindOf, documentKindTexts } from '../../model/documentKind.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { XmlDocument } from '../../syntax/xmlDocument.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'document-kind',
  topic: 'xml',
  severity: 'info',
  since: '0.1.0',
  summary: 'The file is a pfSense config.',
  why: `Only a whole pfSense \`config.xml\`, with \`<pfsense>\` as its root, is checked. Three near relations get this one note,
and no other rule looks at them:

- an **OPNsense** export (\`<opnsense>\`): OPNsense began as pfSense, but its config means other things in the same words;
- an **encrypted** backup (\`---- BEGIN config.xml ----\`): nothing in it can be read without its password;
- the backup of **one area** (Diagnostics > Backup & Restore with an area chosen): its root is the area's own element, and
  what the rules compare is in the others. It is told from other XML by its root and its first child, so that an area whose
  name says little (\`<system>\`, \`<cron>\`) is left alone.

Any other XML is left alone without a word, unless the command line or the manifest names the file.

Source: pfSense \`src/etc/inc/xmlparse.inc\` (the root's name), \`src/usr/local/www/diag_backup.php\` (areas, encryption).`,
  messages: {
    opnsense: documentKindTexts.opnsense,
    encrypted: documentKindTexts.encrypted,
    area: documentKindTexts.area,
  },
  examples: {
    wrong: `
<?xml version="1.0"?>
<opnsense>
 ^^^^^^^^ info: This is an OPNsense config; only pfSense configs are checked.
	<version>11.2</version>
</opnsense>
`,
    right: `
<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
</pfsense>
`,
  },
  *checkDocument({ document, tree }) {
    const kind = documentKindOf(document);
    if (kind === 'opnsense') yield { at: rootName(tree), message: 'opnsense' };
    if (kind === 'encrypted') yield { at: firstLine(document, tree), message: 'encrypted' };
    if (kind === 'area') yield { at: rootName(tree), message: 'area', data: { root: tree.root?.tag ?? '' } };
  },
});

function rootName({ root, spine }: Tree) {
  return { anchor: spine, from: (root?.start ?? 0) + 1 - spine.start, to: (root?.nameEnd ?? 1) - spine.start };
}

function firstLine({ buffer }: XmlDocument, { spine }: Tree) {
  const from = /^\s*/.exec(buffer.slice(0, 1000))?.[0].length ?? 0;
  return { anchor: spine, from, to: buffer.offsetAt(buffer.positionAt(from).line, Number.MAX_SAFE_INTEGER) };
}
