// Two simulated firewalls for a window test, and the manifest by which the extension reaches them.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { secretsWithin } from '../../../server/src/model/hiddenSecrets.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import type { ReleaseName } from '../../simulator/release.ts';
import { defaultPasswords, type SimulatedPair, startPair } from '../../simulator/startPair.ts';
import type { Session } from './session.ts';

/** The password of `admin` on both. It is like no other text, so that it can be looked for. */
export const password = 'only-in-this-test-7391';

export interface Firewalls {
  readonly pair: SimulatedPair;
  /** The text of a `pfsense-ha.json` beside the sample's files. */
  readonly manifest: string;
  /** The same with the certificates of both pinned. */
  readonly pinned: string;
  /** Every secret of the sample's files that is long enough to be looked for, and the password. */
  readonly secrets: readonly string[];
}

/** The files of {@link openTutorial}. */
export const [main, second, manifestName] = ['main-pfSense.xml', 'second-pfSense.xml', 'pfsense-ha.json'] as const;

/** A window with the tutorial's pair, whose firewalls are simulated. */
export async function openTutorial(vscode: Session, manifest: 'with addresses' | 'with certificates') {
  const firewalls = await startFirewalls('samples/tutorial', '2.6.0');
  const text = manifest === 'with addresses' ? firewalls.manifest : firewalls.pinned;
  const files = { [manifestName]: text };
  const window = await vscode.openWindow({ sample: 'samples/tutorial', files, open: main });
  await window.languageStatusUntil(/^tutorial: primary/);
  return { firewalls, window };
}

/** Both nodes hold what the files of a sample say. */
async function startFirewalls(sample: string, version: ReleaseName): Promise<Firewalls> {
  const folder = resolve(import.meta.dirname, '../../..', sample);
  const manifest = JSON.parse(readFileSync(join(folder, 'pfsense-ha.json'), 'utf8'));
  const [named] = manifest.pairs;
  const text = (role: 'primary' | 'secondary') => readFileSync(join(folder, named[role].config), 'utf8');
  const texts = { primary: text('primary'), secondary: text('secondary') };
  const pair = await startPair({
    version,
    ...texts,
    passwords: { ...defaultPasswords(texts.primary, version), admin: password },
    lockoutAfter: Number.POSITIVE_INFINITY,
  });
  for (const role of ['primary', 'secondary'] as const) named[role].url = pair[role].url;
  const withUrls = `${JSON.stringify(manifest, undefined, 2)}\n`;
  for (const role of ['primary', 'secondary'] as const) named[role].tls = { sha256: pair[role].fingerprint };
  const pinned = `${JSON.stringify(manifest, undefined, 2)}\n`;
  const secrets = [...secretsOf(texts.primary), ...secretsOf(texts.secondary), password];
  return { pair, manifest: withUrls, pinned, secrets: [...new Set(secrets)] };
}

function secretsOf(text: string): readonly string[] {
  return secretsWithin(new XmlDocument('', text), { from: 0, to: text.length })
    .map(({ from, to }) => text.slice(from, to).replace(/^<!\[CDATA\[|\]\]>$/g, ''))
    .filter(secret => secret.length > 7);
}
