// npm run bench [-- NAME…]: builds for production, then runs test/bench/NAME.bench.ts, or every one of them.
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { installPackages } from './install.mjs';
import { Failure, root, tell } from './steps.mjs';
import { filesBelow } from './testRunner.mjs';

const ending = '.bench.ts';

try {
  const files = filesBelow('test/bench', { ending });
  const names = process.argv.slice(2);
  const chosen = names.length === 0 ? files : files.filter(file => names.includes(basename(file, ending)));
  if (chosen.length === 0) {
    throw new Failure(
      `No such benchmark; there is ${files.map(file => basename(file, ending)).join(', ') || 'none yet'}.`,
    );
  }
  await installPackages();
  const { buildProducts, bundleTests } = await import('../esbuild.mjs');
  await buildProducts({ mode: 'production' });
  for (const file of chosen) {
    const outfile = `out-test/bench/${basename(file, ending)}.mjs`;
    await bundleTests({ files: [file], outfile });
    const { status, signal } = spawnSync(
      process.execPath,
      ['--enable-source-maps', '--expose-gc', join(root, outfile)],
      {
        cwd: root,
        stdio: 'inherit',
      },
    );
    if (status !== 0) throw new Failure(`${file} ended with ${signal ?? status}.`);
  }
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
