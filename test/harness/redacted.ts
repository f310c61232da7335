import { numberedPath } from '../../server/src/cli/formats/numberedPath.ts';
import { redact } from '../../server/src/features/redact/redact.ts';
import { Config } from '../../server/src/model/config.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { isSecretName } from '../../server/src/schema/secrets.ts';
import { Element } from '../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

export const testKey = Uint8Array.from({ length: 32 }, (_, i) => i * 7);

/** The copies of these texts that are to be shown to others. */
export function redactTexts(texts: readonly string[], key = testKey): readonly string[] {
  return redact(
    texts.map(text => new Config(new XmlDocument('file:///original.xml', text))),
    key,
  );
}

/** What is found in each of two texts of a pair, or in one text: the rule, the message and the element, not the values. */
export function foundIn(texts: readonly string[]): readonly string[] {
  const workspace = new Workspace();
  const names = ['primary', 'secondary'].slice(0, texts.length);
  if (texts.length === 2) {
    const pair = { name: 'pair', primary: { config: 'primary.xml' }, secondary: { config: 'secondary.xml' } };
    workspace.setDiskText('file:///pair/pfsense-ha.json', JSON.stringify({ pairs: [pair] }));
  }
  names.forEach((name, i) => {
    workspace.setDiskText(`file:///pair/${name}.xml`, texts[i] ?? '');
  });
  const all = new WorkspaceFindings(workspace, { rules });
  return names
    .flatMap(name =>
      all.of(`file:///pair/${name}.xml`).map(({ rule, wording, severity, at }) => {
        return `${name} ${severity} ${rule} ${wording.id} ${numberedPath(at)}`;
      }),
    )
    .sort();
}

/** The texts of elements that hold secrets, as they are written and as pfSense reads them. */
export function secretsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const config = new Config(new XmlDocument('file:///original.xml', text));
  for (const branch of config.document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      if (!isSecretName(element.name, element.parent?.name) || element.hasChildren) continue;
      for (const each of [element.content.trim(), config.text(element)]) if (each !== '') found.add(each);
    }
  }
  return found;
}
