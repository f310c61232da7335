import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FolderParams,
  listFolderRequest,
  type ReadFile,
  type ReadFileParams,
  readFileRequest,
} from '../../server/src/lsp/protocol.ts';

/** Reads files for a server that has no disk of its own, wherever the workspace lies. */
export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(readFileRequest, ({ uri, most }: ReadFileParams) => readStart(vscode.Uri.parse(uri), most)),
    client.onRequest(listFolderRequest, async ({ folder, depth }: FolderParams) => {
      const pattern = depth === 'all' ? `**/${wanted}` : wanted;
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(vscode.Uri.parse(folder), pattern));
      return found.map(uri => uri.toString());
    }),
  );
}

/** Configs, manifests and baselines. */
const wanted = '{*.xml,*.XML,pfsense-ha*.json}';

async function readStart(uri: vscode.Uri, most: number): Promise<ReadFile | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    // A copy, so that not the whole file goes with its first bytes.
    return { bytes: bytes.slice(0, most), size: bytes.length };
  } catch (error) {
    // Gone, a folder, or not ours to read: for the server all mean that there is no such file.
    if (error instanceof vscode.FileSystemError) return null;
    throw error;
  }
}
