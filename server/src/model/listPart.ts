/** One of the values of a text, from 0 the `index`-th; offsets of the text, blanks around the value included. */
export interface ListPart {
  readonly from: number;
  readonly to: number;
  readonly index: number;
}

/** The value at an offset of a text in which that sign separates several; all of the text where none does. */
export function listPartAt(text: string, at: number, separator: string | undefined): ListPart {
  if (separator === undefined) return { from: 0, to: text.length, index: 0 };
  const before = text.slice(0, at).split(separator);
  const behind = text.indexOf(separator, at);
  return {
    from: at - (before.at(-1) ?? '').length,
    to: behind < 0 ? text.length : behind,
    index: before.length - 1,
  };
}
