import { startIpcServer, startStdioServer } from './nodeServer.ts';

/** The program that an editor starts: `node server.cjs --node-ipc`, or `--stdio` (the default). */
if (process.argv.includes('--node-ipc')) startIpcServer();
else startStdioServer();
