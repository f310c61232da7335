import type { Role } from '../../pair/manifest.ts';
import type { NodeAnswer } from '../node/failure.ts';
import { sectionsToSend } from '../restore/sectionsToSend.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';
import type { RunContext } from './context.ts';
import { waitForSecondary } from './inSync.ts';
import { differing, type LiveNode, type LiveSections, readPatiently } from './liveNode.ts';
import type { SectionState } from './outcome.ts';
import { pause } from './pace.ts';

/** What an undo is to come to. */
export interface WayBack {
  /** What each node is to hold again, of the sections that were sent to it. */
  readonly sent: Readonly<Record<Role, SectionStates>>;
  /** What the secondary is to hold again of what the primary copies on; nothing where the primary was not sent any of it. */
  readonly copied: SectionStates;
  /** Sections of the primary of which it is not known any more how they were; it still has something else to copy on. */
  readonly lost?: readonly string[];
  /** Whether a section that a person may have saved since is still what the run made of it, so that nothing of theirs gets lost. */
  readonly isOurs: (role: Role, name: string, value: SectionValue | undefined) => boolean;
  /** How long the primary's own synchronisation may take, in milliseconds: not long where it has just failed. */
  readonly timeout: number;
}

export interface Restored extends Readonly<Record<Role, ReadonlyMap<string, SectionState>>> {
  /** What the secondary now holds as it should, and the primary may change there: it still has something else to copy on. */
  readonly late: readonly string[];
}

/**
 * Brings sections back: first on the primary, whose own synchronisation takes them on to the secondary, then on the secondary
 * itself. What is there is looked at before and after. It cannot be cancelled, and goes as far as it gets.
 */
export async function bringBack(context: RunContext, way: WayBack): Promise<Restored> {
  const { nodes, progress } = context;
  const { sent, copied, lost = [], isOurs, timeout } = way;
  progress({ message: `Bring back what was on ${nodes.primary.name}`, fraction: 0.9 });
  const primary = await restoreNode(nodes.primary, sent.primary, (name, value) => isOurs('primary', name, value));
  const hasWritten = [...primary.values()].some(state => state === 'restored');
  if (copied.size > 0 && hasWritten) await letItSynchronise(context, copied, timeout);
  progress({ message: `Bring back what was on ${nodes.secondary.name}`, fraction: 0.95 });
  // While the primary holds something else, it would take that on again.
  const isPrimaryBack =
    lost.length === 0 && [...primary.values()].every(state => state === 'restored' || state === 'kept');
  const own = (name: string, value: SectionValue | undefined) => isOurs('secondary', name, value);
  if (copied.size === 0 || !isPrimaryBack) {
    const secondary = await restoreNode(nodes.secondary, sent.secondary, own);
    const seen = await lookAt(nodes.secondary, copied);
    const late = [...seen].filter(([, state]) => state === 'kept').map(([name]) => name);
    return { primary, secondary: new Map([...secondary, ...seen]), late };
  }
  const wanted = new Map([...sent.secondary, ...copied]);
  const secondary = await restoreNode(nodes.secondary, wanted, own);
  return { primary, secondary: await holdOn(nodes.secondary, wanted, { secondary, own }), late: [] };
}

/** A primary synchronises after each save, also after the one that brought it back. Before that nothing on the secondary lasts. */
async function letItSynchronise(context: RunContext, copied: SectionStates, timeout: number): Promise<void> {
  context.progress({ message: `Wait for ${context.nodes.secondary.name}`, fraction: 0.92 });
  await waitForSecondary(context, { names: [...copied.keys()], timeout });
}

/** A synchronisation that comes late may undo the undoing; who sees it does it again. */
async function holdOn(
  node: LiveNode,
  wanted: SectionStates,
  { secondary, own }: { readonly secondary: ReadonlyMap<string, SectionState>; readonly own: IsOurs },
): Promise<ReadonlyMap<string, SectionState>> {
  let states = secondary;
  for (let attempt = 0; attempt < 3; attempt++) {
    await pause(node.pace.quiet);
    const again = await restoreNode(node, wanted, own);
    const isQuiet = ![...again.values()].includes('restored');
    // What was brought back before and is still there was brought back by this run.
    states = new Map([...again].map(([name, state]) => [name, state === 'kept' ? (states.get(name) ?? state) : state]));
    if (isQuiet) break;
  }
  return states;
}

type IsOurs = (name: string, value: SectionValue | undefined) => boolean;

async function restoreNode(
  node: LiveNode,
  wanted: SectionStates,
  isOurs: IsOurs,
): Promise<ReadonlyMap<string, SectionState>> {
  const states = new Map<string, SectionState>([...wanted.keys()].map(name => [name, 'kept']));
  if (wanted.size === 0) return states;
  const found = await readPatiently(node, [...wanted.keys()]);
  if (found.kind === 'failed') return new Map([...states.keys()].map(name => [name, 'unknown']));
  const { states: now, savedBy } = found.value;
  const changed = differing(wanted, now);
  const foreign = changed.filter(name => savedBy === 'a person' && !isOurs(name, now.get(name)));
  for (const name of foreign) states.set(name, 'other');
  const mine = new Map([...wanted].filter(([name]) => changed.includes(name) && !foreign.includes(name)));
  for (const [name, state] of await write(node, now, mine)) states.set(name, state);
  return states;
}

/**
 * By a restore, which pfSense acts on at once; where that does not reach all, exactly, if that is allowed. What has come to
 * nothing, as the look afterwards shows, is sent again: to stop half-way would be worse.
 */
async function write(
  node: LiveNode,
  before: SectionStates,
  wanted: SectionStates,
): Promise<ReadonlyMap<string, SectionState>> {
  const states = new Map<string, SectionState>([...wanted.keys()].map(name => [name, 'other']));
  const ways = node.execPhp === 'allowed' ? (['restore', 'replace', 'replace'] as const) : repeatedRestore;
  let [now, missing] = [before, wanted];
  for (const [attempt, way] of ways.entries()) {
    if (missing.size === 0) break;
    if (attempt > 0) await pause(node.pace.poll);
    if (!(await send(node, { way, now, wanted: missing }))) continue;
    const found = await readPatiently(node, [...missing.keys()]);
    for (const [name, state] of judged(missing, found)) states.set(name, state === 'kept' ? 'restored' : state);
    missing = new Map([...missing].filter(([name]) => states.get(name) === 'other'));
    if (found.kind === 'ok') now = found.value.states;
  }
  return states;
}

const repeatedRestore = ['restore', 'restore', 'restore'] as const;

interface Sending {
  readonly way: 'restore' | 'replace';
  readonly now: SectionStates;
  readonly wanted: SectionStates;
}

/** @returns whether anything was sent; what came of it only a look can tell */
async function send({ client, version }: LiveNode, { way, now, wanted }: Sending): Promise<boolean> {
  if (way === 'replace') {
    await client.replaceSections(wanted, version);
    return true;
  }
  const sections = sectionsToSend(now, wanted, version);
  if (sections.size > 0) await client.restoreSections(sections, version);
  return sections.size > 0;
}

/** Whether sections are as they are to be, which is here called `kept`. */
async function lookAt(node: LiveNode, wanted: SectionStates): Promise<ReadonlyMap<string, SectionState>> {
  return wanted.size === 0 ? new Map() : judged(wanted, await readPatiently(node, [...wanted.keys()]));
}

function judged(wanted: SectionStates, found: NodeAnswer<LiveSections>): ReadonlyMap<string, SectionState> {
  if (found.kind === 'failed') return new Map([...wanted.keys()].map(name => [name, 'unknown']));
  const other = new Set(differing(wanted, found.value.states));
  return new Map([...wanted.keys()].map(name => [name, other.has(name) ? 'other' : 'kept']));
}
