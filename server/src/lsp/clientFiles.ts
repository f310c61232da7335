import type { Connection } from 'vscode-languageserver';
import type { FileContent, Host } from './host.ts';
import { type FolderParams, listFolderRequest, type ReadFileParams, readFileRequest } from './protocol.ts';

/** A worker has no disk: it asks the editor, which reads files wherever it has them. */
export function clientFiles(connection: Connection): Host {
  const list = (params: FolderParams) => connection.sendRequest<readonly string[]>(listFolderRequest, params);
  return {
    async read(uri, most) {
      const params: ReadFileParams = { uri, most };
      return (await connection.sendRequest<FileContent | null>(readFileRequest, params)) ?? undefined;
    },
    async *filesIn(folder) {
      yield* await list({ folder, depth: 'folder' });
    },
    async *filesBelow(folder) {
      yield* await list({ folder, depth: 'all' });
    },
    documentationBase: undefined,
    // A message of one's own comes behind those that have arrived.
    nextTurn(run) {
      const { port1, port2 } = new MessageChannel() as unknown as BrowserChannel;
      port1.onmessage = () => {
        port1.close();
        run();
      };
      port2.postMessage(undefined);
    },
  };
}

/** As a browser has it, of which Node's types say otherwise. */
interface BrowserChannel {
  readonly port1: { onmessage: () => void; close(): void };
  readonly port2: { postMessage(message: undefined): void };
}
