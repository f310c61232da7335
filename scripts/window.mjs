// npm run test:window [-- FILE|NAME…]: builds, packages, and drives the result in a real VS Code. With
// PFSENSE_HA_SCREENSHOTS=1 the pictures that the tests take for the README replace those in docs/images.
import { build } from './build.mjs';
import { installBrowser, installPackages, installVscode } from './install.mjs';
import { packageExtension } from './package.mjs';
import { Failure, step, tell } from './steps.mjs';
import { choose, runTests, summary, windowTestFiles } from './testRunner.mjs';

try {
  const args = process.argv.slice(2);
  const { files, patterns } = choose(args, windowTestFiles());
  if (files.length === 0) throw new Failure('There is no window test yet.');
  await installPackages();
  const browser = await installBrowser();
  await installVscode();
  await step('Build', build);
  await step('Package', packageExtension);
  const counts = await runTests({
    suite: 'window',
    files,
    patterns,
    env: { CHROME_PATH: browser },
    report: 'every test',
  });
  console.log(summary(counts));
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
