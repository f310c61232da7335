import * as vscode from 'vscode';
import { isPfSenseConfig } from './documents.ts';

/**
 * Gives XML documents whose root is `<pfsense>` the language `pfsense-config`: VS Code itself goes by the file's
 * ending. Changing a document's language closes and opens it, but it stays the same object; so one that was ours
 * and is XML now is one whose language a person picked, and it is left at that.
 */
export function setLanguages(): vscode.Disposable {
  const known = new WeakSet<vscode.TextDocument>();
  const consider = async (document: vscode.TextDocument): Promise<void> => {
    if (document.languageId === 'pfsense-config') known.add(document);
    if (document.languageId !== 'xml' || known.has(document) || !isWanted(document)) return;
    if (!isPfSenseConfig(document)) return;
    known.add(document);
    await vscode.languages.setTextDocumentLanguage(document, 'pfsense-config');
  };
  vscode.workspace.textDocuments.forEach(consider);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document)),
  );
}

/** Whether the settings leave the choice to us: an association of the file's name with XML is a person's choice, too. */
function isWanted(document: vscode.TextDocument): boolean {
  if (!vscode.workspace.getConfiguration('pfsenseHa', document).get('setLanguage', true)) return false;
  const associations = vscode.workspace
    .getConfiguration('files', document)
    .get<Record<string, string>>('associations', {});
  return !Object.entries(associations).some(
    ([pattern, language]) =>
      language === 'xml' &&
      vscode.languages.match({ pattern: pattern.includes('/') ? pattern : `**/${pattern}` }, document) > 0,
  );
}
