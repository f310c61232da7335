import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { FileError, PairSync } from '../../../server/src/sync/pairSync.ts';
import { type CheckedFiles, checkedFiles, missingFiles } from './checkedFiles.ts';
import { chooseLivePair, roles } from './choosePair.ts';
import { type LiveFailure, untilTrusted } from './failure.ts';
import type { Live } from './live.ts';
import { configsOf, type Reach, reach } from './reach.ts';

/** A pair that is ready to be talked to. Nothing has been sent then. */
export interface OpenPair {
  readonly files: CheckedFiles;
  readonly reached: Readonly<Record<Role, Reach>>;
  readonly sync: PairSync;
  /** What a check finds that keeps the files from being pushed. */
  readonly errors: readonly FileError[];
}

/**
 * Does something with both nodes of the pair that a person means. Where a node cannot be asked, that is told.
 *
 * @param use gives what a node has answered instead of what it was asked for
 */
export async function withPair(
  live: Live,
  title: string,
  use: (pair: OpenPair) => Promise<LiveFailure | undefined>,
): Promise<void> {
  const chosen = await chooseLivePair(live.session, title);
  if (chosen) await withChosenPair(live, chosen, use);
}

/** The same with a pair that is known already. */
export async function withChosenPair(
  live: Live,
  chosen: LivePair,
  use: (pair: OpenPair) => Promise<LiveFailure | undefined>,
): Promise<void> {
  await untilTrusted(live, async () => {
    const files = await checkedFiles(live.session, chosen);
    const pair = files && (await open(live, files));
    const failed = pair && (await use(pair));
    return failed && { pair: files.pair, failed };
  });
}

async function open(live: Live, files: CheckedFiles): Promise<OpenPair | undefined> {
  const missing = missingFiles(files);
  if (missing.length > 0) {
    void vscode.window.showErrorMessage(`${missing.join(' and ')} cannot be read. Pull from Pair fetches it.`);
    return undefined;
  }
  const { pair } = files;
  const { engine, store } = live;
  const configs = configsOf(live, files);
  const primary = await reach(live, pair, { role: 'primary', configs });
  const secondary = primary && (await reach(live, pair, { role: 'secondary', configs }));
  if (!secondary) return undefined;
  const nodes = { primary, secondary };
  const settings = vscode.workspace.getConfiguration('pfsenseHa.sync', vscode.Uri.parse(pair.nodes.primary.uri));
  const execPhp = settings.get('allowExecPhp', false) ? 'allowed' : 'forbidden';
  const sync = engine.openPairSync({ pair: pair.name, nodes, store, execPhp });
  const errors = roles.flatMap(role => pair.nodes[role].errors.map((error): FileError => ({ role, ...error })));
  return { files, reached: nodes, sync, errors };
}
