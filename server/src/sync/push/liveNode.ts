import type { ConfigVersion } from '../../model/version.ts';
import type { Role } from '../../pair/manifest.ts';
import type { FailureCause, NodeAnswer } from '../node/failure.ts';
import type { CallOptions, NodeClient } from '../node/nodeClient.ts';
import { isSameSection } from '../sameSection.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';
import { type Pace, pause } from './pace.ts';

/** One node of a run. */
export interface LiveNode {
  readonly role: Role;
  /** As a sentence goes on with it: `the primary (fw1.example.org)`. */
  readonly name: string;
  readonly client: NodeClient;
  /** Of the node's config: by it is judged what can be sent. */
  readonly version: ConfigVersion;
  readonly execPhp: 'allowed' | 'forbidden';
  readonly pace: Pace;
}

/** What a node holds at one moment. */
export interface LiveSections {
  readonly states: SectionStates;
  /** Who has written its config last: a person in the GUI, or a program, which calls itself `(system)` (facts.md §1.5, point 10). */
  readonly savedBy: 'a person' | 'a program';
  /** When and by what that was, to be compared with another look; empty where the node does not tell. */
  readonly revision: string;
}

/** Asks once. */
export async function readLive(
  { client }: LiveNode,
  names: readonly string[],
  options: CallOptions = {},
): Promise<NodeAnswer<LiveSections>> {
  const answer = await client.backupSections([...names, 'revision'], options);
  if (answer.kind === 'failed') return answer;
  const revision = answer.value.get('revision');
  const user = revision instanceof Map ? revision.get('username') : undefined;
  const savedBy = typeof user === 'string' && user !== '' && !user.startsWith('(system)') ? 'a person' : 'a program';
  const states = new Map(names.map(name => [name, answer.value.get(name)]));
  return { kind: 'ok', value: { states, savedBy, revision: textOf(revision) } };
}

function textOf(revision: SectionValue | undefined): string {
  if (!(revision instanceof Map)) return '';
  return JSON.stringify(['time', 'username', 'description'].map(key => String(revision.get(key) ?? '')));
}

/**
 * Asks until there is an answer, as long as the pace allows: to read changes nothing. What will not get better by waiting,
 * and what each further attempt makes worse, ends it at once.
 */
export async function readPatiently(node: LiveNode, names: readonly string[]): Promise<NodeAnswer<LiveSections>> {
  const { patience, busy, poll } = node.pace;
  const start = Date.now();
  for (;;) {
    const answer = await readLive(node, names);
    if (answer.kind === 'ok' || isLasting(answer.failure.cause)) return answer;
    if (Date.now() - start >= (isBusy(answer.failure.cause) ? busy : patience)) return answer;
    await pause(poll);
  }
}

function isBusy(cause: FailureCause): boolean {
  return cause.kind === 'gateway' || (cause.kind === 'timeout' && cause.stage !== 'connecting');
}

function isLasting({ kind }: FailureCause): boolean {
  const kinds: readonly FailureCause['kind'][] = [
    'unauthorized',
    'not-enough-privileges',
    'locked-out',
    'unknown-certificate',
    'changed-certificate',
    'cancelled',
    'refused',
  ];
  return kinds.includes(kind);
}

/** The names of those sections that are not as they are to be. */
export function differing(wanted: SectionStates, found: SectionStates): readonly string[] {
  return [...wanted].filter(([name, value]) => !isSameSection(name, value, found.get(name))).map(([name]) => name);
}
