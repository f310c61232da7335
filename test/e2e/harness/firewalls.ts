// Two simulated firewalls for a window test, and the manifest by which the extension reaches them.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReleaseName } from '../../simulator/release.ts';
import { type SimulatedPair, startPair } from '../../simulator/startPair.ts';

export interface Firewalls {
  readonly pair: SimulatedPair;
  /** The text of a `pfsense-ha.json` beside the sample's files. */
  readonly manifest: string;
}

/** Both nodes hold what the files of a sample say. User `admin`, password `pfsense`. */
export async function startFirewalls(sample: string, version: ReleaseName): Promise<Firewalls> {
  const folder = resolve(import.meta.dirname, '../../..', sample);
  const manifest = JSON.parse(readFileSync(join(folder, 'pfsense-ha.json'), 'utf8'));
  const [named] = manifest.pairs;
  const text = (role: 'primary' | 'secondary') => readFileSync(join(folder, named[role].config), 'utf8');
  const pair = await startPair({
    version,
    primary: text('primary'),
    secondary: text('secondary'),
    lockoutAfter: Number.POSITIVE_INFINITY,
  });
  named.primary.url = pair.primary.url;
  named.secondary.url = pair.secondary.url;
  return { pair, manifest: `${JSON.stringify(manifest, undefined, 2)}\n` };
}
