import { renumber } from '../../features/refactor/renumber.ts';
import { hasKnownStructure } from '../../model/structure.ts';
import { type RenumberParams, type RenumberResult, renumberRequest } from '../protocol.ts';
import type { Session } from '../session.ts';
import { toPreviewedEdit } from '../workspaceEdits.ts';
import type { EditorFeature } from './editorFeature.ts';

export const renumbering: EditorFeature = {
  capabilities: () => ({}),
  listen(session) {
    session.connection.onRequest<RenumberResult, never>(
      renumberRequest,
      session.guard.request<RenumberParams, RenumberResult>(
        renumberRequest,
        { problem: 'The new addresses could not be worked out; the log says why.' },
        params => renumbered(session, params),
      ),
    );
  },
};

function renumbered(session: Session, { uri, interface: interfaceKey, subnet }: RenumberParams): RenumberResult {
  const snapshot = session.snapshotOf(uri);
  if (!snapshot) return { problem: 'This file is no pfSense configuration.' };
  if (!hasKnownStructure(snapshot.config.document)) {
    return { problem: 'The file has faults in its markup; mend them first.' };
  }
  const result = renumber(snapshot, { interfaceKey, subnet });
  if ('refusal' in result) return { problem: result.refusal };
  return { edit: toPreviewedEdit(session.actions, result.edits), left: result.left };
}
