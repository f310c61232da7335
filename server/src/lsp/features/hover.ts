import type { Hover as ProtocolHover } from 'vscode-languageserver';
import { type HoverFinding, hover as hoverAt } from '../../features/hover.ts';
import { normalUri } from '../../pair/uri.ts';
import { rules } from '../../rules/index.ts';
import { spanOf } from '../../syntax/tree.ts';
import { toMarkup } from '../markup.ts';
import type { Session } from '../session.ts';
import { fromPosition, toRange } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** More explanations nobody reads at one place. */
const mostFindings = 3;

export const hover: EditorFeature = {
  capabilities: () => ({ hoverProvider: true }),
  listen(session) {
    const { connection, features, guard } = session;
    connection.onHover(
      guard.request('textDocument/hover', null, ({ textDocument: { uri }, position }): ProtocolHover | null => {
        const snapshot = session.snapshotOf(uri);
        if (!snapshot) return null;
        const { buffer } = snapshot.config.document;
        const offset = fromPosition(buffer, position);
        const found = hoverAt(snapshot, { offset, findings: findingsAt(session, uri, offset) });
        if (!found) return null;
        return { contents: toMarkup(found.prose, features.hoverMarkup), range: toRange(buffer, found.from, found.to) };
      }),
    );
  },
};

const explanations: ReadonlyMap<string, string> = new Map(rules.map(({ id, why }) => [id, why]));

/** The rules with a finding at the offset, each once. */
function findingsAt({ actions, reports }: Session, uri: string, offset: number): readonly HoverFinding[] {
  const here = reports.findingsOf(normalUri(uri)).filter(({ at }) => {
    const { start, end } = spanOf(at);
    return start <= offset && offset <= end;
  });
  return [...new Set(here.map(({ rule }) => rule))].slice(0, mostFindings).flatMap(rule => {
    const why = explanations.get(rule);
    return why === undefined ? [] : [{ rule, why, page: actions.diagnostics.pageOf(rule) }];
  });
}
