import { type CodeLens, CodeLensRefreshRequest, type Command } from 'vscode-languageserver';
import { type Counted, codeLenses, countedContent, type LensContent } from '../../features/codeLens.ts';
import { compareWithPeerCommand, type LensPlace, showReferencesCommand } from '../protocol.ts';
import type { Session } from '../session.ts';
import { rangeOfPlace } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** How a lens is found again when its words are asked for; it goes to the editor and back. */
interface LensData {
  readonly uri: string;
  readonly counts: Counted;
}

export const codeLens: EditorFeature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  listen(session) {
    const { connection, guard } = session;
    connection.onCodeLens(
      guard.request('textDocument/codeLens', [], async ({ textDocument: { uri } }): Promise<CodeLens[]> => {
        await session.settled;
        const snapshot = session.snapshotOf(uri);
        if (!snapshot || !session.hasCodeLenses(uri)) return [];
        return codeLenses(snapshot).map((lens): CodeLens => {
          const range = rangeOfPlace(lens.at);
          if ('content' in lens) return { range, command: commandOf(session, uri, lens.content) };
          return { range, data: { uri, counts: lens.counts } satisfies LensData };
        });
      }),
    );
    connection.onCodeLensResolve(async (lens, token) => {
      const resolve = guard.request('codeLens/resolve', lens, () => resolved(session, lens));
      return resolve(lens, token) as Promise<CodeLens>;
    });
    session.onSettled(refresher(session));
  },
};

function resolved(session: Session, lens: CodeLens): CodeLens {
  const { uri, counts } = lens.data as LensData;
  const snapshot = session.snapshotOf(uri);
  const content = snapshot && countedContent(snapshot, counts);
  // Gone with the last edit, after which the editor asks for all lenses anew.
  return { ...lens, command: content ? commandOf(session, uri, content) : { title: '', command: '' } };
}

/** An editor without our commands shows the words alone. */
function commandOf(session: Session, uri: string, { title, shows, at }: LensContent): Command {
  const command = shows === 'references' ? showReferencesCommand : compareWithPeerCommand;
  if (!shows || !session.actions.commands.includes(command)) return { title, command: '' };
  const place: LensPlace = { uri, position: rangeOfPlace(at).start };
  return { title, command, arguments: [place] };
}

/**
 * Editors ask for the lenses of a file when it is edited, and not when its peer is, or a setting. They are told to ask again
 * where what stands on the open files is something else by now.
 */
function refresher(session: Session): () => void {
  const { connection, documents, features, guard } = session;
  let last = '[]';
  return () => {
    if (!features.refreshesCodeLenses) return;
    const now = JSON.stringify(documents.all().map(({ uri }) => stateOf(session, uri)));
    if (now === last) return;
    last = now;
    guard.background('codeLens', connection.sendRequest(CodeLensRefreshRequest.type));
  };
}

/** What of a file's lenses depends on more than the file: all but the numbers of references. */
function stateOf(session: Session, uri: string): unknown {
  const snapshot = session.snapshotOf(uri);
  if (!snapshot || !session.hasCodeLenses(uri)) return null;
  return codeLenses(snapshot).flatMap(lens => ('content' in lens ? lens.content.title : []));
}
