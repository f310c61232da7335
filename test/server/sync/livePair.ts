import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../../server/src/model/config.ts';
import type { Role } from '../../../server/src/pair/manifest.ts';
import { parseFingerprint } from '../../../server/src/sync/node/certificate.ts';
import { Credentials } from '../../../server/src/sync/node/credentials.ts';
import { openPairSync } from '../../../server/src/sync/openPairSync.ts';
import type { PairSync, PairSyncOptions, SyncNode } from '../../../server/src/sync/pairSync.ts';
import type { Plan } from '../../../server/src/sync/plan/plan.ts';
import type { Pace } from '../../../server/src/sync/push/pace.ts';
import { isSameSection } from '../../../server/src/sync/sameSection.ts';
import { readSection } from '../../../server/src/sync/sectionValue.ts';
import { openDiskStore } from '../../../server/src/sync/store/diskStore.ts';
import type { SyncStore } from '../../../server/src/sync/store/store.ts';
import type { SectionValue } from '../../../server/src/sync/xmlRpc/value.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { type FixtureOptions, fixturePasswords, withPair } from '../../simulator/fixturePair.ts';
import type { SimulatedPair } from '../../simulator/startPair.ts';

export type Texts = Readonly<Record<Role, string>>;

export const hurry: Pace = { poll: 15, quiet: 80, patience: 400, busy: 800, election: 0 };

export function fileOf(text: string, role: Role = 'primary'): Config {
  return new Config(new XmlDocument(`file:///${role}.xml`, text));
}

export function filesOf({ primary, secondary }: Texts): Readonly<Record<Role, Config>> {
  return { primary: fileOf(primary), secondary: fileOf(secondary, 'secondary') };
}

/** A started pair, a store of its own on disk, and what opens the pair with the files that a test wants to push. */
export interface LivePair {
  readonly pair: SimulatedPair;
  readonly store: SyncStore;
  readonly before: Texts;
  readonly open: (wanted: Texts, options?: Partial<PairSyncOptions>) => PairSync;
}

/** Starts a pair for one test; all that it leaves behind goes with it. */
export async function withLivePair(options: FixtureOptions, use: (live: LivePair) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-push-'));
  try {
    await withPair({ syncDelayMilliseconds: 5, ...options }, async pair => {
      const store = openDiskStore({ folder: join(folder, 'store'), tell: message => assert.fail(message) });
      const before = { primary: pair.primary.text, secondary: pair.secondary.text };
      const open = (wanted: Texts, more: Partial<PairSyncOptions> = {}) => openLive(pair, { wanted, store, more });
      await use({ pair, store, before, open });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function openLive(
  pair: SimulatedPair,
  {
    wanted,
    store,
    more,
  }: { readonly wanted: Texts; readonly store: SyncStore; readonly more: Partial<PairSyncOptions> },
): PairSync {
  const files = filesOf(wanted);
  const nodes = { primary: nodeAt(pair.primary, files.primary), secondary: nodeAt(pair.secondary, files.secondary) };
  return openPairSync({
    pair: 'hq',
    nodes,
    store,
    execPhp: 'forbidden',
    secondaryTimeout: 4_000,
    pace: hurry,
    ...more,
  });
}

/** The plan that the pair makes of its files, against which nothing stands. */
export async function planOf(sync: PairSync): Promise<Plan> {
  const result = await sync.plan([]);
  assert.ok(result.kind === 'plan', result.kind === 'failed' ? result.failure.message : '');
  assert.deepEqual(result.plan.refusals, []);
  return result.plan;
}

/** How a simulated node is reached, its certificate pinned. */
export function nodeAt(
  { port, fingerprint }: { readonly port: number; readonly fingerprint: string },
  file: Config,
): SyncNode {
  const reading = Credentials.of('admin', fixturePasswords.admin);
  const sha256 = parseFingerprint(fingerprint);
  assert.ok(reading.kind === 'credentials' && sha256);
  const trust = { kind: 'pinned', sha256 } as const;
  return { file, connection: { protocol: 'https', host: '127.0.0.1', port, trust }, credentials: reading.credentials };
}

/** The names of the sections in which two files differ for pfSense; who has saved last does not count. */
export function differingSections(one: string, other: string): readonly string[] {
  const [here, there] = [statesOf(fileOf(one)), statesOf(fileOf(other))];
  const names = new Set([...here.keys(), ...there.keys()]);
  names.delete('revision');
  return [...names].filter(name => !isSameSection(name, here.get(name), there.get(name)));
}

/** All sections of a file. */
export function statesOf(file: Config): Map<string, SectionValue | undefined> {
  const names = new Set(file.document.tree.branches.map(branch => branch.nameAt(0)));
  return new Map(
    [...names].map(name => {
      const reading = readSection(file, name);
      return [name, reading.kind === 'value' ? reading.value : undefined];
    }),
  );
}
