import {
  type ReferenceKind,
  type ReferenceSlot,
  type ReferenceSource,
  type ReferenceTarget,
  referenceKinds,
  referenceSources,
} from '../../schema/references.ts';

/** A slot of the table with its number, under which the texts in its places are kept. */
export interface Slot {
  readonly id: number;
  readonly source: ReferenceSource;
  readonly slot: ReferenceSlot;
  readonly words: ReadonlySet<string>;
}

/** The slots of a source by the steps of their paths, so that an item's children are gone through once. */
export interface Step {
  readonly slots: readonly Slot[];
  readonly children: ReadonlyMap<string, Step>;
}

/** One reading of a text as a name: `wanip` may be `wan`, an interface. Offsets count from the text's beginning. */
export interface Candidate {
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const slots: readonly Slot[] = referenceSources
  .flatMap(source => source.slots.map(slot => ({ source, slot })))
  .map(({ source, slot }, id) => ({
    id,
    source,
    slot,
    words: new Set((slot.words ?? []).map(word => word.toLowerCase())),
  }));

/** The first step below the items of a source: its slots by the paths that lead to them. */
export function stepsOf(source: ReferenceSource): Step {
  const own = slots.filter(each => each.source === source);
  return stepOf(own.map(slot => ({ slot, path: slot.slot.at === '' ? [] : slot.slot.at.split('/') })));
}

/** Whether a word means something to pfSense itself in any place that takes a name of that kind. */
export function isSlotWord(kind: ReferenceKind, word: string): boolean {
  return slots.some(
    ({ slot, words }) => slot.targets.some(target => target.kind === kind) && words.has(word.toLowerCase()),
  );
}

/** What a text in a slot may be a name of, the likeliest first; nothing for a literal. */
export function candidatesOf(slot: Slot, text: string): readonly Candidate[] {
  const found: Candidate[] = [];
  if (text === '') return found;
  for (const target of slot.slot.targets) readAs(target, text, found);
  return found;
}

/** Whether {@link candidatesOf} gives anything, which is asked of tens of thousands of texts. */
export function mayBeName({ slot }: Slot, text: string): boolean {
  if (text === '') return false;
  for (const target of slot.targets) {
    // As it stands a text mostly is a name, or has nothing to take off from.
    if (!target.prefixes && referenceKinds[target.kind].shape.test(text)) return true;
    const found: Candidate[] = [];
    if (target.prefixes || target.suffixes) readAs(target, text, found);
    if (found.length > 0) return true;
  }
  return false;
}

function readAs(target: ReferenceTarget, text: string, found: Candidate[]): void {
  const { kind, isPrefixed } = target;
  const prefix = target.prefixes?.find(each => text.startsWith(each));
  if (isPrefixed && prefix === undefined) return;
  const from = prefix?.length ?? 0;
  const { shape } = referenceKinds[kind];
  const whole = from === 0 ? text : text.slice(from);
  if (shape.test(whole)) {
    found.push({ kind, name: whole, from, to: text.length });
    return;
  }
  for (const suffix of target.suffixes ?? []) {
    if (!whole.endsWith(suffix)) continue;
    const name = whole.slice(0, -suffix.length);
    if (shape.test(name)) found.push({ kind, name, from, to: from + name.length });
  }
}

function stepOf(paths: readonly { readonly slot: Slot; readonly path: readonly string[] }[]): Step {
  const next = new Map<string, { slot: Slot; path: readonly string[] }[]>();
  for (const { slot, path } of paths) {
    const [name, ...rest] = path;
    if (name === undefined) continue;
    const below = next.get(name) ?? [];
    below.push({ slot, path: rest });
    next.set(name, below);
  }
  return {
    slots: paths.filter(({ path }) => path.length === 0).map(({ slot }) => slot),
    children: new Map([...next].map(([name, below]) => [name, stepOf(below)])),
  };
}
