import { linkedTags as tagsAt } from '../../features/linkedTags.ts';
import { fromPosition, toRange } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

export const linkedTags: EditorFeature = {
  capabilities: () => ({ linkedEditingRangeProvider: true }),
  listen(session) {
    const { connection, guard } = session;
    connection.languages.onLinkedEditingRange(
      guard.request('textDocument/linkedEditingRange', null, ({ textDocument: { uri }, position }) => {
        const document = session.xmlSnapshotOf(uri)?.config.document;
        const names = document && tagsAt(document, fromPosition(document.buffer, position));
        if (!names) return null;
        const ranges = names.map(({ start, end }) => toRange(document.buffer, start, end));
        return { ranges, wordPattern: namePattern };
      }),
    );
  },
};

/** What a tag may be called, as far as pfSense goes. */
const namePattern = '[A-Za-z_][\\w.-]*';
