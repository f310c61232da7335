import { foldingRanges } from '../../features/foldingRanges.ts';
import { toFoldingRanges } from '../toProtocol.ts';
import { type EditorFeature, nothing } from './editorFeature.ts';

export const folding: EditorFeature = {
  capabilities: () => ({ foldingRangeProvider: true }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onFoldingRanges(
      guard.request('textDocument/foldingRange', nothing, ({ textDocument: { uri } }) => {
        const document = session.xmlSnapshotOf(uri)?.config.document;
        if (!document) return nothing;
        return toFoldingRanges(document.buffer, foldingRanges(document, features.mostFolds), features);
      }),
    );
  },
};
