import type { Slot } from './table.ts';

/** Works something out once for each text in each kind of place: the same few names stand in thousands of rules. */
export function perText<T>(work: (slot: Slot, text: string) => T): (slot: Slot, text: string) => T {
  const known = new Map<number, Map<string, { readonly value: T }>>();
  return (slot, text) => {
    const texts = known.get(slot.id) ?? new Map<string, { readonly value: T }>();
    known.set(slot.id, texts);
    const kept = texts.get(text) ?? { value: work(slot, text) };
    texts.set(text, kept);
    return kept.value;
  };
}
