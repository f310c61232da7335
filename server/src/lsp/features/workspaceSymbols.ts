import { workspaceSymbols as symbolsOf } from '../../features/workspaceSymbols.ts';
import { rangeOfPlace, symbolKinds } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

export const workspaceSymbols: EditorFeature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  listen({ connection, guard, workspace }) {
    connection.onWorkspaceSymbol(
      guard.request('workspace/symbol', [], ({ query }) => {
        const found = symbolsOf(
          workspace.nodes().map(({ config }) => config),
          query,
        );
        return found.map(({ name, kind, container, element }) => ({
          name,
          kind: symbolKinds[kind],
          containerName: container,
          location: { uri: workspace.spellingOf(element.document.uri), range: rangeOfPlace(element.namePlace) },
        }));
      }),
    );
  },
};
