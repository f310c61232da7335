import { isAbsolute, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Finding } from '../../rules/finding.ts';
import { type CheckReport, positionOf } from '../report.ts';
import { numberedPath } from './numberedPath.ts';

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
    findings: report.findings.map(finding => jsonFinding(finding, report.pathOf(finding), file)),
    summary: { ...report.counts, ...report.hidden, files: report.files, ms: Math.round(took * 10) / 10 },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function jsonFinding(
  { rule, severity, message, at, related, fixes }: Finding,
  element: string,
  file: (path: string) => string,
) {
  const { path, ...place } = positionOf(at);
  return {
    rule,
    severity,
    message,
    file: file(path),
    path: numberedPath(at),
    element,
    ...place,
    related: related.map(each => {
      const { path: there, line, column } = positionOf(each.at);
      return { file: file(there), line, column, message: each.message };
    }),
    fixes: fixes().map(({ title, applicability }) => ({ title, applicability })),
  };
}

function relativeFile(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  // On Windows a file on another drive has no relative path.
  return (isAbsolute(shown) ? path : shown).split(sep).join('/');
}
