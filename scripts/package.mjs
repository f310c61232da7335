// Packages what stands in dist/ as pfsense-ha.vsix.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, root, runNode, tell } from './steps.mjs';

/** The packaged extension. Its name carries no version, so that scripts and people need not look for it. */
export const vsix = join(root, 'pfsense-ha.vsix');

/**
 * Packages a copy of what .vscodeignore lets through: vsce would walk the whole tree first, and with the VS Code of the
 * window tests in it that takes 15 seconds. Everything is bundled, hence --no-dependencies.
 */
export async function packageExtension() {
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-package-'));
  try {
    for (const file of ['.vscodeignore', ...allowedFiles()]) {
      cpSync(join(root, file), join(folder, file), { preserveTimestamps: true });
    }
    await packFolder(folder, vsix);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Packs a folder that holds an extension, with everything that it needs in it.
 * @param {string} folder
 * @param {string} out the file to write
 */
export async function packFolder(folder, out) {
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license'];
  await runNode('node_modules/@vscode/vsce/vsce', ['package', ...options, '--out', out], { cwd: folder });
}

/** The files that the lines `!folder/*.ending` of .vscodeignore name; vsce applies the same lines once more. */
function allowedFiles() {
  const patterns = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('!'))
    .map(line => line.slice(1).trim());
  return patterns.flatMap(pattern => {
    const folder = dirname(pattern);
    if (folder.includes('*') || basename(pattern).split('*').length > 2) {
      throw new Failure(
        `.vscodeignore: ${pattern} is more than one * in the name of a file, which packaging does not read.`,
      );
    }
    if (!existsSync(join(root, folder))) return [];
    const [start = '', end] = basename(pattern).split('*');
    const fits = name => (end === undefined ? name === start : name.startsWith(start) && name.endsWith(end));
    return readdirSync(join(root, folder))
      .filter(fits)
      .map(name => join(folder, name));
  });
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
