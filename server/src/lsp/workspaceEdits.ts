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
 * anybody has typed since. Every file other than the one in view waits for a confirmation.
 *
 * @param view the file in view
 */
export function toWorkspaceEdit(
  { workspace, documents, features }: EditParts,
  edits: readonly DocumentEdit[],
  view: string,
): WorkspaceEdit {
  const annotations: Record<string, ChangeAnnotation> = {};
  const changes: TextDocumentEdit[] = edits.map(({ document, edits: each }) => {
    const uri = workspace.spellingOf(document.uri);
    const plain = toTextEdits(document.buffer, each);
    const isElsewhere = normalUri(uri) !== normalUri(view);
    const textDocument = { uri, version: documents.get(uri)?.version ?? null };
    if (!isElsewhere || !features.confirmedEdits) return { textDocument, edits: plain };
    annotations[uri] = annotationOf(workspace, uri);
    return { textDocument, edits: plain.map((edit): AnnotatedTextEdit => ({ ...edit, annotationId: uri })) };
  });
  if (!features.versionedEdits) return { changes: byUri(changes) };
  return {
    documentChanges: changes,
    ...(Object.keys(annotations).length > 0 && { changeAnnotations: annotations }),
  };
}

function annotationOf(workspace: Workspace, uri: string): ChangeAnnotation {
  const role = workspace.membershipOf(uri)?.role;
  const label = `Change ${fileName(uri)}${role ? `, the ${role}` : ''}`;
  return { label, needsConfirmation: true, description: 'This file is not the one that the fix was chosen in.' };
}

function byUri(changes: readonly TextDocumentEdit[]): Record<string, TextEdit[]> {
  const plain: Record<string, TextEdit[]> = {};
  for (const { textDocument, edits } of changes) {
    plain[textDocument.uri] = edits.filter((edit): edit is TextEdit => 'newText' in edit);
  }
  return plain;
}
