import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

export const roles: readonly Role[] = ['primary', 'secondary'];

/** The pair of the file in view, the only one there is, or the one that a person picks. Absent where there is none. */
export async function chooseLivePair(session: Session, title: string): Promise<LivePair | undefined> {
  const pairs = await session.livePairs();
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const inView = pairs.find(pair => roles.some(role => isSame(pair.nodes[role].uri, active)));
  if (inView) return inView;
  const [first, ...others] = pairs;
  if (!first) {
    const choose = 'Choose Pair…';
    const answer = await vscode.window.showInformationMessage('There is no pair in this workspace.', choose);
    if (answer === choose) await vscode.commands.executeCommand('pfsenseHa.choosePair');
    return undefined;
  }
  if (others.length === 0) return first;
  const items = pairs.map(pair => ({
    pair,
    label: pair.name,
    description: roles.map(role => nameOf(pair, role)).join(' and '),
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.pair;
}

/** What the file of a node is called in the workspace. */
export function nameOf({ nodes }: LivePair, role: Role): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(nodes[role].uri));
}

/** Whether two addresses, however they are spelled, are those of one file. */
export function isSame(one: string, other: string | undefined): boolean {
  return other !== undefined && vscode.Uri.parse(one).toString() === vscode.Uri.parse(other).toString();
}
