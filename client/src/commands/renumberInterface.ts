import * as vscode from 'vscode';
import type { RenumberedInterface } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

/**
 * Asks for the new network of an interface, and shows all that would change in both files, to be confirmed. Code actions
 * call it; it is in no menu. What cannot be is refused while it is typed, with the reason.
 */
export async function renumberInterface(session: Session, what: RenumberedInterface): Promise<void> {
  const { uri, name, subnet: present } = what;
  const ask = (subnet: string) => session.renumber({ uri, interface: what.interface, subnet });
  const subnet = await vscode.window.showInputBox({
    title: `Renumber ${name}`,
    prompt: `The network of ${name} is ${present}. Which one shall it be?`,
    value: present,
    ignoreFocusOut: true,
    validateInput: async text => {
      if (text.trim() === present)
        return { message: 'Write the new network.', severity: vscode.InputBoxValidationSeverity.Info };
      const result = await ask(text);
      return 'problem' in result ? result.problem : undefined;
    },
  });
  if (subnet === undefined) return;
  const result = await ask(subnet);
  if ('problem' in result) {
    void vscode.window.showErrorMessage(result.problem);
    return;
  }
  if (!(await vscode.workspace.applyEdit(result.edit, { isRefactoring: true }))) return;
  if (result.left === 0) return;
  const texts =
    result.left === 1
      ? `1 text that need not be an address, such as a description, mentions ${present} and stayed as it was.`
      : `${result.left} texts that need not be addresses, such as descriptions, mention ${present} and stayed as they were.`;
  void vscode.window.showInformationMessage(texts);
}
