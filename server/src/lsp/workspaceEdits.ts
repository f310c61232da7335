import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { fileName, normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { DocumentEdit } from '../rules/finding.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { toTextEdits } from './toProtocol.ts';

export interface EditParts {
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly features: ClientFeatures;
}

/**
 * Edits of one or more configs as the editor takes them: for the version that is open, so that it refuses them if
 * anybody has typed since. Where a file other than the one in view is among them, all of them wait for a confirmation
 * and are one change to confirm: VS Code applies what needs none beside what a person has not ticked, and half a fix
 * is none.
 *
 * @param view the file in view
 */
export function toWorkspaceEdit(parts: EditParts, edits: readonly DocumentEdit[], view: string): WorkspaceEdit {
  return toEdit(parts, edits, otherFiles({ edits }, view));
}

/** The same of edits that a person wants to see before they are made, wherever they are. */
export function toPreviewedEdit(parts: EditParts, edits: readonly DocumentEdit[]): WorkspaceEdit {
  return toEdit(
    parts,
    edits,
    edits.map(({ document }) => document.uri),
  );
}

/** @param confirmed the files for whose sake a confirmation is asked for */
function toEdit(
  { workspace, documents, features }: EditParts,
  edits: readonly DocumentEdit[],
  confirmed: readonly string[],
): WorkspaceEdit {
  const isConfirmed = confirmed.length > 0 && features.confirmedEdits;
  const documentChanges = edits.map(({ document, edits: each }): TextDocumentEdit => {
    const uri = workspace.spellingOf(document.uri);
    const plain = toTextEdits(document.buffer, each);
    const annotated = plain.map((edit): AnnotatedTextEdit => ({ ...edit, annotationId }));
    return {
      textDocument: { uri, version: documents.get(uri)?.version ?? null },
      edits: isConfirmed ? annotated : plain,
    };
  });
  if (!features.versionedEdits) return { changes: byUri(documentChanges) };
  if (!isConfirmed) return { documentChanges };
  return { documentChanges, changeAnnotations: { [annotationId]: annotationOf(workspace, confirmed) } };
}

/** What is said behind a title of the other files that an action changes. */
export function changesOf(workspace: Workspace, others: readonly string[]): string {
  const names = others.map(uri => fileName(workspace.spellingOf(uri)));
  return names.length > 0 ? ` (changes ${names.join(' and ')})` : '';
}

/** The files other than the one in view that edits change. */
export function otherFiles(change: { readonly edits: readonly DocumentEdit[] }, view: string): string[] {
  const key = normalUri(view);
  return change.edits.map(({ document }) => document.uri).filter(uri => normalUri(uri) !== key);
}

const annotationId = 'pair';

function annotationOf(workspace: Workspace, uris: readonly string[]): ChangeAnnotation {
  const names = uris.map(uri => {
    const role = workspace.membershipOf(uri)?.role;
    return role ? `${fileName(uri)}, the ${role}` : fileName(uri);
  });
  return {
    label: `Changes ${names.join(' and ')}`,
    needsConfirmation: true,
    description:
      'These changes reach beyond one place, or beyond the file in view. They belong together: tick all or none.',
  };
}

function byUri(changes: readonly TextDocumentEdit[]): Record<string, TextEdit[]> {
  const plain: Record<string, TextEdit[]> = {};
  for (const { textDocument, edits } of changes) {
    plain[textDocument.uri] = edits.filter((edit): edit is TextEdit => 'newText' in edit);
  }
  return plain;
}
