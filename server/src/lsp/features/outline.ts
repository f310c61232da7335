import { documentSymbols } from '../../features/documentSymbols.ts';
import { toFlatSymbols, toSymbols } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

export const outline: EditorFeature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onDocumentSymbol(
      guard.request('textDocument/documentSymbol', [], ({ textDocument: { uri } }) => {
        const config = session.snapshotOf(uri)?.config;
        if (!config) return [];
        const symbols = documentSymbols(config);
        const { buffer } = config.document;
        return features.symbolTree ? toSymbols(buffer, symbols) : toFlatSymbols({ uri, buffer }, symbols);
      }),
    );
  },
};
