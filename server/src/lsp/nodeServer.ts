import { createConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { disk } from './disk.ts';
import { createServer } from './server.ts';

/** Serves the editor at the other end of standard input and output; `pfsense-ha lsp --stdio` does it too. Returns at once. */
export function startStdioServer(): void {
  // Standard output belongs to the protocol: one stray line in it would break the connection.
  console.log = console.error;
  createServer(createConnection(process.stdin, process.stdout), disk);
}

/** Serves the process that forked this one, as VS Code does. Returns at once. */
export function startIpcServer(): void {
  createServer(createConnection(new IPCMessageReader(process), new IPCMessageWriter(process)), disk);
}
