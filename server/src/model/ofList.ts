/**
 * Remembers what a function makes of a list, as long as the list itself lasts: that of {@link Config.ofElements} is the
 * same one until one of its answers changes. What is made is shared, and for reading alone.
 */
export function ofList<T, R extends object>(make: (list: readonly T[]) => R): (list: readonly T[]) => R {
  const known = new WeakMap<readonly T[], R>();
  return list => {
    const before = known.get(list);
    if (before !== undefined) return before;
    const made = make(list);
    known.set(list, made);
    return made;
  };
}
