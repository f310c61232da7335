import type { SelectionRange } from 'vscode-languageserver';
import { selectionRanges as rangesAt } from '../../features/selectionRanges.ts';
import { fromPosition, toRange } from '../toProtocol.ts';
import { type EditorFeature, nothing } from './editorFeature.ts';

export const selectionRanges: EditorFeature = {
  capabilities: () => ({ selectionRangeProvider: true }),
  listen(session) {
    const { connection, guard } = session;
    connection.onSelectionRanges(
      guard.request('textDocument/selectionRange', nothing, ({ textDocument: { uri }, positions }) => {
        const document = session.snapshotOf(uri)?.config.document;
        if (!document) return nothing;
        const { buffer } = document;
        return positions.map(position => {
          const ranges = rangesAt(document, fromPosition(buffer, position)).map(span =>
            toRange(buffer, span.start, span.end),
          );
          return (
            ranges.reduceRight<SelectionRange | undefined>(
              (parent, range) => ({ range, ...(parent && { parent }) }),
              undefined,
            ) ?? { range: { start: position, end: position } }
          );
        });
      }),
    );
  },
};
