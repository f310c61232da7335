import { URI } from 'vscode-uri';
import { describeDocument } from '../model/documentKind.ts';
import type { Applicability, Finding, Fix } from '../rules/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { WorkspaceFindings } from '../rules/workspaceFindings.ts';
import { spanOf } from '../syntax/tree.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';
import { type DiskFile, replaceFiles } from './disk.ts';
import { encodeText } from './encoding.ts';
import { countsInWords, hiddenInWords } from './formats/text.ts';
import { unifiedDiff } from './formats/unifiedDiff.ts';
import { type Loaded, load, shownPath } from './load.ts';
import { checkLoaded, findingsOf } from './report.ts';
import { type ExitStatus, exitStatus, painter, printable, type Terminal } from './terminal.ts';

export interface FixRequest {
  readonly paths: readonly string[];
  /** The rules whose findings are repaired; empty for all. */
  readonly rules: readonly string[];
  readonly include: 'safe' | 'suggestion' | 'dangerous';
  readonly config: string | undefined;
  readonly isDryRun: boolean;
}

/** A fix that was applied, in the words for the report. */
interface Applied {
  readonly file: string;
  readonly title: string;
  readonly rule: string;
}

interface Change {
  readonly name: string;
  readonly file: DiskFile;
  readonly before: string;
  readonly after: string;
}

/** Fixes that go on making work for each other are stopped here; real repairs take three or four rounds. */
const mostRounds = 50;

const allowed: Readonly<Record<FixRequest['include'], readonly Applicability[]>> = {
  safe: ['safe'],
  suggestion: ['safe', 'suggestion'],
  dangerous: ['safe', 'suggestion', 'dangerous'],
};

/** `pfsense-ha fix`: repairs the files that were named, all of them or none. */
export function fix(request: FixRequest, terminal: Terminal, rules: readonly Rule[]): ExitStatus {
  const loaded = load(request, terminal);
  const problems = [...loaded.problems, ...unwritable(loaded, terminal.cwd)];
  if (problems.length > 0) return fail(problems, terminal);

  const repair = new Repair(loaded, request, rules);
  const applied = repair.run();
  if (!applied) {
    return fail(
      [`the fixes go on changing each other's work after ${mostRounds} rounds; nothing was written.`],
      terminal,
    );
  }
  const changes = repair.changes(terminal.cwd);
  const written = request.isDryRun ? undefined : write(changes);
  if (written !== undefined) return fail([written], terminal);
  if (request.isDryRun) terminal.print(unifiedDiff(changes, painter(terminal)));

  const report = checkLoaded(loaded, { rules, cwd: terminal.cwd });
  tellWhatWasDone({ applied, changes, isDryRun: request.isDryRun }, terminal);
  for (const sentence of repair.refused(terminal.cwd)) terminal.tell(`note: ${printable(sentence)}\n`);
  for (const note of report.notes) terminal.tell(`note: ${printable(note)}\n`);
  const left = countsInWords(report.counts);
  const hidden = hiddenInWords(report.hidden);
  const nothing = hidden === '' ? 'Nothing is left to repair.' : `Nothing new is left to repair.${hidden}`;
  terminal.tell(left === '' ? `${nothing}\n` : `${left} left; see: pfsense-ha check\n`);
  return report.counts.error > 0 ? exitStatus.errors : exitStatus.clean;
}

/** Applies fixes in rounds: those of one round do not touch each other, and the next round looks anew. */
class Repair {
  private readonly findings: WorkspaceFindings;
  /** By the address of a file that was not named, the fixes that would change it and one that was. */
  private readonly foreign = new Map<string, Set<string>>();

  constructor(
    private readonly loaded: Loaded,
    private readonly request: FixRequest,
    rules: readonly Rule[],
  ) {
    this.findings = findingsOf(loaded, rules);
    for (const uri of loaded.named) loaded.workspace.openEditor(uri, loaded.files.get(uri)?.text ?? '');
  }

  /** What was applied, in order; absent where it does not come to an end. */
  run(): readonly Applied[] | undefined {
    const applied: Applied[] = [];
    for (let round = 0; round < mostRounds; round++) {
      const chosen = this.choose();
      if (chosen.length === 0) return applied;
      this.apply(chosen.map(({ fix }) => fix));
      for (const { finding, fix } of chosen) {
        applied.push({ file: finding.at.anchor.document.uri, title: fix.title, rule: finding.rule });
      }
    }
    return undefined;
  }

  changes(cwd: string): readonly Change[] {
    return [...this.loaded.named].flatMap(uri => {
      const file = this.loaded.files.get(uri);
      const after = this.loaded.workspace.sourceOf(uri)?.buffer.toString();
      return file && after !== undefined && after !== file.text
        ? [{ name: shownPath(file.path, cwd), file, before: file.text, after }]
        : [];
    });
  }

  /** What would have been applied if all the files that it changes had been named. */
  refused(cwd: string): readonly string[] {
    return [...this.foreign].map(([uri, titles]) => {
      const fixes = titles.size === 1 ? '1 fix changes' : `${titles.size} fixes change`;
      return `${fixes} ${shownPath(URI.parse(uri).fsPath, cwd)} too; name both files to have that done.`;
    });
  }

  private choose(): { readonly finding: Finding; readonly fix: Fix }[] {
    const chosen: { finding: Finding; fix: Fix }[] = [];
    const taken = new Map<string, { readonly from: number; readonly to: number }[]>();
    this.foreign.clear();
    for (const finding of this.wanted()) {
      const fix = finding.fixes().find(each => this.mayApply(each));
      if (!fix || !fits(fix, taken)) continue;
      for (const { document, edits } of fix.edits) {
        taken.set(document.uri, [...(taken.get(document.uri) ?? []), ...edits]);
      }
      chosen.push({ finding, fix });
    }
    return chosen;
  }

  private wanted(): readonly Finding[] {
    const { rules } = this.request;
    // A fix for a finding in the peer may lie in a file that was named.
    const peers = [...this.loaded.named].flatMap(uri => this.loaded.workspace.peerOf(uri)?.uri ?? []);
    return [...new Set([...this.loaded.named, ...peers])]
      .flatMap(uri => [...this.findings.of(uri)].sort((a, b) => spanOf(a.at).start - spanOf(b.at).start))
      .filter(({ rule }) => rules.length === 0 || rules.includes(rule));
  }

  private mayApply({ title, applicability, edits }: Fix): boolean {
    if (!allowed[this.request.include].includes(applicability) || edits.length === 0) return false;
    const outside = edits.filter(({ document }) => !this.loaded.named.has(document.uri));
    for (const { document } of outside.length < edits.length ? outside : []) {
      this.foreign.set(document.uri, (this.foreign.get(document.uri) ?? new Set()).add(title));
    }
    return outside.length === 0;
  }

  private apply(fixes: readonly Fix[]): void {
    const byUri = new Map<string, { from: number; to: number; text: string }[]>();
    for (const { document, edits } of fixes.flatMap(each => each.edits)) {
      byUri.set(document.uri, [...(byUri.get(document.uri) ?? []), ...edits]);
    }
    // The last edit first, so that the offsets of the others stay right.
    for (const [uri, edits] of byUri)
      this.loaded.workspace.changeEditor(
        uri,
        edits.sort((a, b) => b.from - a.from),
      );
  }
}

/** Whether a fix lies within its documents and touches nothing that another one, or it itself, changes already. */
function fits(
  fix: Fix,
  taken: ReadonlyMap<string, readonly { readonly from: number; readonly to: number }[]>,
): boolean {
  const seen = new Map<string, { readonly from: number; readonly to: number }[]>();
  for (const { document, edits } of fix.edits) {
    const own = seen.get(document.uri) ?? [];
    for (const edit of edits) {
      if (edit.from < 0 || edit.to < edit.from || edit.to > document.buffer.length) return false;
      const others = [...(taken.get(document.uri) ?? []), ...own];
      if (others.some(({ from, to }) => edit.from <= to && from <= edit.to)) return false;
      own.push(edit);
    }
    seen.set(document.uri, own);
  }
  return true;
}

/** A file is repaired only where what is not repaired comes out as it went in. */
function unwritable({ named, files, workspace, groups }: Loaded, cwd: string): string[] {
  const problems = [...named].flatMap(uri => {
    const file = files.get(uri);
    if (!file) return [];
    const name = shownPath(file.path, cwd);
    if (!file.encoding.isFaithful)
      return [`${name} holds bytes that are not ${file.encoding.name}, so it is not changed.`];
    if (workspace.kindOf(uri) === 'pfsense') return [];
    const what = describeDocument(new XmlDocument(uri, file.text)) ?? 'It is no pfSense config.';
    return [`${name} cannot be repaired. ${what}`];
  });
  return [...groups.map(group => `${group}; name the files to repair.`), ...problems];
}

function write(changes: readonly Change[]): string | undefined {
  const files: { file: DiskFile; name: string; bytes: Uint8Array }[] = [];
  for (const { name, file, after } of changes) {
    const bytes = encodeText(after, file.encoding);
    if (!bytes)
      return `${name} is ${file.encoding.name}, which has no bytes for a character that a fix puts in; nothing was written.`;
    files.push({ file, name, bytes });
  }
  const outcome = replaceFiles(files);
  return outcome.isDone ? undefined : outcome.problem;
}

function tellWhatWasDone(
  done: { readonly applied: readonly Applied[]; readonly changes: readonly Change[]; readonly isDryRun: boolean },
  terminal: Terminal,
): void {
  const { applied, changes, isDryRun } = done;
  for (const { file, title, rule } of applied) {
    terminal.tell(`${shownPath(URI.parse(file).fsPath, terminal.cwd)}: ${printable(title)} [${rule}]\n`);
  }
  const fixes = applied.length === 1 ? '1 fix' : `${applied.length} fixes`;
  const files = changes.length === 1 ? '1 file' : `${changes.length} files`;
  if (applied.length === 0) terminal.tell('No fix applies.\n');
  else terminal.tell(isDryRun ? `${fixes} in ${files}; nothing was written.\n` : `${fixes} applied in ${files}.\n`);
}

function fail(problems: readonly string[], terminal: Terminal): ExitStatus {
  for (const problem of problems) terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
  return exitStatus.failure;
}
