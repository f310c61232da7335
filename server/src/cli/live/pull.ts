import { Config } from '../../model/config.ts';
import type { Role } from '../../pair/manifest.ts';
import { originOf } from '../../sync/node/connection.ts';
import { NodeClient } from '../../sync/node/nodeClient.ts';
import { nodeKeyOf } from '../../sync/store/nodeKey.ts';
import type { NodeKey } from '../../sync/store/store.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import { createFile, type Outcome, replaceFiles } from '../disk.ts';
import { decodeBytes } from '../encoding.ts';
import { unifiedDiff } from '../formats/unifiedDiff.ts';
import { type ExitStatus, exitStatus, painter, type Terminal } from '../terminal.ts';
import type { LiveFile, LivePair } from './livePair.ts';
import { accessNode, agrees, failed, type LiveRequest, loadPair, openStore, tellProblem, withStore } from './open.ts';

export interface PullRequest extends LiveRequest {
  /** The nodes whose files are fetched. */
  readonly roles: readonly Role[];
  /** `--yes`: files are replaced without asking. */
  readonly isAgreed: boolean;
}

/** A file as it was fetched. */
interface Pulled {
  readonly role: Role;
  readonly file: LiveFile;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly key: NodeKey;
}

/** `pfsense-ha pull`: fetches the nodes' config.xml into the files of the pair. All are fetched before one is written. */
export async function pull(request: PullRequest, terminal: Terminal): Promise<ExitStatus> {
  const found = loadPair(request, terminal);
  if (!found.isDone) return failed(found.problem, terminal);
  const all: Pulled[] = [];
  for (const role of request.roles) {
    const access = await accessNode(found.value.pair, role, terminal);
    if (!access.isDone) return failed(access.problem, terminal);
    const { connection, credentials, file } = access.value;
    const client = new NodeClient({ name: `the ${role}`, connection, credentials });
    terminal.tell(`Fetch the configuration of the ${role} from ${originOf(connection)}.\n`);
    const answer = await client.pullConfig({ signal: terminal.interrupted() });
    if (answer.kind === 'failed') return failed(answer.failure.message, terminal);
    const pulled = readPulled({ role, file, bytes: answer.value.bytes, origin: originOf(connection) });
    if (!pulled.isDone) return failed(pulled.problem, terminal);
    const swapped = swappedProblem(pulled.value, found.value.pair);
    if (swapped !== undefined) return failed(swapped, terminal);
    all.push(pulled.value);
  }
  return write(all, request, terminal);
}

function readPulled({
  role,
  file,
  bytes,
  origin,
}: {
  readonly role: Role;
  readonly file: LiveFile;
  readonly bytes: Uint8Array;
  readonly origin: string;
}): Outcome<Pulled> {
  const decoded = decodeBytes(bytes);
  if (!decoded.isText) return { isDone: false, problem: `what the ${role} holds ${decoded.problem} config.xml` };
  const config = new Config(new XmlDocument('', decoded.text));
  return { isDone: true, value: { role, file, bytes, text: decoded.text, key: nodeKeyOf(origin, config) } };
}

/** Why a node must be the other one of the pair: it calls itself as that one's file does, and not as its own. */
function swappedProblem({ role, file, key }: Pulled, { nodes }: LivePair): string | undefined {
  const peer = nodes[role === 'primary' ? 'secondary' : 'primary'];
  if (!file.config || !peer.config) return undefined;
  const [own, other] = [file.config, peer.config].map(config => nodeKeyOf(key.origin, config).host);
  if (key.host === own || key.host !== other) return undefined;
  return `at ${key.origin} answers ${key.host}, whose file is ${peer.shown} and not ${file.shown}; nothing was written. Check which url and which file are whose.`;
}

async function write(all: readonly Pulled[], request: PullRequest, terminal: Terminal): Promise<ExitStatus> {
  const changed = all.filter(({ file, bytes }) => file.file && !Buffer.from(file.file.bytes).equals(bytes));
  const added = all.filter(({ file }) => file.file === undefined);
  if (changed.length > 0) {
    const changes = changed.map(({ file, text }) => ({ name: file.shown, before: file.file?.text ?? '', after: text }));
    terminal.print(unifiedDiff(changes, painter(terminal)));
    const names = changed.map(({ file }) => file.shown).join(' and ');
    if (!request.isAgreed && !(await agrees(`Replace ${names} by what the firewalls hold?`, terminal))) {
      return refused(
        `${names} would change, and nothing was written. Say --yes to replace without being asked.`,
        terminal,
      );
    }
  }
  const written = replaceFiles(
    changed.flatMap(({ file, bytes }) => (file.file ? [{ file: file.file, name: file.shown, bytes }] : [])),
  );
  if (!written.isDone) return failed(written.problem, terminal);
  for (const { file, bytes } of added) {
    const created = createFile({ path: file.path, name: file.shown, bytes });
    if (!created.isDone) return failed(created.problem, terminal);
  }
  const store = openStore(terminal);
  const remembered = await withStore(store, async () => {
    for (const { key, bytes } of all) await store.rememberBase(key, bytes);
  });
  for (const { file } of all) {
    const what = added.some(each => each.file === file)
      ? 'is new'
      : changed.some(each => each.file === file)
        ? 'was replaced'
        : 'is as the firewall has it';
    terminal.tell(`${file.shown} ${what}.\n`);
  }
  if (!remembered.isDone) {
    return failed(`what was fetched could not be remembered for the next push: ${remembered.problem}`, terminal);
  }
  return exitStatus.clean;
}

function refused(problem: string, terminal: Terminal): ExitStatus {
  tellProblem(problem, terminal);
  return exitStatus.refused;
}
