import { type Highlight, highlights } from '../../features/highlights.ts';
import { references as placesOf } from '../../features/references.ts';
import { fromPosition, rangeOfPlace, toLocation } from '../toProtocol.ts';
import { type EditorFeature, nothing } from './editorFeature.ts';

/** The numbers of LSP's DocumentHighlightKind. */
const highlightKinds = {
  tag: 1, // Text
  use: 2, // Read
  definition: 3, // Write
} as const satisfies Record<Highlight['kind'], number>;

export const references: EditorFeature = {
  capabilities: () => ({ referencesProvider: true, documentHighlightProvider: true }),
  listen(session) {
    const { connection, guard, workspace } = session;
    connection.onReferences(
      guard.request('textDocument/references', [], ({ textDocument: { uri }, position, context }) => {
        const snapshot = session.snapshotOf(uri);
        if (!snapshot) return [];
        const { includeDeclaration } = context;
        const places = placesOf(snapshot, fromPosition(snapshot.config.document.buffer, position), {
          includeDeclaration,
        });
        return places.map(place => toLocation(place, each => workspace.spellingOf(each)));
      }),
    );
    connection.onDocumentHighlight(
      guard.request('textDocument/documentHighlight', nothing, ({ textDocument: { uri }, position }) => {
        const snapshot = session.snapshotOf(uri);
        if (!snapshot) return nothing;
        const found = highlights(snapshot, fromPosition(snapshot.config.document.buffer, position));
        return found.map(({ kind, place }) => ({ range: rangeOfPlace(place), kind: highlightKinds[kind] }));
      }),
    );
  },
};
