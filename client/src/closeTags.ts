import * as vscode from 'vscode';
import { isPfSenseConfig } from './documents.ts';
import type { Session } from './session.ts';

/** VS Code tells of a keystroke before the language client does, so the server is asked a moment later. */
const milliseconds = 50;

/**
 * Closes an element once `</` or the `>` of its start tag is typed, as VS Code does in HTML. Whoever has automatic closing of
 * brackets switched off has it switched off here.
 */
export function closeTags(session: Session, log: vscode.LogOutputChannel): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    clearTimeout(timer);
    const editor = vscode.window.activeTextEditor;
    const [change] = contentChanges;
    if (!change || contentChanges.length > 1 || reason !== undefined || editor?.document !== document) return;
    if ((change.text !== '/' && change.text !== '>') || change.rangeLength > 0 || !isWanted(document)) return;
    const position = change.range.start.translate(0, 1);
    const { version } = document;
    timer = setTimeout(() => {
      close({ session, editor, position, version }).catch((error: unknown) => {
        log.debug(`Nothing was closed: ${error instanceof Error ? error.message : String(error)}`);
      });
    }, milliseconds);
  });
  return vscode.Disposable.from(listener, { dispose: () => clearTimeout(timer) });
}

interface Typed {
  readonly session: Session;
  readonly editor: vscode.TextEditor;
  /** Behind what was typed. */
  readonly position: vscode.Position;
  /** Of the document then. */
  readonly version: number;
}

async function close({ session, editor, position, version }: Typed): Promise<void> {
  const { document } = editor;
  const isUnchanged = () =>
    document.version === version && editor.selections.length === 1 && editor.selection.active.isEqual(position);
  if (!session.isStarted || !isUnchanged()) return;
  const closing = await session.closingTag(document.uri, position);
  if (!closing || !isUnchanged()) return;
  const snippet = new vscode.SnippetString();
  if (closing.cursor === 'in front') snippet.appendTabstop(0);
  snippet.appendText(closing.text);
  await editor.insertSnippet(snippet, position);
}

function isWanted(document: vscode.TextDocument): boolean {
  const setting = vscode.workspace.getConfiguration('editor', document).get('autoClosingBrackets');
  if (setting === 'never') return false;
  return document.languageId === 'pfsense-config' || (document.languageId === 'xml' && isPfSenseConfig(document));
}
