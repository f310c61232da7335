import * as vscode from 'vscode';
import type { Session } from '../session.ts';
import { worded } from '../status.ts';

/** Reads every folder anew, checks all configurations, and shows the Problems pane. */
export async function checkWorkspace(session: Session): Promise<void> {
  const summary = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Checking pfSense configurations' },
    () => session.checkWorkspace(),
  );
  if (summary.files === 0) {
    void vscode.window.showInformationMessage('There is no pfSense configuration in this workspace.');
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  const files = summary.files === 1 ? '1 configuration' : `${summary.files} configurations`;
  const pairs = summary.pairs === 1 ? '1 pair' : `${summary.pairs} pairs`;
  const hidden = summary.hidden === 0 ? '' : `, ${summary.hidden} hidden`;
  vscode.window.setStatusBarMessage(`HA Pair: ${files}, ${pairs}: ${worded(summary.counts)}${hidden}.`, 10_000);
}
