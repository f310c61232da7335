// Packages what stands in dist/ as pfsense-ha.vsix.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runNode, tell } from './steps.mjs';

/** The packaged extension. Its name carries no version, so that scripts and people need not look for it. */
export const vsix = join(root, 'pfsense-ha.vsix');

/** Everything is bundled, hence --no-dependencies; the project is not bound to one place on the web. */
export async function packageExtension() {
  await runNode('node_modules/@vscode/vsce/vsce', [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ]);
}

if (process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url) {
  try {
    await packageExtension();
    console.log(vsix);
  } catch (error) {
    tell(error);
    process.exitCode = 1;
  }
}
