import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Snapshot } from '../features/snapshot.ts';
import { fileName, normalUri } from '../pair/uri.ts';
import type { DocumentEdit, Finding, Fix } from '../rules/finding.ts';
import { spanOf } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type RefactorData, refactorActions, refactorEdit } from './refactorActions.ts';
import type { Reports } from './reports.ts';
import { type SilenceData, silenceActions, silenceEdit } from './silenceActions.ts';
import { type DiagnosticOptions, fromRange, toDiagnostic } from './toProtocol.ts';
import { changesOf, type EditParts, otherFiles, toWorkspaceEdit } from './workspaceEdits.ts';

export const fixAllKind = 'source.fixAll.pfsenseHa';

export interface ActionParts extends EditParts {
  readonly reports: Reports;
  /** What a question about a file is asked of; absent for all but pfSense configs. */
  readonly snapshotOf: (uri: string) => Snapshot | undefined;
  /** The commands of ours that the editor runs. */
  readonly commands: readonly string[];
  readonly diagnostics: DiagnosticOptions;
}

/** Findings on one place whose fixes are worked out for a menu; a person chooses among fewer. */
const mostFindings = 50;

/** How a chosen action is found again; it goes to the editor and back. */
type ActionData =
  | SilenceData
  | RefactorData
  | { readonly kind: 'fixAll'; readonly uri: string; readonly version: number | null }
  | {
      readonly kind: 'fix';
      readonly uri: string;
      readonly version: number | null;
      readonly rule: string;
      readonly message: string;
      /** Offsets in the document at that version. */
      readonly start: number;
      readonly end: number;
      readonly fix: number;
      readonly title: string;
    };

/** What can be done about the findings at a range, and about all of the file where that is asked for. */
export function codeActions(parts: ActionParts, params: CodeActionParams): CodeAction[] {
  const { only, triggerKind } = params.context;
  const wants = (kind: string) => only === undefined || only.some(each => includesKind(each, kind));
  const actions = wants('quickfix') ? quickFixes(parts, params) : [];
  // An editor asks by itself at every move of the cursor: what takes all of the file waits until a person asks.
  const isAsked = only !== undefined || triggerKind !== 2;
  if (isAsked) actions.push(...refactorActions(parts, params, wants));
  if (isAsked && wants(fixAllKind)) actions.push(...fixAllActions(parts, params));
  return actions;
}

/** Puts the edits into an action that was chosen. Where the text is another one by now, it stays without. */
export function resolveCodeAction(parts: ActionParts, action: CodeAction): CodeAction {
  const data = action.data as ActionData;
  if (data.kind === 'suppress' || data.kind === 'off') {
    const edit = silenceEdit(parts, data);
    return edit ? { ...action, edit } : action;
  }
  const version = parts.documents.get(data.uri)?.version ?? null;
  if (version !== data.version) return action;
  if (data.kind === 'refactor') {
    const edit = refactorEdit(parts, data);
    return edit ? { ...action, edit } : action;
  }
  const edits = data.kind === 'fixAll' ? safeEdits(parts, data.uri) : chosenFix(parts, data)?.edits;
  return edits && edits.length > 0 ? { ...action, edit: toWorkspaceEdit(parts, edits, data.uri) } : action;
}

function quickFixes(parts: ActionParts, { textDocument: { uri }, range }: CodeActionParams): CodeAction[] {
  const buffer = parts.workspace.sourceOf(uri)?.buffer;
  if (!buffer) return [];
  const { from, to } = fromRange(buffer, range);
  const here = findings(parts, uri).filter(({ at }) => {
    const { start, end } = spanOf(at);
    return start <= to && from <= end;
  });
  const chosen = here.slice(0, mostFindings);
  return [...chosen.flatMap(finding => actionsOf(parts, finding, uri)), ...silenceActions(parts, chosen, uri)];
}

function actionsOf(parts: ActionParts, finding: Finding, uri: string): CodeAction[] {
  const fixes = finding.fixes();
  const isSingleSafe = fixes.filter(({ applicability }) => applicability === 'safe').length === 1;
  const { start, end } = spanOf(finding.at);
  const version = parts.documents.get(uri)?.version ?? null;
  const diagnostics = [toDiagnostic(finding, parts.diagnostics)];
  const { rule, message } = finding;
  return fixes.flatMap((fix, i): CodeAction[] => {
    const action: CodeAction = {
      title: titleOf(parts, fix, uri),
      kind: 'quickfix',
      diagnostics,
      ...(isSingleSafe && fix.applicability === 'safe' && { isPreferred: true }),
    };
    const reason = refusalOf(parts, fix, uri);
    if (reason !== undefined) return parts.features.disabledCodeActions ? [{ ...action, disabled: { reason } }] : [];
    if (!parts.features.lazyCodeActions) return [{ ...action, edit: toWorkspaceEdit(parts, fix.edits, uri) }];
    const data: ActionData = { kind: 'fix', uri, version, rule, message, start, end, fix: i, title: fix.title };
    return [{ ...action, data }];
  });
}

/**
 * An editor that cannot ask for a confirmation changes the other file as soon as the action is chosen. So its title
 * names that file, which makes the choice the confirmation: without that, people who use such an editor could not
 * repair anything across the pair.
 */
function titleOf({ features, workspace }: ActionParts, fix: Fix, view: string): string {
  if (features.confirmedEdits) return fix.title;
  return `${fix.title}${changesOf(workspace, otherFiles(fix, view))}`;
}

/** Where something may be lost in a file that is not in view, the choice alone is not enough. */
function refusalOf({ features }: ActionParts, fix: Fix, view: string): string | undefined {
  const others = otherFiles(fix, view);
  if (features.confirmedEdits || fix.applicability !== 'dangerous' || others.length === 0) return undefined;
  const names = others.map(fileName).join(' and ');
  return `This may lose something in ${names}, and this editor cannot ask for a confirmation. Edit ${names} yourself.`;
}

function chosenFix(parts: ActionParts, data: ActionData & { readonly kind: 'fix' }): Fix | undefined {
  const finding = findings(parts, data.uri).find(({ rule, message, at }) => {
    const { start, end } = spanOf(at);
    return rule === data.rule && message === data.message && start === data.start && end === data.end;
  });
  const fix = finding?.fixes()[data.fix];
  return fix?.title === data.title ? fix : undefined;
}

function fixAllActions(parts: ActionParts, { textDocument: { uri } }: CodeActionParams): CodeAction[] {
  const edits = safeEdits(parts, uri);
  if (edits.length === 0) return [];
  const action: CodeAction = { title: 'Apply every safe fix of this file', kind: fixAllKind };
  if (!parts.features.lazyCodeActions) return [{ ...action, edit: toWorkspaceEdit(parts, edits, uri) }];
  const data: ActionData = { kind: 'fixAll', uri, version: parts.documents.get(uri)?.version ?? null };
  return [{ ...action, data }];
}

/**
 * The safe fixes that change this file alone, one a finding. Those that touch a place which another one changes are
 * left for the next time: after it they may be unnecessary, or others.
 */
function safeEdits(parts: ActionParts, uri: string): DocumentEdit[] {
  const document = parts.workspace.documentOf(uri);
  if (!document) return [];
  const taken: TextEdit[] = [];
  for (const finding of findings(parts, uri)) {
    const safe = finding.fixes().filter(({ applicability }) => applicability === 'safe');
    const edits = safe.length === 1 ? safe[0]?.edits : undefined;
    if (!edits?.every(each => each.document === document)) continue;
    const wanted = edits.flatMap(each => each.edits);
    if (wanted.every(edit => taken.every(other => edit.to < other.from || other.to < edit.from))) taken.push(...wanted);
  }
  taken.sort((one, other) => one.from - other.from);
  return taken.length > 0 ? [{ document, edits: taken }] : [];
}

function findings({ reports }: ActionParts, uri: string): readonly Finding[] {
  return reports.findingsOf(normalUri(uri));
}

/** Whether a kind that was asked for takes in another one: `source` takes in `source.fixAll.pfsenseHa`. */
function includesKind(asked: string, kind: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}
