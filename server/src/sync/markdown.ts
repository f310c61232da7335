import { oneLine } from './plainText.ts';

/** A text as Markdown shows it: what means something there is escaped, and it stays on one line. */
export function plainMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
