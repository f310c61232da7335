import * as vscode from 'vscode';
import type { WorkspaceState } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

interface FileItem extends vscode.QuickPickItem {
  readonly uri: string;
}

/** Asks which configuration is the primary, which the secondary and what the pair is called, and writes that to the manifest. */
export async function choosePair(session: Session): Promise<void> {
  await session.checkWorkspace();
  const files = filesOf(session.state);
  if (files.length < 2) {
    const found = files.length === 0 ? 'no pfSense configuration' : 'only one pfSense configuration';
    void vscode.window.showInformationMessage(`A pair needs two configurations; this workspace has ${found}.`);
    return;
  }
  const primary = await pick(files, 'Which configuration is the primary’s?');
  if (!primary) return;
  const others = files.filter(file => file.uri !== primary.uri);
  const secondary = await pick(others, 'Which configuration is the secondary’s?');
  if (!secondary) return;
  const name = await askName(session.state, primary.uri);
  if (name === undefined) return;
  await write(session, { name, primary: primary.uri, secondary: secondary.uri });
}

async function write(
  session: Session,
  pair: { readonly name: string; readonly primary: string; readonly secondary: string },
): Promise<void> {
  const result = await session.editManifest(pair);
  if ('problem' in result) {
    void vscode.window.showErrorMessage(result.problem);
    return;
  }
  if (!(await vscode.workspace.applyEdit(result.edit))) {
    void vscode.window.showErrorMessage(`${result.manifest.path} could not be written.`);
    return;
  }
  const manifest = await vscode.workspace.openTextDocument(result.manifest);
  await manifest.save();
  await vscode.window.showTextDocument(manifest, { preview: true });
}

/** The configurations that the server knows, the one in view first. */
function filesOf(state: WorkspaceState | undefined): FileItem[] {
  if (!state) return [];
  const uris = [
    ...state.pairs.flatMap(pair => [pair.primary.uri, pair.secondary.uri]),
    ...state.singles.map(single => single.uri),
  ];
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  return [...new Set(uris)]
    .sort((one, other) => Number(other === active) - Number(one === active) || one.localeCompare(other))
    .map(uri => {
      const path = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
      return { uri, label: path.split('/').at(-1) ?? path, description: path };
    });
}

async function pick(files: readonly FileItem[], title: string): Promise<FileItem | undefined> {
  return vscode.window.showQuickPick(files, { title, matchOnDescription: true });
}

async function askName(state: WorkspaceState | undefined, primary: string): Promise<string | undefined> {
  const before = state?.pairs.find(pair => pair.primary.uri === primary || pair.secondary.uri === primary)?.name;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(primary))?.name;
  return vscode.window.showInputBox({
    title: 'What is the pair called?',
    value: before ?? folder ?? 'pair',
    validateInput: text => (text.trim() === '' ? 'A pair needs a name.' : undefined),
  });
}
