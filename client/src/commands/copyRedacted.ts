import * as vscode from 'vscode';
import type { RedactedCopy } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

/**
 * Opens copies of both nodes' configurations without secrets, public addresses and names, in editors of their own: who
 * asks for help needs both, made in one go so that they fit together, and should look through them before they leave the
 * house. Nothing is saved, and nothing is in the clipboard unless it is asked for. As plain text they are no
 * configurations of this workspace, and no third and fourth node to be paired.
 */
export async function copyRedacted(session: Session, from: vscode.Uri | undefined): Promise<void> {
  const uri = from ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri) {
    void vscode.window.showInformationMessage('Open one configuration of the pair first.');
    return;
  }
  const result = await session.redact(uri);
  if ('problem' in result) {
    void vscode.window.showInformationMessage(result.problem);
    return;
  }
  // The one that was asked for comes last, and stays in front.
  for (const { text } of result.copies.toReversed()) {
    const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
    await vscode.window.showTextDocument(document, { preview: false });
  }
  await offerClipboard(result.copies);
}

async function offerClipboard(copies: readonly RedactedCopy[]): Promise<void> {
  const [first] = copies;
  if (!first) return;
  const names = copies.map(({ uri }) => vscode.Uri.parse(uri).path.split('/').at(-1));
  const message =
    copies.length > 1
      ? `Redacted copies of ${names.join(' and ')} are open. Look through them before you show them to anybody.`
      : `A redacted copy of ${names[0]} is open. Look through it before you show it to anybody.`;
  const copy = `Copy ${names[0]}`;
  const both = 'Copy Both';
  const answer = await vscode.window.showInformationMessage(message, copy, ...(copies.length > 1 ? [both] : []));
  if (answer === copy) await vscode.env.clipboard.writeText(first.text);
  if (answer === both) await vscode.env.clipboard.writeText(copies.map(({ text }) => text).join('\n'));
}
