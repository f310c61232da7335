import { documentKindOf } from '../../model/documentKind.ts';
import type { Finding, Fix, Severity } from '../../rules/finding.ts';
import { type Place, spanOf } from '../../syntax/tree.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import { shownPath } from '../load.ts';
import { type CheckReport, positionOf } from '../report.ts';
import { type Colour, type Paint, painter, printable, type Terminal } from '../terminal.ts';
import { excerptOf } from './excerpt.ts';

/** The findings for a person: where, what, the line itself, what it has to do with, and what would repair it. */
export function formatText(report: CheckReport, terminal: Terminal): string {
  const paint = painter(terminal);
  const blocks = report.findings.map(finding => formatFinding(finding, paint, terminal.cwd));
  return [...blocks, `${summarise(report, paint)}\n`].join('\n');
}

/** How many of what, as in `2 errors and 1 warning in 3 files`. */
export function countsInWords(counts: CheckReport['counts']): string {
  const parts = (['error', 'warning', 'info', 'hint'] as const)
    .filter(severity => counts[severity] > 0)
    .map(severity => `${counts[severity]} ${counts[severity] === 1 ? words[severity].one : words[severity].many}`);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

const words: Readonly<Record<Severity, { readonly one: string; readonly many: string }>> = {
  error: { one: 'error', many: 'errors' },
  warning: { one: 'warning', many: 'warnings' },
  info: { one: 'info', many: 'infos' },
  hint: { one: 'hint', many: 'hints' },
};

const colours: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' };

function formatFinding(finding: Finding, paint: Paint, cwd: string): string {
  const { at, severity, message, rule, related } = finding;
  const colour = colours[severity];
  const head = `${paint('bold', shownPlace(at, cwd))}: ${paint(colour, severity)}: ${printable(message)} ${paint('dim', `[${rule}]`)}`;
  const { line, text, marks } = excerptOf(at);
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const excerpt = [
    `  ${paint('dim', `${number} |`)} ${text}`,
    `  ${paint('dim', `${gutter} |`)} ${paint(colour, marks)}`,
  ];
  return [
    head,
    ...(isShown(at) ? excerpt : []),
    ...related.map(
      each => `  ${paint('dim', `${gutter} see`)} ${shownPlace(each.at, cwd)}: ${printable(each.message)}`,
    ),
    ...finding.fixes().map(fix => `  ${paint('dim', `${gutter} fix`)} ${shownFix(fix)}`),
    '',
  ].join('\n');
}

/**
 * Of a file that is no XML at all, and of text outside of a root, nothing is shown: nobody can tell what in it is a secret, and
 * of bytes nothing can be read.
 */
function isShown(place: Place): boolean {
  const { document } = place.anchor;
  if (!(document instanceof XmlDocument)) return true;
  if (documentKindOf(document) === 'none') return false;
  const { start } = spanOf(place);
  const { root } = document.tree;
  const isInRoot = !root || (root.start <= start && start < root.end);
  return isInRoot || document.buffer.slice(start, start + 1) === '<';
}

function shownPlace(place: Place, cwd: string): string {
  const { path, line, column } = positionOf(place);
  return `${shownPath(path, cwd)}:${line}:${column}`;
}

function shownFix({ title, applicability }: Fix): string {
  return applicability === 'safe' ? printable(title) : `${printable(title)} (${applicability})`;
}

function summarise(report: CheckReport, paint: Paint): string {
  const { counts, files, pairs } = report;
  const found = countsInWords(counts);
  const names = pairs.map(({ name }) => printable(name)).join('; ');
  const where = `${files === 1 ? '1 file' : `${files} files`}${names === '' ? '' : `, ${pairs.length === 1 ? 'pair' : 'pairs'}: ${names}`}`;
  const hidden = hiddenInWords(report.hidden);
  if (found === '') return `${paint('green', hidden === '' ? 'Nothing found' : 'Nothing new')} in ${where}.${hidden}`;
  return `${paint(counts.error > 0 ? 'red' : 'yellow', found)} in ${where}.${hidden}`;
}

/** What is not shown, as a sentence behind a space; empty where that is nothing. */
export function hiddenInWords({ suppressed, baseline }: CheckReport['hidden']): string {
  const parts = [
    ...(baseline > 0 ? [`${baseline} by the baseline`] : []),
    ...(suppressed > 0 ? [`${suppressed} by suppressions`] : []),
  ];
  return parts.length === 0 ? '' : ` Hidden: ${parts.join(', ')}.`;
}
