import * as vscode from 'vscode';
import type { StoredCredentials } from './credentialStore.ts';

/**
 * Asks for user name and password. The password is typed unseen and goes nowhere but into the secret storage.
 * @param origins where they are for, such as `https://192.0.2.1`
 */
export async function askCredentials(
  origins: readonly string[],
  before: StoredCredentials | undefined,
): Promise<StoredCredentials | undefined> {
  const title = `Credentials for ${origins.join(' and ')}`;
  const user = await vscode.window.showInputBox({
    title,
    prompt: 'User name in pfSense. The account needs the privilege “System - HA node sync”.',
    value: before?.user ?? 'admin',
    ignoreFocusOut: true,
    validateInput: text => {
      if (text === '') return 'A user name is needed.';
      return text.includes(':') ? 'A user name with a colon cannot be sent.' : undefined;
    },
  });
  if (user === undefined) return undefined;
  const password = await vscode.window.showInputBox({
    title,
    prompt: `Password of “${user}”. It is kept in the secret storage of VS Code.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text === '' ? 'A password is needed.' : undefined),
  });
  return password === undefined ? undefined : { user, password };
}
