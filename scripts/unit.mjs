// npm run test:unit [-- FILE|FOLDER|NAME…]: the quick inner loop. Generates, bundles, runs; no type-check. Tests that
// start the built programs or read the real configs run where they are named, and in `npm test`.
import { installPackages } from './install.mjs';
import { Failure, tell } from './steps.mjs';
import { choose, isSlow, runTests, summary, unitTestFiles } from './testRunner.mjs';

try {
  await installPackages();
  const args = process.argv.slice(2);
  const chosen = choose(args, unitTestFiles());
  const { patterns } = chosen;
  const files = args.length > 0 ? chosen.files : chosen.files.filter(file => !isSlow(file));
  if (files.length === 0) throw new Failure('There is no unit test yet.');
  const built = !files.some(isSlow) || (await buildForProtocolTests());
  const report = args.length > 0 ? 'every test' : 'failures';
  const counts = await runTests({ suite: 'unit', files, patterns, report });
  console.log(summary(counts));
  if (!built || counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
} catch (error) {
  tell(error);
  process.exitCode = 1;
}

/**
 * Protocol and command-line tests start what stands in dist/, so that must be the code at hand. Where it does not build,
 * the tests of everything else are still worth running.
 */
async function buildForProtocolTests() {
  try {
    const { buildProducts } = await import('../esbuild.mjs');
    await buildProducts({ mode: 'production' });
    return true;
  } catch (error) {
    tell(error);
    console.error('dist/ holds an older build.');
    return false;
  }
}
