import * as vscode from 'vscode';
import { isPfSenseConfig } from './documents.ts';

/**
 * Gives XML documents whose root is `<pfsense>` the language `pfsense-config` once an editor shows them: VS Code itself
 * goes by the file's ending. What no editor shows is left alone, because VS Code opens and closes documents by itself,
 * many times over for one Refactor Preview. Changing a document's language closes and opens it, but it stays the same
 * object; so one that was ours and is XML now is one whose language a person picked, and it is left at that.
 */
export function setLanguages(log: vscode.LogOutputChannel): vscode.Disposable {
  const known = new WeakSet<vscode.TextDocument>();
  const consider = async ({ document }: vscode.TextEditor): Promise<void> => {
    if (document.languageId === 'pfsense-config') known.add(document);
    if (document.languageId !== 'xml' || known.has(document) || !isWanted(document)) return;
    if (!isPfSenseConfig(document)) return;
    known.add(document);
    try {
      await vscode.languages.setTextDocumentLanguage(document, 'pfsense-config');
    } catch (error) {
      // The editor was closed meanwhile, and with it went the need.
      log.debug(`${document.uri.path} stays XML: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const considerAll = (editors: readonly vscode.TextEditor[]) => {
    for (const editor of editors) void consider(editor);
  };
  considerAll(vscode.window.visibleTextEditors);
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(considerAll),
    // Also a document that another language was guessed for, and that was changed to XML since.
    vscode.workspace.onDidOpenTextDocument(document => considerAll(editorsOf(document))),
    vscode.workspace.onDidChangeTextDocument(({ document }) => considerAll(editorsOf(document))),
  );
}

function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(editor => editor.document === document);
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
