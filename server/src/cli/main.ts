import { run } from './commandLine.ts';
import { exitStatus, type Terminal } from './terminal.ts';

/** The program `pfsense-ha`: the command line in a process, with its streams and its exit status. */

const { stdout, stderr, env } = process;

const terminal: Terminal = {
  print: text => stdout.write(text),
  tell: text => stderr.write(text),
  cwd: process.cwd(),
  // https://no-color.org: set and not empty means none.
  hasColours: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  showsProgress: stderr.isTTY === true && env.TERM !== 'dumb',
};

// Whoever reads may stop reading, as `head` does: then there is nobody to print for, and nothing went wrong.
for (const stream of [stdout, stderr]) {
  stream.on('error', error => {
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
