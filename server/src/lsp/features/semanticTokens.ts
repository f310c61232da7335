import { type SemanticTokens, type SemanticTokensDelta, SemanticTokensRefreshRequest } from 'vscode-languageserver';
import { localSections, semanticTokens as tokensIn } from '../../features/semanticTokens.ts';
import { tokenModifiers, tokenTypes } from '../../features/tokens/token.ts';
import { normalUri } from '../../pair/uri.ts';
import type { Session } from '../session.ts';
import { deltaOf } from '../tokenDelta.ts';
import { fromRange, toTokenData } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** What was last sent of a document, for an editor to go on from. */
interface Sent {
  readonly resultId: string;
  readonly data: readonly number[];
}

export const semanticTokens: EditorFeature = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  }),
  listen(session) {
    const { connection, documents, guard } = session;
    const sent = new Map<string, Sent>();
    let results = 0;
    const send = (uri: string, data: number[]): SemanticTokens => {
      for (const key of sent.keys()) if (!documents.get(key)) sent.delete(key);
      const resultId = `${++results}`;
      sent.set(normalUri(uri), { resultId, data });
      return { resultId, data };
    };
    const { semanticTokens: tokens } = connection.languages;
    tokens.on(
      guard.request('textDocument/semanticTokens/full', { data: [] }, ({ textDocument: { uri } }) =>
        send(uri, dataOf(session, uri)),
      ),
    );
    tokens.onDelta(
      guard.request<{ textDocument: { uri: string }; previousResultId: string }, SemanticTokens | SemanticTokensDelta>(
        'textDocument/semanticTokens/full/delta',
        { data: [] },
        ({ textDocument: { uri }, previousResultId }) => {
          const before = sent.get(normalUri(uri));
          const now = send(uri, dataOf(session, uri));
          if (before?.resultId !== previousResultId) return now;
          return {
            ...(now.resultId !== undefined && { resultId: now.resultId }),
            edits: deltaOf(before.data, now.data),
          };
        },
      ),
    );
    tokens.onRange(
      guard.request('textDocument/semanticTokens/range', { data: [] }, ({ textDocument: { uri }, range }) => {
        const snapshot = session.snapshotOf(uri);
        if (!snapshot) return { data: [] };
        const { buffer } = snapshot.config.document;
        const { from, to } = fromRange(buffer, range);
        return { data: toTokenData(buffer, tokensIn(snapshot, { start: from, end: to })) };
      }),
    );
    session.onSettled(refresher(session));
  },
};

function dataOf(session: Session, uri: string): number[] {
  const snapshot = session.snapshotOf(uri);
  return snapshot ? toTokenData(snapshot.config.document.buffer, tokensIn(snapshot)) : [];
}

/** Editors ask anew when the file is edited, and not when its pair is known, or its peer synchronises something else. */
function refresher(session: Session): () => void {
  const { connection, documents, features, guard } = session;
  let last = '[]';
  return () => {
    if (!features.refreshesSemanticTokens) return;
    const now = JSON.stringify(documents.all().flatMap(({ uri }) => sectionsOf(session, uri).map(name => [uri, name])));
    if (now === last) return;
    last = now;
    guard.background('semanticTokens', connection.sendRequest(SemanticTokensRefreshRequest.type));
  };
}

/** The sections that stand out in a file; all other tokens tell of the file alone. */
function sectionsOf(session: Session, uri: string): readonly string[] {
  const snapshot = session.snapshotOf(uri);
  return snapshot ? localSections(snapshot).map(({ name }) => name) : [];
}
