import type { MarkupContent } from 'vscode-languageserver';
import type { Line, Prose, Span } from '../model/prose.ts';
import { plainLine } from '../model/prose.ts';
import type { Markup } from './clientFeatures.ts';

/** Prose as an editor shows it. */
export function toMarkup(prose: Prose, kind: Markup): MarkupContent {
  return { kind, value: kind === 'markdown' ? markdown(prose) : plain(prose) };
}

function markdown(prose: Prose): string {
  return prose
    .map(({ text, items = [] }) => {
      const list = items.map(item => `- ${markdownLine(item)}`).join('\n');
      return list === '' ? markdownLine(text) : `${markdownLine(text)}\n\n${list}`;
    })
    .join('\n\n');
}

function markdownLine(line: Line): string {
  return line.map(markdownSpan).join('');
}

function markdownSpan(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  if ('code' in span) return codeSpan(span.code);
  if ('strong' in span) return `**${escaped(span.strong)}**`;
  return `[${escaped(span.words)}](${span.href.replace(/[()\s<>]/g, encodeURIComponent)})`;
}

/** Every sign that could mean something in Markdown, or begin a tag or a reference of HTML. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+\-!|<>&~"]/g, '\\$&');
}

/** Longer ticks around than any within. */
function codeSpan(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return line === '' ? '' : `${ticks}${space}${line}${space}${ticks}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}

function plain(prose: Prose): string {
  return prose
    .map(({ text, items = [] }) => [plainLine(text), ...items.map(item => `  ${plainLine(item)}`)].join('\n'))
    .join('\n\n');
}
