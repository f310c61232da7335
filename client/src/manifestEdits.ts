import * as vscode from 'vscode';
import type { ManifestEdit } from './session.ts';

/**
 * Makes an edit of the manifest and saves it, unless somebody was at work on it. What keeps it from being made is told.
 * @returns the manifest; absent where the edit was not made
 */
export async function applyManifestEdit(result: ManifestEdit): Promise<vscode.TextDocument | undefined> {
  if ('problem' in result) {
    void vscode.window.showErrorMessage(result.problem);
    return undefined;
  }
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === result.manifest.toString());
  const isAtWork = open?.isDirty === true;
  if (!(await vscode.workspace.applyEdit(result.edit))) {
    void vscode.window.showErrorMessage(`${result.manifest.path} could not be written.`);
    return undefined;
  }
  const manifest = await vscode.workspace.openTextDocument(result.manifest);
  if (!isAtWork) await manifest.save();
  return manifest;
}
