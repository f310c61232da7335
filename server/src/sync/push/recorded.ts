import { Config } from '../../model/config.ts';
import type { Role } from '../../pair/manifest.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import { isWholeConfig } from '../node/phpCode.ts';
import { readSection } from '../sectionValue.ts';
import type { Journal, JournalStep, SyncStore } from '../store/store.ts';
import { readUtf8 } from '../xmlRpc/faults.ts';
import type { SectionValue } from '../xmlRpc/value.ts';
import { digestOf } from './digest.ts';
import { onDisk } from './onDisk.ts';

/** What a journal tells of one section on one node: digests of what it was and of what it was to become. */
export interface RecordedSection {
  readonly before: string | undefined;
  readonly wanted: string | undefined;
  /** The primary was to copy it on; what becomes of it then is known only of a run that has seen it. */
  readonly isCopied: boolean;
  readonly isWantedKnown: boolean;
}

export type Recorded = Readonly<Record<Role, ReadonlyMap<string, RecordedSection>>>;

/**
 * The sections of these steps, each once: as it was before the first of them, as it was to be after the last. What was sent
 * only to have the primary save, and changes nothing, tells nothing of the run.
 */
export function recordedSections(steps: readonly JournalStep[]): Recorded {
  const recorded = { primary: new Map<string, RecordedSection>(), secondary: new Map<string, RecordedSection>() };
  for (const step of steps) {
    const isCopied = step.kind === 'wait';
    for (const { name, before, wanted } of step.sections) {
      const first = recorded[step.role].get(name);
      const isWantedKnown = !isCopied || step.state === 'verified';
      recorded[step.role].set(name, { before: first ? first.before : before, wanted, isCopied, isWantedKnown });
    }
  }
  for (const sections of [recorded.primary, recorded.secondary]) {
    for (const [name, { before, wanted, isCopied }] of sections) {
      if (!isCopied && before === wanted) sections.delete(name);
    }
  }
  return recorded;
}

/** Steps that may have changed something. */
export function begunSteps({ steps }: Journal): readonly JournalStep[] {
  const hasReachedPrimary = steps.some(
    ({ role, kind, state }) => role === 'primary' && kind !== 'wait' && state !== 'planned',
  );
  return steps.filter(({ kind, state }) => (kind === 'wait' ? hasReachedPrimary : state !== 'planned'));
}

/** How a section stands, by what the journal knows of it. */
export function stateByDigest(
  { before, wanted, isWantedKnown }: RecordedSection,
  found: string | undefined,
): 'as wanted' | 'kept' | 'other' {
  if (isWantedKnown && found === wanted) return 'as wanted';
  return found === before ? 'kept' : 'other';
}

export type BackupReading =
  /** `missing` are the sections that were not the same in the file as in pfSense's memory, and so are nowhere. */
  | {
      readonly kind: 'read';
      readonly states: ReadonlyMap<string, SectionValue | undefined>;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'gone'; readonly cause: string };

/** What these sections held before a run, from its backup; the digests say whether that is so. */
export async function readFromBackup(
  store: SyncStore,
  path: string | undefined,
  { sections, salt }: { readonly sections: ReadonlyMap<string, RecordedSection>; readonly salt: string },
): Promise<BackupReading> {
  let bytes: Uint8Array | undefined;
  const unread = await onDisk(store, async () => {
    bytes = path === undefined ? undefined : await store.readBackup(path);
  });
  if (unread !== undefined) return { kind: 'gone', cause: `The backup ${path} cannot be read. ${unread}` };
  if (!bytes)
    return { kind: 'gone', cause: `The backup ${path ?? 'of that run'} is gone, so that it cannot be undone.` };
  const text = isWholeConfig(bytes) ? readUtf8(bytes) : undefined;
  if (text === undefined)
    return { kind: 'gone', cause: `The backup ${path} is no whole config.xml, so that nothing can be undone by it.` };
  const config = new Config(new XmlDocument('pfsense-backup:config.xml', text));
  const states = new Map<string, SectionValue | undefined>();
  const missing: string[] = [];
  for (const [name, { before }] of sections) {
    const reading = readSection(config, name);
    const value = reading.kind === 'value' ? reading.value : undefined;
    if (reading.kind !== 'refused' && digestOf(name, value, salt) === before) states.set(name, value);
    else missing.push(name);
  }
  return { kind: 'read', states, missing };
}
