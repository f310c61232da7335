import { redact } from '../../features/redact/redact.ts';
import { type RedactParams, type RedactResult, redactRequest } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { EditorFeature } from './editorFeature.ts';

export const redacted: EditorFeature = {
  capabilities: () => ({}),
  listen(session) {
    session.connection.onRequest<RedactResult, never>(
      redactRequest,
      session.guard.request<RedactParams, RedactResult>(
        redactRequest,
        { problem: 'The copies could not be made; the log says why.' },
        ({ uri }) => copiesOf(session, uri),
      ),
    );
  },
};

/** The file and its peer together: an address that both have is the same in both copies. */
function copiesOf(session: Session, uri: string): RedactResult {
  const snapshot = session.snapshotOf(uri);
  if (!snapshot) return { problem: 'This file is no pfSense configuration.' };
  const configs = snapshot.peer ? [snapshot.config, snapshot.peer] : [snapshot.config];
  const texts = redact(configs, crypto.getRandomValues(new Uint8Array(32)));
  const copies = configs.map(({ document }, i) => ({
    uri: session.workspace.spellingOf(document.uri),
    text: texts[i] ?? '',
  }));
  return { copies };
}
