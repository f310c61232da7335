import type { Location, LocationLink, TextDocumentPositionParams } from 'vscode-languageserver';
import { type PeerPlace, peerPlace } from '../../features/peerElement.ts';
import { fileName } from '../../pair/uri.ts';
import { type PeerElement, type PeerElementParams, peerElementRequest } from '../protocol.ts';
import type { Session } from '../session.ts';
import { fromPosition, rangeOfPlace, toLocation } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** The same element on the other node: as the "implementation", where it is there, and for the command that also shows the nearest. */
export const peerElement: EditorFeature = {
  capabilities: () => ({ implementationProvider: true }),
  listen(session) {
    const { connection, guard } = session;
    connection.onImplementation(
      guard.request<TextDocumentPositionParams, Location[] | LocationLink[]>(
        'textDocument/implementation',
        [],
        ({ textDocument: { uri }, position }) => {
          const found = placeAt(session, { uri, position });
          return found && !found.instead ? implementation(session, found) : [];
        },
      ),
    );
    connection.onRequest<PeerElement | null, never>(
      peerElementRequest,
      guard.request<PeerElementParams, PeerElement | null>(peerElementRequest, null, params => {
        const found = placeAt(session, params);
        if (!found) return null;
        const { uri, range } = toLocation(found.at, each => session.workspace.spellingOf(each));
        return { uri, range, ...(found.instead && { note: noteOf(found.instead, fileName(uri)) }) };
      }),
    );
  },
};

function placeAt(session: Session, { uri, position }: PeerElementParams): PeerPlace | undefined {
  const snapshot = session.snapshotOf(uri);
  return snapshot && peerPlace(snapshot, fromPosition(snapshot.config.document.buffer, position));
}

function implementation({ features, workspace }: Session, { whole, at }: PeerPlace): Location[] | LocationLink[] {
  const { uri, range } = toLocation(at, each => workspace.spellingOf(each));
  if (!features.implementationLinks) return [{ uri, range }];
  return [{ targetUri: uri, targetRange: rangeOfPlace(whole), targetSelectionRange: range }];
}

function noteOf({ missing, shown }: NonNullable<PeerPlace['instead']>, file: string): string {
  return shown === '' ? `${file} has no ${missing}.` : `${file} has no ${missing}; this is ${shown}.`;
}
