// npm run typecheck: generates what the types need, installs those of the window tests, runs the compiler.
import { typecheck } from './checks.mjs';
import { installPackages, installVscode } from './install.mjs';
import { tell } from './steps.mjs';

try {
  await installPackages();
  await installVscode();
  await typecheck();
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
