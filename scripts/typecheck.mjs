// npm run typecheck: generates what the types need and runs the compiler.
import { typecheck } from './checks.mjs';
import { installPackages } from './install.mjs';
import { tell } from './steps.mjs';

try {
  await installPackages();
  await typecheck();
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
