import { type InlayHint, InlayHintRefreshRequest } from 'vscode-languageserver';
import { inlayHints as hintsIn } from '../../features/inlayHints.ts';
import type { Session } from '../session.ts';
import { fromRange, toRange } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

export const inlayHints: EditorFeature = {
  capabilities: () => ({ inlayHintProvider: true }),
  listen(session) {
    const { connection, guard } = session;
    connection.languages.inlayHint.on(
      guard.request('textDocument/inlayHint', [], async ({ textDocument: { uri }, range }): Promise<InlayHint[]> => {
        await session.settled;
        const config = session.snapshotOf(uri)?.config;
        const kinds = session.inlayHintsIn(uri);
        if (!config || kinds.size === 0) return [];
        const { buffer } = config.document;
        const { from, to } = fromRange(buffer, range);
        return hintsIn(config, { start: from, end: to }, kinds).map(({ at, text }) => ({
          position: toRange(buffer, at, at).start,
          label: text,
          paddingLeft: true,
        }));
      }),
    );
    session.onSettled(refresher(session));
  },
};

/** Editors ask for hints when the file is edited, and not when a setting is changed. */
function refresher(session: Session): () => void {
  const { connection, documents, features, guard } = session;
  let last = '';
  return () => {
    if (!features.refreshesInlayHints) return;
    const now = JSON.stringify(documents.all().map(({ uri }) => [uri, ...session.inlayHintsIn(uri)]));
    if (now === last) return;
    const isFirst = last === '';
    last = now;
    if (!isFirst) guard.background('inlayHint', connection.sendRequest(InlayHintRefreshRequest.type));
  };
}
