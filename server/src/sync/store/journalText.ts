import { roles } from '../../pair/manifest.ts';
import type { Journal, JournalNode, JournalStep } from './store.ts';

/** The form of the file; a later one that this program does not know is passed over. */
const form = 1;

export function writeJournalText(journal: Journal): string {
  return `${JSON.stringify({ form, ...journal }, undefined, 2)}\n`;
}

/** The journal of a file; absent where the text is none. Somebody may have edited it, or a later version written it. */
export function readJournalText(text: string): Journal | undefined {
  const json = recordOf(parse(text));
  if (json?.form !== form) return undefined;
  const { run, kind, pair, salt, state, nodes, steps } = json;
  if (!isText(run) || !isText(pair) || !isText(salt) || !isOneOf(kind, kinds) || !isOneOf(state, states)) {
    return undefined;
  }
  const record = recordOf(nodes);
  const [primary, secondary] = [readNode(record?.primary), readNode(record?.secondary)];
  const read = Array.isArray(steps) ? steps.map(readStep) : undefined;
  if (!primary || !secondary || !read?.every(step => step !== undefined)) return undefined;
  return { run, kind, pair, salt, state, nodes: { primary, secondary }, steps: read };
}

const kinds = ['push', 'undo'] as const;
const states = ['open', 'done', 'restored', 'partly', 'undone'] as const;
const stepKinds = ['send', 'replace', 'wait'] as const;
const stepStates = ['planned', 'sending', 'sent', 'verified', 'restored', 'failed'] as const;

function readNode(json: unknown): JournalNode | undefined {
  const node = recordOf(json);
  if (!node || !isText(node.origin) || !isText(node.host) || !isOptionalText(node.backup)) return undefined;
  return { origin: node.origin, host: node.host, backup: node.backup };
}

function readStep(json: unknown): JournalStep | undefined {
  const step = recordOf(json);
  if (!step || !isOneOf(step.role, roles) || !isOneOf(step.kind, stepKinds) || !isOneOf(step.state, stepStates)) {
    return undefined;
  }
  const sections = Array.isArray(step.sections) ? step.sections.map(readSection) : undefined;
  if (!sections?.every(section => section !== undefined)) return undefined;
  return { role: step.role, kind: step.kind, state: step.state, sections };
}

function readSection(json: unknown): JournalStep['sections'][number] | undefined {
  const section = recordOf(json);
  if (!section || !isText(section.name)) return undefined;
  const { name, before, wanted } = section;
  return isOptionalText(before) && isOptionalText(wanted) ? { name, before, wanted } : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(json: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
}

function isText(json: unknown): json is string {
  return typeof json === 'string' && json !== '';
}

function isOptionalText(json: unknown): json is string | undefined {
  return json === undefined || isText(json);
}

function isOneOf<T extends string>(json: unknown, values: readonly T[]): json is T {
  return values.some(value => value === json);
}
