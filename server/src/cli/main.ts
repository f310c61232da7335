import { run } from './commandLine.ts';
import { ask } from './prompt.ts';
import { exitStatus, type Terminal } from './terminal.ts';

/** The program `pfsense-ha`: the command line in a process, with its streams and its exit status. */

const { stdin, stdout, stderr, env } = process;

const terminal: Terminal = {
  print: text => stdout.write(text),
  tell: text => stderr.write(text),
  cwd: process.cwd(),
  // https://no-color.org: set and not empty means none.
  hasColours: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  showsProgress: stderr.isTTY === true && env.TERM !== 'dumb',
  env,
  ask: stdin.isTTY === true && stderr.isTTY === true ? ask : undefined,
  interrupted,
};

let interruption: AbortController | undefined;

function interrupted(): AbortSignal {
  if (interruption) return interruption.signal;
  const controller = new AbortController();
  interruption = controller;
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  // What is pushed may cut the very connection that the terminal hangs on: then it counts all the more that it is read back.
  process.on('SIGHUP', () => undefined);
  return controller.signal;
}

// Whoever reads may stop reading, as `head` does: then there is nobody to print for, and nothing went wrong. What is under
// way on a firewall is brought to its end all the same, and the status tells how it ended.
for (const stream of [stdout, stderr]) {
  stream.on('error', error => {
    if (interruption) return;
    if ('code' in error && error.code === 'EPIPE') process.exit();
    throw error;
  });
}

run(process.argv.slice(2), terminal).then(
  status => {
    if (status !== undefined) process.exitCode = status;
  },
  error => {
    // A bug of ours: its trace names our files and lines, never what is in a configuration.
    stderr.write(
      `pfsense-ha: this should not have happened. ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = exitStatus.failure;
  },
);
