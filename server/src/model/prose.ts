/**
 * Text for a person, before it is Markdown or plain. What comes out of a config is always a string of its own, so that
 * whoever writes it down can see to it that no sign in it means anything.
 */
export type Prose = readonly Paragraph[];

export interface Paragraph {
  readonly text: Line;
  /** A list below it. */
  readonly items?: readonly Line[];
}

export type Line = readonly Span[];

/** A few words: plain, as code, emphasised, or with a page behind them. */
export type Span =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly words: string; readonly href: string };

/** A text on one line, cut where it is longer than that many characters. */
export function shortened(text: string, most: number): string {
  return cut(text.replace(/\s+/g, ' ').trim(), most);
}

/** A description as messages tell it: on one line, and no longer than is read. */
export function asTold(descr: string): string {
  return shortened(descr, 120);
}

/** A text cut where it is longer than that many characters, and not between the two halves of one: editors refuse an answer with half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A line as plain text. */
export function plainLine(line: Line): string {
  return line
    .map(span => {
      if (typeof span === 'string') return span;
      if ('code' in span) return span.code;
      return 'strong' in span ? span.strong : span.words;
    })
    .join('');
}
