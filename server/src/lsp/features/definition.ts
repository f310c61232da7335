import type { Location, LocationLink, TextDocumentPositionParams } from 'vscode-languageserver';
import { definitions, type Jump, typeDefinitions } from '../../features/definitions.ts';
import type { Snapshot } from '../../features/snapshot.ts';
import type { Session } from '../session.ts';
import { fromPosition, rangeOfPlace, toLocation } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

type Answer = Location[] | LocationLink[];

export const definition: EditorFeature = {
  capabilities: () => ({ definitionProvider: true, typeDefinitionProvider: true }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onDefinition(
      guard.request<TextDocumentPositionParams, Answer>('textDocument/definition', [], params =>
        jumps(session, params, { find: definitions, links: features.definitionLinks }),
      ),
    );
    connection.onTypeDefinition(
      guard.request<TextDocumentPositionParams, Answer>('textDocument/typeDefinition', [], params =>
        jumps(session, params, { find: typeDefinitions, links: features.typeDefinitionLinks }),
      ),
    );
  },
};

function jumps(
  session: Session,
  { textDocument: { uri }, position }: TextDocumentPositionParams,
  { find, links }: { readonly find: (snapshot: Snapshot, offset: number) => readonly Jump[]; readonly links: boolean },
): Answer {
  const snapshot = session.snapshotOf(uri);
  if (!snapshot) return [];
  const found = find(snapshot, fromPosition(snapshot.config.document.buffer, position));
  const spellingOf = (each: string) => session.workspace.spellingOf(each);
  if (!links) return found.map(({ name }) => toLocation(name, spellingOf));
  return found.map(({ from, whole, name }) => ({
    originSelectionRange: rangeOfPlace(from),
    targetUri: spellingOf(name.anchor.document.uri),
    targetRange: rangeOfPlace(whole),
    targetSelectionRange: rangeOfPlace(name),
  }));
}
