import { copyOf, isArray, type PhpArray } from '../php/value.ts';

/**
 * merge_config_section: only keys that are there already are overwritten, at every depth, items of lists by their number;
 * all else that is sent is passed over (facts.md §1.6).
 */
export function overlay(local: PhpArray, sent: PhpArray): PhpArray {
  const result = copyOf(local);
  for (const [key, value] of local) {
    const other = sent.get(key);
    if (other === undefined) continue;
    result.set(key, isArray(value) && isArray(other) ? overlay(value, other) : copyOf(other));
  }
  return result;
}
