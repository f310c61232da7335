import assert from 'node:assert/strict';
import { XMLValidator } from 'fast-xml-parser';
import { numberedPath } from '../../server/src/cli/formats/numberedPath.ts';
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import type { Finding, Fix } from '../../server/src/rules/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { type PairTexts, type Side, splice } from './mutate.ts';

const sides: readonly Side[] = ['primary', 'secondary'];

/** A finding as it compares with those of another state of the files. */
interface Seen {
  readonly rule: string;
  readonly side: Side;
  readonly message: string;
  readonly severity: Finding['severity'];
  readonly path: string;
}

/** Two texts as a pair that a manifest names, open in an editor, and all that is found in them. */
export class OpenPair {
  readonly workspace = new Workspace();
  private readonly all = new WorkspaceFindings(this.workspace, { rules });

  constructor(texts: PairTexts) {
    const node = (side: Side) => ({ config: `${side}.xml` });
    const pair = { name: 'pair', primary: node('primary'), secondary: node('secondary') };
    this.workspace.setDiskText('file:///pair/pfsense-ha.json', JSON.stringify({ pairs: [pair] }));
    for (const side of sides) this.workspace.openEditor(uriOf(side), texts[side]);
  }

  findings(): readonly Finding[] {
    return sides.flatMap(side => this.all.of(uriOf(side)));
  }

  seen(): readonly Seen[] {
    return this.findings().map(finding => ({
      rule: finding.rule,
      side: sideOf(finding.at.anchor.document.uri),
      message: finding.message,
      severity: finding.severity,
      path: numberedPath(finding.at),
    }));
  }

  texts(): PairTexts {
    const text = (side: Side) => this.workspace.documentOf(uriOf(side))?.buffer.toString() ?? '';
    return { primary: text('primary'), secondary: text('secondary') };
  }

  /** One of them as a feature is asked about it. */
  snapshotOf(side: Side): Snapshot {
    const config = this.workspace.configOf(uriOf(side));
    assert.ok(config);
    return { config, role: side, peer: this.workspace.peerOf(uriOf(side))?.config };
  }

  /** Whether any markup is left that is not well-formed. */
  hasFaults(): boolean {
    return this.findings().some(({ rule }) => rule === 'xml-syntax');
  }

  /** Applies a fix as an editor does: the last edit of each file first. */
  apply({ edits }: Pick<Fix, 'edits'>): void {
    for (const each of edits) {
      this.workspace.changeEditor(
        each.document.uri,
        [...each.edits].sort((a, b) => b.from - a.from),
      );
    }
  }
}

export interface FixProblems {
  /** How many fixes were applied. */
  readonly applied: number;
  /** What is wrong with which fix, in words. */
  readonly problems: readonly string[];
}

export interface FixOptions {
  /** The texts before their markup was broken: what is wrong in them may come to light when the markup is mended. */
  readonly unbroken?: readonly PairTexts[];
  /** Also compares what is found after each fix with what is found in the same texts opened anew. */
  readonly isThorough?: boolean;
}

/** Applies every fix of every finding by itself, each to the texts as they are given, and tells what is wrong with it. */
export function fixProblems(texts: PairTexts, options: FixOptions = {}): FixProblems {
  const opened = new OpenPair(texts);
  const before = opened.seen();
  const findings = opened.findings();
  const all = findings.map(finding => finding.fixes());
  const problems: string[] = [];
  const again = findings.map(finding => finding.fixes());
  if (written(all) !== written(again)) problems.push('fixes are not the same when they are worked out again');
  if (!sameTexts(opened.texts(), texts)) problems.push('a text has changed while fixes were worked out');
  const valid = new Map<Side, boolean>();
  const wasWellFormed = (side: Side) => {
    const known = valid.get(side) ?? (!opened.hasFaults() && isWellFormed(texts[side]));
    valid.set(side, known);
    return known;
  };
  let revealed: readonly Seen[] | undefined;
  const mayReveal = () => {
    revealed ??= (options.unbroken ?? []).flatMap(each => new OpenPair(each).seen());
    return revealed;
  };
  let applied = 0;
  all.forEach((fixes, i) => {
    const finding = before[i];
    if (!finding) return;
    fixes.forEach((fix, which) => {
      applied++;
      const state = { texts, before, finding, which, index: i, options, mayReveal, isWellFormed: wasWellFormed };
      for (const problem of problemsOf(fix, state)) {
        problems.push(`“${fix.title}” for ${shown(finding)} ${problem}`);
      }
    });
  });
  return { applied, problems };
}

interface State {
  readonly texts: PairTexts;
  readonly before: readonly Seen[];
  readonly finding: Seen;
  /** Which finding it is, and which of its fixes. */
  readonly index: number;
  readonly which: number;
  readonly options: FixOptions;
  readonly mayReveal: () => readonly Seen[];
  /** Whether a text was well-formed before. */
  readonly isWellFormed: (side: Side) => boolean;
}

function problemsOf(fix: Fix, state: State): string[] {
  const { texts, before, finding, options } = state;
  const wrong = malformed(fix);
  if (wrong) return [wrong];
  const pair = new OpenPair(texts);
  const chosen = pair.findings()[state.index]?.fixes()[state.which];
  if (chosen?.title !== fix.title) return ['is another fix when the files are opened anew'];
  pair.apply(chosen);
  const after = pair.seen();
  const now = pair.texts();
  const problems: string[] = [];
  for (const side of sides) {
    const edits = fix.edits.filter(each => each.document.uri === uriOf(side)).flatMap(each => each.edits);
    if (now[side] !== splice(texts[side], edits)) problems.push(`changes other text of the ${side} than it says`);
    if (now[side] !== texts[side] && state.isWellFormed(side) && !isWellFormed(now[side])) {
      problems.push(`breaks the markup of the ${side}`);
    }
  }
  if (sameTexts(now, texts)) problems.push('changes nothing');
  const alike = (list: readonly Seen[]) => list.filter(each => isSame(each, finding)).length;
  if (alike(after) >= alike(before)) problems.push('leaves its finding');
  const mendsTags = finding.rule === 'xml-syntax' || finding.rule === 'xml-tag-case';
  const known = mendsTags ? [...before, ...state.mayReveal()] : before;
  // What is copied from the primary brings along what is wrong with it there, and nothing else.
  const isCopied = (error: Seen) =>
    finding.rule === 'sync-drift' &&
    error.side === 'secondary' &&
    before.some(each => each.side === 'primary' && each.rule === error.rule && isSamePlace(each, error));
  // One fault of several mended, or one mended in one of two ways: what the file then means nobody can promise.
  const isMarkupOnly = mendsTags && (fix.applicability !== 'safe' || pair.hasFaults());
  for (const each of newErrors(known, after).filter(error => !isCopied(error) && !isRevealed(finding, error))) {
    if (!isMarkupOnly || each.rule === 'xml-syntax') problems.push(`brings ${shown(each)}`);
  }
  if (options.isThorough && JSON.stringify(after) !== JSON.stringify(new OpenPair(now).seen())) {
    problems.push('leaves findings that the same texts opened anew do not have');
  }
  return problems;
}

/**
 * Whether a new error is a truth that the mistake had hidden from the rules, and that nobody sees before it is mended.
 */
function isRevealed(finding: Seen, error: Seen): boolean {
  const isHere = error.side === finding.side && error.path === finding.path;
  // A value that no rule could read says something again, and that may be wrong beside what the other node has.
  if (finding.rule === 'value-invalid' && error.path === finding.path && error.rule !== 'value-invalid') return true;
  // A row of no known mode is no VIP; as a CARP VIP all that is asked of one is asked of it, on the peer too.
  const isKindOfVip = finding.rule === 'value-invalid' && /^virtualip\/vip(?:\[\d+\])?\/mode$/i.test(finding.path);
  if (isKindOfVip && error.rule.startsWith('carp-')) return true;
  // A pool that was none is served again, and the other node may serve it, too.
  if (finding.rule === 'dhcp-pool-outside-subnet' && error.rule === 'kea-ha-missing') return true;
  if (finding.rule !== 'xml-syntax') return false;
  // While markup is broken in a value, nothing is said of the value; and what a comment or a CDATA without an end had
  // swallowed is text of its element now, which may be no value for it.
  if (error.rule === 'value-invalid' && isHere) return true;
  if (!/ never ends: /.test(finding.message)) return false;
  // The rest of the file is read for the first time, whose end may be missing.
  return error.rule === 'xml-syntax' && error.side === finding.side && / is never closed; /.test(error.message);
}

/**
 * The errors that were not there before. An error is the same where it says the same, or where it is the rule's
 * at the same element, or beside it: a value that was mended may well stand in the words of a mistake that is left.
 */
export function newErrors(before: readonly Seen[], after: readonly Seen[]): readonly Seen[] {
  const left = [...before];
  const take = (matches: (each: Seen) => boolean): boolean => {
    const at = left.findIndex(matches);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const isAlike = (one: Seen, other: Seen) => one.rule === other.rule && one.side === other.side;
  return after
    .filter(({ severity }) => severity === 'error')
    .filter(error => !take(each => isSame(each, error)))
    .filter(error => !take(each => isAlike(each, error) && each.path === error.path))
    .filter(error => !take(each => isAlike(each, error) && parentOf(each.path) === parentOf(error.path)));
}

/** Whichever of several alike it is. */
function isSamePlace(one: Seen, other: Seen): boolean {
  return one.path.replace(/\[\d+\]/g, '') === other.path.replace(/\[\d+\]/g, '');
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function isSame(one: Seen, other: Seen): boolean {
  return one.rule === other.rule && one.side === other.side && one.message === other.message;
}

/** What is wrong with the edits themselves. Edits that touch are refused by the command line, so that no fix may have them. */
function malformed({ edits }: Fix): string | undefined {
  if (edits.length === 0 || edits.some(each => each.edits.length === 0)) return 'edits nothing';
  for (const side of sides) {
    const here = edits.filter(({ document }) => document.uri === uriOf(side));
    if (here.length > 1) return `names the ${side} twice`;
    let end = -1;
    for (const { from, to } of [...(here[0]?.edits ?? [])].sort((a, b) => a.from - b.from)) {
      if (from <= end) return `has edits that touch at ${from} in the ${side}`;
      if (to < from || to > (here[0]?.document.buffer.length ?? 0)) return `edits outside of the ${side}`;
      end = to;
    }
  }
  return undefined;
}

function isWellFormed(text: string): boolean {
  return XMLValidator.validate(text) === true;
}

function written(fixes: readonly (readonly Fix[])[]): string {
  const plain = ({ title, edits }: Fix) => [title, edits.map(each => [each.document.uri, each.edits])];
  return JSON.stringify(fixes.map(each => each.map(plain)));
}

function sameTexts(one: PairTexts, other: PairTexts): boolean {
  return sides.every(side => one[side] === other[side]);
}

function shown({ side, path, rule, message }: Seen): string {
  return `${side} ${path} ${rule}: ${message}`;
}

function uriOf(side: Side): string {
  return `file:///pair/${side}.xml`;
}

function sideOf(uri: string): Side {
  return uri === uriOf('primary') ? 'primary' : 'secondary';
}
