// The checks that need no running program: types and lint.
import { runNode } from './steps.mjs';

/** Type-checks the whole project; the message of a failure is the compiler's own output. */
export async function typecheck() {
  // Loaded here and not above: on a fresh clone esbuild is installed only by the step before.
  const { generate } = await import('../esbuild.mjs');
  generate();
  await runNode('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json']);
}

export async function lint() {
  await runNode('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']);
}
