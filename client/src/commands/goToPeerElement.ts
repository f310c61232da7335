import * as vscode from 'vscode';
import type { Session } from '../session.ts';
import { offerToChoosePair } from './openPeer.ts';

/**
 * Shows the element under the cursor in the other node's configuration: where that is in view already, else beside this one.
 * Where the other node has none such, it shows the nearest around it and says so in the status bar.
 */
export async function goToPeerElement(session: Session): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage('Open one configuration of the pair first.');
    return;
  }
  const { uri } = editor.document;
  const found = await session.peerElement(uri, editor.selection.active);
  if (!found) {
    await offerToChoosePair(session, uri);
    return;
  }
  const shown = vscode.window.visibleTextEditors.find(each => each.document.uri.toString() === found.uri.toString());
  const document = await vscode.workspace.openTextDocument(found.uri);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
    selection: found.range,
  });
  if (found.note !== undefined) vscode.window.setStatusBarMessage(found.note, 10_000);
}
