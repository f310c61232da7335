import type { Line, Span } from '../../model/prose.ts';

/** The first sentence of a rule's explanation, which is Markdown, as spans of plain text and code. */
export function firstSentence(why: string): Line {
  const paragraph = why.trim().split(/\n\s*\n/, 1)[0] ?? '';
  const text = paragraph
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '');
  const end = /\.(?=\s(?:[A-Z"`]|pfSense)|$)/.exec(text);
  const sentence = `${text.slice(0, end?.index).replace(/[:;]$/, '')}.`;
  return sentence
    .split('`')
    .map((part, i): Span => (i % 2 === 0 ? part : { code: part }))
    .filter(span => span !== '');
}
