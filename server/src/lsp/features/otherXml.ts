import { FoldingRangeRefreshRequest } from 'vscode-languageserver';
import { type OtherXmlParams, otherXmlNotification } from '../protocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** Leaves to another extension for XML what it shows, and takes it back when that is gone. */
export const otherXml: EditorFeature = {
  capabilities: () => ({}),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onNotification(
      otherXmlNotification,
      guard.run(otherXmlNotification, ({ isActive }: OtherXmlParams) => {
        session.setOtherXml(isActive);
        if (features.refreshesFolding)
          guard.background('folding', connection.sendRequest(FoldingRangeRefreshRequest.type));
      }),
    );
  },
};
