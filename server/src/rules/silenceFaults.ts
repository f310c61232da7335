import { hasElementAt } from '../model/elementPath.ts';
import type { BaselineEntry } from '../pair/baseline.ts';
import type { Manifest, ManifestFault, ManifestSuppression } from '../pair/manifest.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { Silenced } from './silence.ts';

/** How the findings of a manifest's files stand. */
export interface SilenceView {
  readonly workspace: Workspace;
  /** Whether there is such a rule. */
  readonly isKnown: (rule: string) => boolean;
  readonly silencedOf: (uri: string) => Silenced;
  /** Whether a rule would find now in a file what it can find there at all. */
  readonly isJudged: (uri: string, rule: string) => boolean;
}

/**
 * What a manifest silences that nobody finds: a suppression that is no longer needed would hide the next mistake, and
 * so would an entry of the baseline. Where a rule cannot speak now (a broken file, a peer that is missing, a rule that
 * is off), nothing is said about it.
 */
export function silenceFaults(manifest: Manifest, view: SilenceView): ManifestFault[] {
  if (manifest.suppressions.length === 0 && !manifest.baseline) return [];
  const files = filesOf(manifest, view.workspace);
  return [
    ...manifest.suppressions.flatMap(each => unused(each, files, view)),
    ...staleBaseline(manifest, goneFrom(files, view)),
  ];
}

/** The entries of the baseline that nobody finds any more in these files. */
export function goneFrom(files: readonly string[], { silencedOf, isJudged }: SilenceView): readonly BaselineEntry[] {
  return files.flatMap(uri => silencedOf(uri).gone.filter(({ rule }) => isJudged(uri, rule)));
}

function filesOf({ source }: Manifest, workspace: Workspace): readonly string[] {
  return workspace
    .nodes()
    .map(({ uri }) => uri)
    .filter(uri => workspace.manifestOf(uri)?.source.uri === source.uri);
}

function unused(suppression: ManifestSuppression, files: readonly string[], view: SilenceView): ManifestFault[] {
  const { rule, rulePlace, file, element } = suppression;
  const meant = file ? files.filter(uri => uri === file.uri) : files;
  if (meant.length === 0 || !view.isKnown(rule) || !meant.every(uri => view.isJudged(uri, rule))) return [];
  if (meant.some(uri => view.silencedOf(uri).used.has(suppression))) return [];
  const where = file ? `in ${file.path}` : 'in any file that this manifest speaks for';
  const configs = meant.flatMap(uri => view.workspace.configOf(uri) ?? []);
  if (element && !configs.some(config => hasElementAt(config, element.path))) {
    const message = `There is no element ${element.text} ${where}, so nothing is suppressed here.`;
    return [{ at: element.place, severity: 'warning', message }];
  }
  const at = element ? `${where} at ${element.text}` : where;
  return [
    { at: rulePlace, severity: 'warning', message: `${rule} finds nothing ${at}: this suppression is not needed.` },
  ];
}

function staleBaseline({ baseline }: Manifest, { length }: readonly BaselineEntry[]): ManifestFault[] {
  return baseline && length > 0 ? [{ at: baseline.place, severity: 'info', message: staleSentence(length) }] : [];
}

/** How many entries of a baseline are for nothing, and what to do. */
export function staleSentence(count: number): string {
  const entries = count === 1 ? '1 entry of the baseline is' : `${count} entries of the baseline are`;
  return `${entries} no longer found; write it again with: pfsense-ha check --write-baseline`;
}
