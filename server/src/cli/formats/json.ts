import { isAbsolute, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Finding } from '../../rules/finding.ts';
import { Branch, Column, type Place } from '../../syntax/tree.ts';
import { type CheckReport, positionOf } from '../report.ts';

/**
 * The findings for a program. The form is stable: keys are added, never changed or taken away, as long as `version` is 1.
 * Lines and columns count from 1, columns in UTF-16 units; files are relative to the current folder, with `/`.
 *
 * @param took how long reading and checking took, in milliseconds
 */
export function formatJson(
  report: CheckReport,
  { cwd, took }: { readonly cwd: string; readonly took: number },
): string {
  const file = (path: string) => relativeFile(path, cwd);
  const document = {
    version: 1,
    pairs: report.pairs.flatMap(({ name, roles }) =>
      roles
        ? [
            {
              name,
              primary: file(URI.parse(roles.primary.uri).fsPath),
              secondary: file(URI.parse(roles.secondary.uri).fsPath),
            },
          ]
        : [],
    ),
    findings: report.findings.map(finding => jsonFinding(finding, file)),
    summary: { ...report.counts, files: report.files, ms: Math.round(took * 10) / 10 },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function jsonFinding({ rule, severity, message, at, related, fixes }: Finding, file: (path: string) => string) {
  const { path, ...place } = positionOf(at);
  return {
    rule,
    severity,
    message,
    file: file(path),
    path: elementPath(at),
    ...place,
    related: related.map(each => {
      const { path: there, line, column } = positionOf(each.at);
      return { file: file(there), line, column, message: each.message };
    }),
    fixes: fixes().map(({ title, applicability }) => ({ title, applicability })),
  };
}

/**
 * The innermost element around a place, as tags from below the root: `virtualip/vip[2]/advskew`. Where a parent has
 * several children of a name, `[n]` says which, from 1. Empty for a place outside every section.
 */
export function elementPath(place: Place): string {
  const { anchor } = place;
  if (!(anchor instanceof Branch)) return '';
  let row = 0;
  for (let inner = 1; inner < anchor.rows && anchor.at(Column.start, inner) <= place.from; inner++) {
    if (anchor.at(Column.end, inner) >= place.to && isWithin(anchor, inner, row)) row = inner;
  }
  const parts: string[] = [];
  for (let at = row; at >= 0; at = anchor.at(Column.parent, at)) parts.unshift(step(anchor, at));
  return parts.join('/');
}

function isWithin(branch: Branch, inner: number, outer: number): boolean {
  return inner > outer && inner < branch.at(Column.next, outer);
}

function step(branch: Branch, row: number): string {
  const name = branch.nameAt(row);
  const tag = branch.names.tag(branch.at(Column.name, row));
  const siblings = row === 0 ? branch.document.branches(name) : undefined;
  if (siblings) return siblings.length < 2 ? tag : `${tag}[${siblings.indexOf(branch) + 1}]`;
  const parent = branch.at(Column.parent, row);
  let count = 0;
  let index = 0;
  for (let at = parent + 1; at < branch.at(Column.next, parent); at = branch.at(Column.next, at)) {
    if (branch.nameAt(at) !== name) continue;
    count++;
    if (at === row) index = count;
  }
  return count < 2 ? tag : `${tag}[${index}]`;
}

function relativeFile(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  // On Windows a file on another drive has no relative path.
  return (isAbsolute(shown) ? path : shown).split(sep).join('/');
}
