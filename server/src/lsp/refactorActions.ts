import type { CodeAction, CodeActionParams, WorkspaceEdit } from 'vscode-languageserver';
import { offersAt } from '../features/refactor/index.ts';
import type { Offer, Question, RefactoringKind } from '../features/refactor/refactoring.ts';
import { renumberableAt } from '../features/refactor/renumber.ts';
import type { ActionParts } from './codeActions.ts';
import { type RenumberedInterface, renumberCommand } from './protocol.ts';
import { fromRange } from './toProtocol.ts';
import { changesOf, otherFiles, toWorkspaceEdit } from './workspaceEdits.ts';

export const refactorKinds = [
  'refactor.extract',
  'refactor.inline',
  'refactor.move',
  'refactor.rewrite',
] as const satisfies readonly RefactoringKind[];

/** How a chosen refactoring is found again; it goes to the editor and back. */
export interface RefactorData {
  readonly kind: 'refactor';
  readonly uri: string;
  readonly version: number | null;
  readonly refactoring: RefactoringKind;
  readonly title: string;
  /** Offsets in the document at that version. */
  readonly from: number;
  readonly to: number;
}

/** What can be made of the config at a range without anything being wrong with it. */
export function refactorActions(
  parts: ActionParts,
  { textDocument: { uri }, range }: CodeActionParams,
  wants: (kind: string) => boolean,
): CodeAction[] {
  const snapshot = refactorKinds.some(wants) ? parts.snapshotOf(uri) : undefined;
  if (!snapshot) return [];
  const question: Question = { snapshot, ...fromRange(snapshot.config.document.buffer, range) };
  const actions = offersAt(question, wants).flatMap(({ kind, offer }) => {
    const { from, to } = question;
    const version = parts.documents.get(uri)?.version ?? null;
    return toAction(parts, offer, { kind: 'refactor', uri, version, refactoring: kind, title: offer.title, from, to });
  });
  return wants('refactor.rewrite') ? [...actions, ...renumberActions(parts, question, uri)] : actions;
}

/** The edit of a refactoring that was chosen; absent where it is not offered any more. */
export function refactorEdit(
  parts: ActionParts,
  { uri, from, to, refactoring, title }: RefactorData,
): WorkspaceEdit | undefined {
  const snapshot = parts.snapshotOf(uri);
  if (!snapshot) return undefined;
  const offers = offersAt({ snapshot, from, to }, kind => kind === refactoring);
  const found = offers.find(({ offer }) => offer.title === title)?.offer;
  const edits = found && 'edits' in found ? found.edits() : [];
  return edits.length > 0 ? toWorkspaceEdit(parts, edits, uri) : undefined;
}

function toAction(parts: ActionParts, offer: Offer, data: RefactorData): CodeAction[] {
  const { features, workspace } = parts;
  const action: CodeAction = { title: offer.title, kind: data.refactoring };
  if ('refusal' in offer) {
    return features.disabledCodeActions ? [{ ...action, disabled: { reason: offer.refusal } }] : [];
  }
  if (features.lazyCodeActions && features.confirmedEdits) return [{ ...action, data }];
  const edits = offer.edits();
  // An editor that asks for no confirmation changes the other file as soon as the action is chosen.
  const changes = features.confirmedEdits ? '' : changesOf(workspace, otherFiles({ edits }, data.uri));
  return [{ ...action, title: `${offer.title}${changes}`, edit: toWorkspaceEdit(parts, edits, data.uri) }];
}

/** It has to ask for the new network, so that it is there only for editors that run its command. */
function renumberActions({ commands }: ActionParts, question: Question, uri: string): CodeAction[] {
  if (!commands.includes(renumberCommand)) return [];
  return renumberableAt(question).map(({ interfaceKey, interfaceName, subnet }) => {
    const title = `Renumber ${interfaceName}, ${subnet}…`;
    const argument: RenumberedInterface = { uri, interface: interfaceKey, name: interfaceName, subnet };
    return { title, kind: 'refactor.rewrite', command: { title, command: renumberCommand, arguments: [argument] } };
  });
}
