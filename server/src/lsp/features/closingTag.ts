import { closingTag as closingAt } from '../../features/closingTag.ts';
import { type ClosingTagAnswer, type ClosingTagParams, closingTagRequest } from '../protocol.ts';
import { fromPosition } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** Asked for by a client of ours alone, which can say where the cursor goes on. */
export const closingTag: EditorFeature = {
  capabilities: () => ({}),
  listen(session) {
    const { connection, guard } = session;
    connection.onRequest<ClosingTagAnswer | null, never>(
      closingTagRequest,
      guard.request<ClosingTagParams, ClosingTagAnswer | null>(closingTagRequest, null, ({ uri, position }) => {
        const document = session.xmlSnapshotOf(uri)?.config.document;
        return (document && closingAt(document, fromPosition(document.buffer, position))) ?? null;
      }),
    );
  },
};
