// Two simulated firewalls beside a sample pair, for npm start: they end with the program that has started them.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleSimulator } from '../esbuild.mjs';
import { Failure, root, step } from './steps.mjs';

const program = 'out-test/simulator.mjs';

/**
 * Starts them with what the files of a pair say, writes where they listen into its manifest, and prints how to try them.
 * @param {{ pair: string }} options the folder with the manifest; it is written to
 * @returns {Promise<{ stop(): void }>}
 */
export async function startSimulator({ pair }) {
  await step('Build the simulated firewalls', () => bundleSimulator({ outfile: program }));
  // What comes to its own standard input is nothing but the news that this program has ended.
  const child = spawn(process.execPath, [join(root, program), pair, '--json', '--until-input-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  const listening = await firstLine(child);
  writeAddresses(join(pair, 'pfsense-ha.json'), listening);
  console.log(
    [
      `\nTwo SIMULATED pfSense ${listening.release} firewalls hold the clean pair. They are no firewalls: nothing real is changed.`,
      `  primary    ${listening.primary.url}   certificate (SHA-256): ${listening.primary.sha256}`,
      `  secondary  ${listening.secondary.url}   certificate (SHA-256): ${listening.secondary.sha256}`,
      `  Log in as ${listening.user} with the password ${listening.password}.`,
      `Change something in ${join(pair, 'main-pfSense.xml')}, then run "HA Pair: Sync to Pair".`,
    ].join('\n'),
  );
  return { stop };
}

/** @returns {Promise<any>} what the simulator tells of itself, as test/simulator/program.ts says */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(new Failure(error.message)));
    child.once('exit', code => reject(new Failure(`The simulated firewalls did not start (status ${code}).`)));
    createInterface({ input: child.stdout }).once('line', line => resolve(JSON.parse(line)));
  });
}

function writeAddresses(file, listening) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const role of ['primary', 'secondary']) manifest.pairs[0][role].url = listening[role].url;
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
}
