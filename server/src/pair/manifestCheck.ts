import type {
  Manifest,
  ManifestFault,
  ManifestNode,
  ManifestPair,
  ManifestSuppression,
  NamedFile,
} from './manifest.ts';
import { nearest } from './nearest.ts';
import { relativePath } from './uri.ts';
import type { Workspace } from './workspace.ts';

/** Everything that is wrong with a manifest: its text, the files that it names, and the rules. */
export function checkManifest(
  manifest: Manifest,
  known: { readonly workspace: Workspace; readonly ruleIds: readonly string[]; readonly topics: readonly string[] },
): readonly ManifestFault[] {
  return [
    ...manifest.faults,
    ...manifest.pairs.flatMap((pair, i) => [
      ...sameName(pair, manifest.pairs.slice(0, i)),
      ...sameFile(pair),
      ...[pair.primary, pair.secondary].flatMap(node => [
        ...unfit(node, known.workspace),
        ...inTwoPairs(node, pair.primary.uri === pair.secondary.uri ? [] : manifest.pairs.slice(0, i)),
        ...namedElsewhere(node, manifest, known.workspace),
      ]),
    ]),
    ...manifest.ruleKeys.flatMap(({ id, place }) => unknownName(id, place, [...known.ruleIds, ...known.topics])),
    ...manifest.suppressions.flatMap(each => [
      ...unknownRule(each, known.ruleIds),
      ...foreignFile(each, manifest, known.workspace),
    ]),
    ...unreadBaseline(manifest.baseline, known.workspace),
  ];
}

function sameName(pair: ManifestPair, before: readonly ManifestPair[]): ManifestFault[] {
  const first = before.find(({ name }) => name === pair.name);
  if (!first) return [];
  const related = [{ at: first.namePlace, message: 'The first of that name.' }];
  return [{ at: pair.namePlace, severity: 'error', message: `Another pair is named "${pair.name}" too.`, related }];
}

function sameFile({ primary, secondary }: ManifestPair): ManifestFault[] {
  if (primary.uri !== secondary.uri) return [];
  const related = [{ at: primary.place, message: 'The primary.' }];
  const message = `Primary and secondary are the same file, "${secondary.path}".`;
  return [{ at: secondary.place, severity: 'error', message, related }];
}

function unfit({ uri, path, place }: NamedFile, workspace: Workspace): ManifestFault[] {
  const kind = workspace.kindOf(uri);
  if (kind === 'pfsense') return [];
  const message =
    kind === undefined ? `"${path}" does not exist, or cannot be read.` : `"${path}" is no pfSense config.`;
  return [{ at: place, severity: 'error', message }];
}

function inTwoPairs({ uri, path, place }: ManifestNode, before: readonly ManifestPair[]): ManifestFault[] {
  for (const { name, primary, secondary } of before) {
    const first = [primary, secondary].find(node => node.uri === uri);
    if (!first) continue;
    const related = [{ at: first.place, message: `In the pair "${name}", which counts.` }];
    return [{ at: place, severity: 'error', message: `"${path}" is already in the pair "${name}".`, related }];
  }
  return [];
}

/** A file that a nearer manifest names too belongs to that one. */
function namedElsewhere({ uri, path, place }: ManifestNode, manifest: Manifest, workspace: Workspace): ManifestFault[] {
  const speaker = workspace.manifestOf(uri);
  if (!speaker || speaker.source.uri === manifest.source.uri) return [];
  const other = speaker.pairs.flatMap(({ primary, secondary }) => [primary, secondary]).find(node => node.uri === uri);
  const name = relativePath(manifest.source.uri, speaker.source.uri) ?? speaker.source.uri;
  const message = `"${path}" is named by ${name} too, which lies deeper and counts.`;
  const related = other ? [{ at: other.place, message: 'What counts.' }] : [];
  return [{ at: place, severity: 'warning', message, related }];
}

function unknownName(id: string, at: ManifestFault['at'], names: readonly string[]): ManifestFault[] {
  if (names.includes(id)) return [];
  const meant = nearest(id, names);
  return [
    { at, severity: 'warning', message: `There is no rule "${id}"${meant ? `; did you mean "${meant}"?` : '.'}` },
  ];
}

function unknownRule({ rule, rulePlace }: ManifestSuppression, ruleIds: readonly string[]): ManifestFault[] {
  return unknownName(rule, rulePlace, ruleIds);
}

/** A suppression silences only what its own manifest speaks for. */
function foreignFile({ file }: ManifestSuppression, manifest: Manifest, workspace: Workspace): ManifestFault[] {
  if (!file) return [];
  const [missing] = unfit(file, workspace);
  if (missing) return [{ ...missing, severity: 'warning' }];
  if (workspace.manifestOf(file.uri)?.source.uri === manifest.source.uri) return [];
  const message = `"${file.path}" is no file that this manifest speaks for, so nothing is silenced in it.`;
  return [{ at: file.place, severity: 'warning', message }];
}

function unreadBaseline(file: NamedFile | undefined, workspace: Workspace): ManifestFault[] {
  if (!file) return [];
  const baseline = workspace.baseline(file.uri);
  const problem = baseline ? baseline.problem : 'does not exist, or cannot be read';
  if (problem === undefined) return [];
  const message = `"${file.path}" ${problem}; write it with: pfsense-ha check --write-baseline`;
  return [{ at: file.place, severity: 'error', message }];
}
