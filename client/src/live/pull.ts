import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import { type CheckedFiles, checkedFiles } from './checkedFiles.ts';
import { nameOf } from './choosePair.ts';
import { untilTrusted } from './failure.ts';
import { type Fetched, fetchConfigs, showDifferences } from './fetch.ts';
import type { Live } from './live.ts';
import { configsOf, type Reach, reach } from './reach.ts';

/** Fetches the config.xml of these nodes into the files of the pair; what would change is shown before a file is replaced. */
export async function pullNodes(live: Live, chosen: LivePair, roles: readonly Role[]): Promise<void> {
  await untilTrusted(live, async () => {
    const files = await checkedFiles(live.session, chosen);
    const reached = files && (await reachAll(live, files, roles));
    if (!reached) return undefined;
    const result = await fetchConfigs(live, `Pull ${chosen.name}`, reached);
    if (result.kind === 'failed') return { pair: files.pair, failed: result.failed };
    await take(live, files, result.all);
    return undefined;
  });
}

async function reachAll(live: Live, files: CheckedFiles, roles: readonly Role[]): Promise<Reach[] | undefined> {
  const configs = configsOf(live, files);
  const all: Reach[] = [];
  for (const role of roles) {
    const one = await reach(live, files.pair, { role, configs });
    if (!one) return undefined;
    all.push(one);
  }
  return all;
}

/** A file that is to be replaced, as it stands now. */
interface Target {
  readonly fetched: Fetched;
  readonly uri: vscode.Uri;
  readonly name: string;
  /** Absent where there is no such file yet. */
  readonly before: Uint8Array | undefined;
}

async function take(live: Live, files: CheckedFiles, all: readonly Fetched[]): Promise<void> {
  const targets = await Promise.all(all.map(fetched => targetOf(files.pair, fetched)));
  const others = targets.filter(({ fetched, before }) => !isSameBytes(fetched.bytes, before));
  const replaced = others.filter(({ before }) => before !== undefined);
  if (replaced.length > 0) {
    await showDifferences(live, files, { all: replaced.map(({ fetched }) => fetched), after: 'live' });
    const [replace, keep] = replaced.length === 1 ? ['Replace File', 'Keep File'] : ['Replace Files', 'Keep Files'];
    const answer = await vscode.window.showInformationMessage(
      `Replace ${namesOf(replaced)} by what the ${replaced.length === 1 ? 'firewall holds' : 'firewalls hold'}? The differences are shown, secrets hidden.`,
      replace,
      keep,
    );
    if (answer !== replace) return;
  }
  for (const target of others) if (!(await write(target))) return;
  for (const { fetched } of targets) await remember(live, fetched);
  const told =
    others.length === 0
      ? `${namesOf(targets)} already ${targets.length === 1 ? 'says what the firewall holds' : 'say what the firewalls hold'}.`
      : `${namesOf(targets)} now ${targets.length === 1 ? 'says what the firewall holds' : 'say what the firewalls hold'}.`;
  void vscode.window.showInformationMessage(told);
}

async function targetOf(pair: LivePair, fetched: Fetched): Promise<Target> {
  const { role } = fetched.reach;
  const uri = vscode.Uri.parse(pair.nodes[role].uri);
  return { fetched, uri, name: nameOf(pair, role), before: await readIfThere(uri) };
}

/** Writes the very bytes, unless somebody has worked on the file since it was compared. */
async function write({ fetched, uri, name, before }: Target): Promise<boolean> {
  const isAtWork = vscode.workspace.textDocuments.some(each => each.isDirty && each.uri.toString() === uri.toString());
  if (isAtWork || !isSameBytes(await readIfThere(uri), before)) {
    void vscode.window.showErrorMessage(`${name} was changed meanwhile, and is left as it is. Pull again.`);
    return false;
  }
  await vscode.workspace.fs.writeFile(uri, fetched.bytes);
  return true;
}

/** What was pulled is what the next push starts from. */
async function remember({ engine, store }: Live, { reach, bytes, text }: Fetched): Promise<void> {
  await store.rememberBase(engine.nodeKeyOf(reach.origin, engine.readConfig(text)), bytes);
}

async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function isSameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function namesOf(targets: readonly Target[]): string {
  return targets.map(({ name }) => name).join(' and ');
}
