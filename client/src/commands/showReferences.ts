import * as vscode from 'vscode';
import type { LensPlace } from '../../../server/src/lsp/protocol.ts';

/**
 * Shows the places in a file that name the thing whose name stands at a place, as the lens has counted them: neither the
 * name itself, nor those of the other node. Code lenses call it; it is in no menu.
 */
export async function showReferences({ uri, position }: LensPlace): Promise<void> {
  const file = vscode.Uri.parse(uri);
  const at = new vscode.Position(position.line, position.character);
  const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', file, at);
  const uses = found.filter(each => each.uri.toString() === file.toString() && !each.range.contains(at));
  await vscode.commands.executeCommand('editor.action.showReferences', file, at, uses);
}
