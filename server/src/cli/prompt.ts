import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks at a terminal and waits for a line; what is `hidden` is not shown while it is typed. Absent where the input ends. */
export function ask(question: string, answer: 'shown' | 'hidden'): Promise<string | undefined> {
  const { stdin, stderr } = process;
  stderr.write(question);
  // The line editor shows what is typed by writing it; a stream that swallows it hides a password.
  const output = answer === 'hidden' ? new Writable({ write: (_chunk, _encoding, done) => done() }) : stderr;
  const lines = createInterface({ input: stdin, output, terminal: true });
  return new Promise(resolve => {
    let line: string | undefined;
    lines.once('line', text => {
      line = text;
      lines.close();
    });
    // The line editor takes Ctrl+C for itself; the program is to hear of it as at any other time.
    lines.once('SIGINT', () => {
      lines.close();
      process.kill(process.pid, 'SIGINT');
    });
    lines.once('close', () => {
      if (answer === 'hidden') stderr.write('\n');
      resolve(line);
    });
  });
}
