/** A row or a section of a file in pfSense's own form: one element a line, a tab for each level. */
export interface Block {
  readonly tag: string;
  /** How many tabs stand before its start tag; 1 is a section. */
  readonly depth: number;
  /** A text that tells this element from others of its name. */
  readonly containing?: string;
}

/** The first such element's lines, with their indentation; an error where there is none. */
export function blockIn(text: string, { tag, depth, containing = '' }: Block): string {
  const indent = '\t'.repeat(depth);
  for (const [block] of text.matchAll(
    new RegExp(`^${indent}<${tag}>\\n(?:${indent}\t.*\\n)*${indent}</${tag}>\\n`, 'gm'),
  )) {
    if (block.includes(containing)) return block;
  }
  throw new Error(`no <${tag}> with "${containing}" at depth ${depth}`);
}

/** Puts source, written without indentation, in the place of an element or behind it. */
export function placed(
  text: string,
  block: Block,
  change: { readonly source: string; readonly how: 'instead' | 'after' },
): string {
  const found = blockIn(text, block);
  const lines = change.source.split('\n').map(line => `${'\t'.repeat(block.depth)}${line}\n`);
  return text.replace(found, () => (change.how === 'after' ? found : '') + lines.join(''));
}
