// Two simulated pfSense nodes beside a sample pair, for trying out Sync to Pair.
import { runProgram } from './program.ts';

function inputEnds(): Promise<void> {
  return new Promise(resolve => process.stdin.once('end', resolve).resume());
}

try {
  const pair = await runProgram(process.argv.slice(2), { print: line => console.log(line), inputEnds });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Standard input that nobody ends would keep the program.
    process.once(signal, () => void pair?.dispose().finally(() => process.exit()));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
