import * as vscode from 'vscode';
import type { Session } from '../session.ts';

/** Opens the other node's configuration beside this one. */
export async function openPeer(session: Session, from: vscode.Uri | undefined): Promise<void> {
  const uri = from ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri) {
    void vscode.window.showInformationMessage('Open one configuration of the pair first.');
    return;
  }
  const peer = await session.peerOf(uri);
  if (!peer) {
    await offerToChoosePair(session, uri);
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(peer.uri));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false });
}

/** Says why a file has no peer, and offers to settle it. */
export async function offerToChoosePair(session: Session, uri: vscode.Uri): Promise<void> {
  const reason = session.state?.singles.find(single => single.uri === uri.toString())?.reason;
  const choose = 'Choose Pair…';
  const answer = await vscode.window.showInformationMessage(reason ?? 'This file belongs to no pair.', choose);
  if (answer === choose) await vscode.commands.executeCommand('pfsenseHa.choosePair');
}
