import { documentSymbols } from '../../features/documentSymbols.ts';
import { toFlatSymbols, toSymbols } from '../toProtocol.ts';
import { type EditorFeature, nothing } from './editorFeature.ts';

export const outline: EditorFeature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onDocumentSymbol(
      guard.request('textDocument/documentSymbol', nothing, ({ textDocument: { uri } }) => {
        const config = session.snapshotOf(uri)?.config;
        if (!config) return nothing;
        const symbols = documentSymbols(config);
        const { buffer } = config.document;
        return features.symbolTree ? toSymbols(buffer, symbols) : toFlatSymbols({ uri, buffer }, symbols);
      }),
    );
  },
};
