/** A text as Markdown shows it: what means something there is escaped, and it stays on one line. */
export function plainMarkdown(text: string): string {
  return text.replace(/\p{C}+/gu, ' ').replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

/** `3 sections`, `1 section`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
