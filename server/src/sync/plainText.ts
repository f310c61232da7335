/** A text on one line, without anything that steers a terminal or turns the direction of reading. */
export function oneLine(text: string): string {
  return text.replace(/\p{C}+/gu, ' ');
}

/** `3 sections`, `1 section`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
