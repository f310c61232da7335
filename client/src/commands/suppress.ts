import * as vscode from 'vscode';
import type { Suppression } from '../../../server/src/lsp/protocol.ts';
import { applyManifestEdit } from '../manifestEdits.ts';
import type { Session } from '../session.ts';

/**
 * Asks why a finding is right as it is, and writes that into the manifest. Quick fixes call it; it is in no menu. The
 * manifest is saved, unless somebody was at work on it; undo in its editor takes the suppression back.
 */
export async function suppress(session: Session, what: Suppression): Promise<void> {
  const where = what.element === '' ? 'In the whole file.' : `At ${what.element}.`;
  const reason = await vscode.window.showInputBox({
    title: `Suppress ${what.rule}`,
    prompt: `${where} Why is it right here?`,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? 'A suppression needs a reason.' : undefined),
  });
  if (reason === undefined) return;
  await applyManifestEdit(await session.suppress({ ...what, reason: reason.trim() }));
}
