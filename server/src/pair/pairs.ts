import type { Manifest, ManifestPair, Role } from './manifest.ts';
import { type Candidate, decideRoles, pairByFacts } from './matching.ts';
import { shortNames } from './names.ts';
import { readPairFacts } from './pairFacts.ts';
import { fileName } from './uri.ts';
import type { WorkspaceNode } from './workspaceFile.ts';

export interface Roles {
  readonly primary: WorkspaceNode;
  readonly secondary: WorkspaceNode;
}

/** Two nodes that belong together. */
export interface Pair {
  /** What the manifest calls it; without a manifest the two files' names. */
  readonly name: string;
  /** The primary first where the roles are known. */
  readonly nodes: readonly [WorkspaceNode, WorkspaceNode];
  /** Absent where nothing says who is primary. */
  readonly roles: Roles | undefined;
  /** The address of the manifest that names the pair; absent for a pair by facts. */
  readonly manifest: string | undefined;
  /** Why the two belong together and who is primary, in words for a person. */
  readonly because: string;
}

/** Something that keeps nodes from being checked as a pair. */
export interface PairingProblem {
  /**
   * `ambiguous`: several files could be the peer. `contradicted`: an address fits, but no VIP is shared.
   * `roles`: nothing says who is primary. `peerMissing`: the peer's file is not here.
   */
  readonly kind: 'ambiguous' | 'contradicted' | 'roles' | 'peerMissing';
  /** The nodes that it is about. */
  readonly uris: readonly string[];
  /** What is missing, in a sentence. */
  readonly message: string;
}

/** What a node is within its pair. */
export interface Membership {
  /** Absent where the other node's file is not there. */
  readonly pair: Pair | undefined;
  readonly role: Role | undefined;
  readonly peer: WorkspaceNode | undefined;
}

/** Everything about which node belongs to which. */
export interface Pairing {
  readonly pairs: readonly Pair[];
  readonly problems: readonly PairingProblem[];
  readonly memberships: ReadonlyMap<string, Membership>;
  /** The files that manifests put in pairs, whether they are there or not. */
  readonly named: ReadonlySet<string>;
}

/** The addresses that manifests put in pairs. */
export function namedNodes(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests.flatMap(({ pairs }) => pairs.flatMap(({ primary, secondary }) => [primary.uri, secondary.uri])),
  );
}

/** Brings together what manifests say and, for the nodes that they do not name, what the files say. */
export function workOutPairing(input: {
  readonly nodes: readonly WorkspaceNode[];
  readonly manifests: readonly Manifest[];
  /** The manifest that speaks for a file. */
  readonly manifestOf: (uri: string) => Manifest | undefined;
}): Pairing {
  const named = namedNodes(input.manifests);
  const memberships = new Map<string, Membership>();
  const pairs: Pair[] = [];
  const byUri = new Map(input.nodes.map(node => [node.uri, node]));
  for (const manifest of input.manifests) {
    for (const pair of manifest.pairs) {
      const counts = [pair.primary.uri, pair.secondary.uri].every(
        uri => input.manifestOf(uri) === manifest && !memberships.has(uri),
      );
      if (counts && pair.primary.uri !== pair.secondary.uri) joinNamed({ manifest, pair, byUri, pairs, memberships });
    }
  }
  const free = input.nodes.filter(({ uri }) => !named.has(uri));
  const problems = joinByFacts({ free, pairs, memberships });
  return { pairs, problems, memberships, named };
}

interface Joined {
  readonly pairs: Pair[];
  readonly memberships: Map<string, Membership>;
}

function joinNamed(
  input: Joined & {
    readonly manifest: Manifest;
    readonly pair: ManifestPair;
    readonly byUri: ReadonlyMap<string, WorkspaceNode>;
  },
): void {
  const { manifest, pair, byUri, memberships } = input;
  const [primary, secondary] = [byUri.get(pair.primary.uri), byUri.get(pair.secondary.uri)];
  if (primary && secondary) {
    const because = `${fileName(manifest.source.uri)} says so`;
    const roles = { primary, secondary };
    join(input, { name: pair.name, nodes: [primary, secondary], roles, manifest: manifest.source.uri, because });
    return;
  }
  const half = (node: WorkspaceNode | undefined, role: Role) => {
    if (node) memberships.set(node.uri, { pair: undefined, role, peer: undefined });
  };
  half(primary, 'primary');
  half(secondary, 'secondary');
}

function joinByFacts(input: Joined & { readonly free: readonly WorkspaceNode[] }): PairingProblem[] {
  const { free } = input;
  const names = shortNames(free.map(({ uri }) => uri));
  const byUri = new Map(free.map(node => [node.uri, node]));
  const candidates = free.map(
    ({ uri, config }): Candidate => ({ uri, name: names.get(uri) ?? uri, facts: config.query(readPairFacts) }),
  );
  const { matches, unmatched } = pairByFacts(candidates);
  const problems: PairingProblem[] = unmatched.map(({ nodes, ...problem }) => ({
    uris: nodes.map(({ uri }) => uri),
    ...problem,
  }));
  for (const { nodes, because } of matches) {
    const [one, other] = [byUri.get(nodes[0].uri), byUri.get(nodes[1].uri)];
    if (!one || !other) continue;
    const decision = decideRoles(nodes);
    const [first, second] = decision.isKnown && decision.primary === 1 ? [other, one] : [one, other];
    const pair = {
      name: `${names.get(first.uri)} and ${names.get(second.uri)}`,
      nodes: [first, second] as const,
      roles: decision.isKnown ? { primary: first, secondary: second } : undefined,
      manifest: undefined,
      because: decision.isKnown ? `${because}; ${decision.because}` : because,
    };
    join(input, pair);
    if (decision.isKnown) continue;
    problems.push({
      kind: 'roles',
      uris: [first.uri, second.uri],
      message: `${pair.name} belong together (${because}), but nothing says which of them is the primary: ${decision.because}; pfsense-ha.json can say it.`,
    });
  }
  return problems;
}

function join({ pairs, memberships }: Joined, pair: Pair): void {
  const [first, second] = pair.nodes;
  pairs.push(pair);
  memberships.set(first.uri, { pair, role: pair.roles && 'primary', peer: second });
  memberships.set(second.uri, { pair, role: pair.roles && 'secondary', peer: first });
}
