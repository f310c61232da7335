import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { Config } from '../../../server/src/model/config.ts';
import type { ConnectionReading } from '../../../server/src/sync/node/address.ts';
import type { NodeConnection } from '../../../server/src/sync/node/connection.ts';
import type { Credentials } from '../../../server/src/sync/node/credentials.ts';
import { askCredentials } from './askCredentials.ts';
import type { PairFiles } from './checkedFiles.ts';
import { nameOf } from './choosePair.ts';
import type { Live } from './live.ts';

/** How one node is reached, and as whom. */
export interface Reach {
  readonly role: Role;
  readonly file: Config;
  readonly connection: NodeConnection;
  /** Such as `https://192.0.2.1`. */
  readonly origin: string;
  readonly credentials: Credentials;
}

/** What both files mean; a file that is missing means nothing. */
export type Configs = Readonly<Record<Role, Config>>;

export function configsOf({ engine }: Live, { texts }: PairFiles): Configs {
  return { primary: engine.readConfig(texts.primary ?? ''), secondary: engine.readConfig(texts.secondary ?? '') };
}

/** How a node is reached, or why nothing says that. */
export function readConnectionOf({ engine }: Live, pair: LivePair, { role, configs }: NodeOfPair): ConnectionReading {
  const peer = configs[role === 'primary' ? 'secondary' : 'primary'];
  return engine.readConnection({ node: configs[role], peer }, pair.nodes[role]);
}

interface NodeOfPair {
  readonly role: Role;
  readonly configs: Configs;
}

/** How a node is reached, or undefined, and then a person was told what to write into the manifest. */
export function connectionOf(
  live: Live,
  pair: LivePair,
  node: NodeOfPair,
): { readonly connection: NodeConnection; readonly origin: string } | undefined {
  const { role } = node;
  const reading = readConnectionOf(live, pair, node);
  if (reading.kind === 'connection') {
    return { connection: reading.connection, origin: live.engine.originOf(reading.connection) };
  }
  void showWithManifest(pair, `${nameOf(pair, role)}, the ${role}: ${reading.message}`);
  return undefined;
}

/** The same with credentials: those that are stored, or those that a person enters now. */
export async function reach(live: Live, pair: LivePair, node: NodeOfPair): Promise<Reach | undefined> {
  const { role, configs } = node;
  const found = connectionOf(live, pair, node);
  if (!found) return undefined;
  const { connection, origin } = found;
  const stored = await live.credentials.get(origin);
  const entered = stored ?? (await askCredentials([origin], undefined));
  if (!entered) return undefined;
  const reading = live.engine.Credentials.of(entered.user, entered.password);
  if (reading.kind === 'refused') {
    void vscode.window.showErrorMessage(reading.message);
    return undefined;
  }
  if (!stored) await live.credentials.set(origin, entered);
  return { role, file: configs[role], connection, origin, credentials: reading.credentials };
}

async function showWithManifest({ manifest }: LivePair, message: string): Promise<void> {
  const open = 'Open Manifest';
  const answer = await vscode.window.showErrorMessage(message, ...(manifest === undefined ? [] : [open]));
  if (answer === open && manifest !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(manifest));
}
