import type { ManifestNode, ManifestPair, Role } from '../pair/manifest.ts';
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

/** The pairs of the manifests, also where a file is missing, and those that the files themselves make. */
export function livePairs(parts: Parts): readonly LivePair[] {
  const { workspace } = parts;
  const named = workspace.manifests().flatMap(({ source, pairs }) => {
    const manifest = workspace.spellingOf(source.uri);
    const counting = pairs.filter(pair => isHeard(workspace, pair, source.uri));
    return counting.map(({ name, primary, secondary }): LivePair => {
      const nodes = { primary: namedNode(parts, primary), secondary: namedNode(parts, secondary) };
      return { name, manifest, nodes };
    });
  });
  const found = workspace.pairs().flatMap(({ name, roles, manifest }): LivePair[] => {
    if (!roles || manifest !== undefined) return [];
    const node = (role: Role) => liveNode(parts, roles[role].uri);
    return [{ name, nodes: { primary: node('primary'), secondary: node('secondary') } }];
  });
  return [...named, ...found];
}

/** A manifest may name a file that another one, which lies deeper, names too, or that is in another pair of its own. */
function isHeard(workspace: Workspace, { name, primary, secondary }: ManifestPair, manifest: string): boolean {
  if (primary.uri === secondary.uri) return false;
  return [primary, secondary].every(({ uri }) => {
    if (workspace.manifestOf(uri)?.source.uri !== manifest) return false;
    const pair = workspace.membershipOf(uri)?.pair;
    return pair === undefined || pair.name === name;
  });
}

function namedNode(parts: Parts, { uri, url, allowHttp, sha256 }: ManifestNode): LiveNode {
  return {
    ...liveNode(parts, uri),
    ...(url !== undefined && { url }),
    ...(allowHttp && { allowHttp }),
    ...(sha256 !== undefined && { sha256 }),
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
