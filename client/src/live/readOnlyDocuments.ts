import * as vscode from 'vscode';

const scheme = 'pfsense-ha';

/** Texts that are shown and lie nowhere: reports, plans, and configurations with their secrets hidden. */
export class ReadOnlyDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly registrations: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  /** @param name what its tab is called; its ending gives the language */
  add(name: string, text: string): vscode.Uri {
    this.count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${this.count}/${name}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  async show(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.add(name, text));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Shows two texts side by side; what is on the left is what was before. */
  async compare(
    title: string,
    left: { readonly name: string; readonly text: string },
    right: typeof left,
  ): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.add(left.name, left.text),
      this.add(right.name, right.text),
      title,
      { preview: false } satisfies vscode.TextDocumentShowOptions,
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  dispose(): void {
    this.registrations.dispose();
  }
}
