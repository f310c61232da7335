import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import type { CompletionSubject } from '../../features/completion/item.ts';
import { complete, describeCompletion } from '../../features/completion.ts';
import { toMarkup } from '../markup.ts';
import type { Session } from '../session.ts';
import { fromPosition, toCompletionList } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** How the documentation of an entry is found once somebody looks at it; it goes to the editor and back. */
interface ItemData {
  readonly uri: string;
  readonly subject: CompletionSubject;
}

export const completion: EditorFeature = {
  capabilities: () => ({
    completionProvider: {
      // What begins a tag, ends one, begins CDATA, and stands between the values of lists.
      triggerCharacters: ['<', '/', '>', '[', ',', '|'],
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
  }),
  listen(session) {
    const { connection, guard } = session;
    connection.onCompletion(guard.request('textDocument/completion', null, params => completionAt(session, params)));
    connection.onCompletionResolve(async (item, token) => {
      const resolve = guard.request('completionItem/resolve', item, () => documented(session, item));
      return resolve(item, token) as Promise<CompletionItem>;
    });
  },
};

function completionAt(session: Session, { textDocument: { uri }, position, context }: CompletionParams) {
  const snapshot = session.snapshotOf(uri);
  if (!snapshot) return null;
  const { buffer } = snapshot.config.document;
  const list = complete(snapshot, {
    offset: fromPosition(buffer, position),
    trigger: context?.triggerKind === 2 ? context.triggerCharacter : undefined,
    endTags: session.xmlSnapshotOf(uri) ? 'offered' : 'left to another extension',
  });
  const dataOf = (subject: CompletionSubject): ItemData => ({ uri, subject });
  return toCompletionList(buffer, list, { features: session.features, dataOf });
}

function documented(session: Session, item: CompletionItem): CompletionItem {
  const data = item.data as ItemData | undefined;
  const snapshot = data && session.snapshotOf(data.uri);
  const prose = snapshot ? describeCompletion(snapshot, data.subject) : [];
  if (prose.length === 0) return item;
  return { ...item, documentation: toMarkup(prose, session.features.completionMarkup) };
}
