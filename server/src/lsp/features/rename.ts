import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { prepareRename, rename as renamed } from '../../features/rename.ts';
import { fromPosition, rangeOfPlace } from '../toProtocol.ts';
import { toWorkspaceEdit } from '../workspaceEdits.ts';
import type { EditorFeature } from './editorFeature.ts';

export const rename: EditorFeature = {
  capabilities: ({ preparesRename }) => ({ renameProvider: preparesRename ? { prepareProvider: true } : true }),
  listen(session) {
    const { connection, guard } = session;
    connection.onPrepareRename(
      guard.request<PrepareRenameParams, PrepareRenameResult | ResponseError<never> | null>(
        'textDocument/prepareRename',
        null,
        ({ textDocument: { uri }, position }) => {
          const snapshot = session.snapshotOf(uri);
          if (!snapshot) return null;
          const found = prepareRename(snapshot, fromPosition(snapshot.config.document.buffer, position));
          return 'problem' in found
            ? refused(found.problem)
            : { range: rangeOfPlace(found.place), placeholder: found.text };
        },
      ),
    );
    connection.onRenameRequest(
      guard.request<RenameParams, WorkspaceEdit | ResponseError<never> | null>(
        'textDocument/rename',
        null,
        ({ textDocument: { uri }, position, newName }) => {
          const snapshot = session.snapshotOf(uri);
          if (!snapshot) return null;
          const result = renamed(snapshot, fromPosition(snapshot.config.document.buffer, position), newName);
          return 'problem' in result ? refused(result.problem) : toWorkspaceEdit(session.actions, result.edits, uri);
        },
      ),
    );
  },
};

/** Editors show the sentence at the cursor. */
function refused(problem: string): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestFailed, problem);
}
