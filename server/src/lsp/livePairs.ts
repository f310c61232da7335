import { type KnownNode, knownPairs } from '../pair/knownPairs.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { LiveError, LiveNode, LivePair } from './protocol.ts';
import type { Reports } from './reports.ts';
import { rangeOfPlace } from './toProtocol.ts';

interface Parts {
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly reports: Reports;
}

/** Every pair whose roles are known, as the client is told of it. */
export function livePairs(parts: Parts): readonly LivePair[] {
  const { workspace } = parts;
  return knownPairs(workspace).map(({ name, manifest, nodes: { primary, secondary } }) => ({
    name,
    ...(manifest !== undefined && { manifest: workspace.spellingOf(manifest) }),
    nodes: { primary: namedNode(parts, primary), secondary: namedNode(parts, secondary) },
  }));
}

function namedNode(parts: Parts, { uri, named }: KnownNode): LiveNode {
  return {
    ...liveNode(parts, uri),
    ...(named?.url !== undefined && { url: named.url }),
    ...(named?.allowHttp && { allowHttp: true }),
    ...(named?.sha256 !== undefined && { sha256: named.sha256 }),
  };
}

function liveNode({ workspace, documents, reports }: Parts, uri: string): LiveNode {
  const spelled = workspace.spellingOf(uri);
  if (workspace.kindOf(uri) !== 'pfsense') return { uri: spelled, errors: [] };
  const errors = reports
    .findingsOf(uri)
    .filter(({ severity }) => severity === 'error')
    .map(({ at, rule, message }): LiveError => ({ line: rangeOfPlace(at).start.line + 1, rule, message }));
  return {
    uri: spelled,
    version: documents.get(uri)?.version ?? null,
    errors: errors.sort((one, other) => one.line - other.line),
  };
}
