import * as vscode from 'vscode';
import type { LensPlace } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';
import { offerToChoosePair } from './openPeer.ts';

/**
 * Compares both nodes' configurations, the primary's on the left, with the same element in view on either side.
 *
 * @param place absent where a person has called it: then it is where the cursor stands
 */
export async function compareWithPeer(session: Session, place: LensPlace | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const uri = place ? vscode.Uri.parse(place.uri) : editor?.document.uri;
  if (!uri) {
    void vscode.window.showInformationMessage('Open one configuration of the pair first.');
    return;
  }
  const { line, character } = place?.position ?? editor?.selection.active ?? { line: 0, character: 0 };
  const here = new vscode.Position(line, character);
  const [peer, element] = await Promise.all([session.peerOf(uri), session.peerElement(uri, here)]);
  if (!peer || !element) {
    await offerToChoosePair(session, uri);
    return;
  }
  const isPrimary = peer.role !== 'primary';
  const [left, right] = isPrimary ? [uri, element.uri] : [element.uri, uri];
  // What is shown is where it stands on the right.
  const selection = isPrimary ? element.range : new vscode.Range(here, here);
  const title = `${nameOf(left)} ↔ ${nameOf(right)}`;
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { selection });
}

function nameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) ?? path;
}
