import { type DocumentLink, documentLinks as linksOf } from '../../features/documentLinks.ts';
import { fileName } from '../../pair/uri.ts';
import type { Session } from '../session.ts';
import { rangeOfPlace } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

export const documentLinks: EditorFeature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onDocumentLinks(
      guard.request('textDocument/documentLink', [], ({ textDocument: { uri } }) => {
        const snapshot = session.snapshotOf(uri);
        if (!snapshot) return [];
        return linksOf(snapshot).map(({ place, to }) => {
          const { target, tooltip } = targetOf(session, to);
          return { range: rangeOfPlace(place), target, ...(features.linkTooltips && { tooltip }) };
        });
      }),
    );
  },
};

function targetOf(
  { workspace }: Session,
  to: DocumentLink['to'],
): { readonly target: string; readonly tooltip: string } {
  if ('page' in to) return { target: to.page, tooltip: "Read about it in Netgate's documentation" };
  const { uri } = to.peer.document;
  const role = workspace.membershipOf(uri)?.role;
  return { target: workspace.spellingOf(uri), tooltip: `Open ${fileName(uri)}${role ? `, the ${role}` : ''}` };
}
