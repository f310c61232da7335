import type { ManifestNode, ManifestPair, Role } from './manifest.ts';
import type { Workspace } from './workspace.ts';

/** A pair whose roles are known, whether its files are there or not. */
export interface KnownPair {
  /** What the manifest calls it; without a manifest the two files' names. */
  readonly name: string;
  /** The address of the manifest that names it; absent for a pair that the files themselves make. */
  readonly manifest: string | undefined;
  readonly nodes: Readonly<Record<Role, KnownNode>>;
}

export interface KnownNode {
  /** The config's address. */
  readonly uri: string;
  /** What the manifest says of the firewall; absent in a pair without a manifest. */
  readonly named: ManifestNode | undefined;
}

/** The pairs of the manifests, also where a file is missing, and those that the files themselves make. */
export function knownPairs(workspace: Workspace): readonly KnownPair[] {
  const named = workspace.manifests().flatMap(({ source, pairs }) =>
    pairs
      .filter(pair => isHeard(workspace, pair, source.uri))
      .map(({ name, primary, secondary }): KnownPair => {
        const nodes = {
          primary: { uri: primary.uri, named: primary },
          secondary: { uri: secondary.uri, named: secondary },
        };
        return { name, manifest: source.uri, nodes };
      }),
  );
  const found = workspace.pairs().flatMap(({ name, roles, manifest }): KnownPair[] => {
    if (!roles || manifest !== undefined) return [];
    const node = (role: Role) => ({ uri: roles[role].uri, named: undefined });
    return [{ name, manifest, nodes: { primary: node('primary'), secondary: node('secondary') } }];
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
