import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { fileName } from '../pair/uri.ts';
import type { Finding } from '../rules/finding.ts';
import { elementOf } from '../rules/silence.ts';
import { manifestRule } from '../rules/workspaceFindings.ts';
import type { ActionParts } from './codeActions.ts';
import { confirmed, manifestFor, ruleOffEdit, suppressionEdit } from './manifestEdit.ts';
import { type EditManifestResult, type Suppression, suppressCommand } from './protocol.ts';
import { toDiagnostic } from './toProtocol.ts';

/** How a chosen action is found again; it goes to the editor and back. */
export type SilenceData =
  | ({ readonly kind: 'suppress' } & Suppression)
  | { readonly kind: 'off'; readonly uri: string; readonly rule: string };

/**
 * What silences findings instead of repairing them, to be put behind all repairs: never preferred, and never taken by
 * "fix all". Each changes the manifest, which is not in view, so it is asked about as a fix of the peer is.
 */
export function silenceActions(parts: ActionParts, findings: readonly Finding[], uri: string): CodeAction[] {
  const config = parts.workspace.configOf(uri);
  if (!config) return [];
  const [suppressions, offs] = [new Map<string, CodeAction[]>(), new Map<string, CodeAction[]>()];
  for (const finding of findings) {
    const { rule } = finding;
    if (rule === manifestRule) continue;
    const element = elementOf(config, finding);
    const key = `${rule} ${element}`;
    if (!suppressions.has(key)) suppressions.set(key, suppression(parts, finding, { uri, rule, element }));
    if (!offs.has(rule)) offs.set(rule, changing(parts, finding, { kind: 'off', uri, rule }));
  }
  return [...suppressions.values(), ...offs.values()].flat();
}

/** The edit of an action that was chosen; absent where there can be none by now. */
export function silenceEdit(parts: ActionParts, data: SilenceData): WorkspaceEdit | undefined {
  const result = resultOf(parts, data);
  if ('problem' in result) return undefined;
  return parts.features.confirmedEdits ? confirmed(result.edit) : result.edit;
}

/** With the client's command, which asks for the reason; else with an empty one, which silences nothing until somebody fills it in. */
function suppression(parts: ActionParts, finding: Finding, suppressed: Suppression): CodeAction[] {
  if (!parts.commands.includes(suppressCommand)) return changing(parts, finding, { kind: 'suppress', ...suppressed });
  const title = `Suppress here with a reason… (${finding.rule})`;
  const result = resultOf(parts, { kind: 'suppress', ...suppressed });
  if ('problem' in result) return refused(parts, { title, finding, reason: result.problem });
  const command = { title, command: suppressCommand, arguments: [suppressed] };
  return [{ ...plain(parts, title, finding), command }];
}

function changing(parts: ActionParts, finding: Finding, data: SilenceData): CodeAction[] {
  const title = titleOf(parts, data);
  const result = resultOf(parts, data);
  if ('problem' in result) return refused(parts, { title, finding, reason: result.problem });
  const action = plain(parts, title, finding);
  if (parts.features.lazyCodeActions) return [{ ...action, data }];
  const edit = silenceEdit(parts, data);
  return edit ? [{ ...action, edit }] : [];
}

function titleOf({ features, workspace }: ActionParts, { kind, uri, rule }: SilenceData): string {
  const manifest = fileName(manifestFor(workspace, uri));
  if (kind === 'suppress') return `Suppress here; fill in the reason in ${manifest} (${rule})`;
  const title = `Turn this rule off (${rule})`;
  return features.confirmedEdits ? title : `${title} (changes ${manifest})`;
}

function refused(
  parts: ActionParts,
  { title, finding, reason }: { readonly title: string; readonly finding: Finding; readonly reason: string },
): CodeAction[] {
  if (!parts.features.disabledCodeActions) return [];
  return [{ ...plain(parts, title, finding), disabled: { reason } }];
}

function plain(parts: ActionParts, title: string, finding: Finding): CodeAction {
  return { title, kind: 'quickfix', diagnostics: [toDiagnostic(finding, parts.diagnostics)] };
}

function resultOf(parts: ActionParts, data: SilenceData): EditManifestResult {
  return data.kind === 'off' ? ruleOffEdit(parts, data) : suppressionEdit(parts, { ...data, reason: '' });
}
