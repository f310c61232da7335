import type * as vscode from 'vscode';

/** What is kept for one firewall. */
export interface StoredCredentials {
  readonly user: string;
  readonly password: string;
}

/** User names and passwords in VS Code's secret storage, one for each address of a web interface (`https://192.0.2.1`). */
export class CredentialStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async get(origin: string): Promise<StoredCredentials | undefined> {
    const text = await this.secrets.get(keyOf(origin));
    return text === undefined ? undefined : readStored(text);
  }

  async set(origin: string, { user, password }: StoredCredentials): Promise<void> {
    await this.secrets.store(keyOf(origin), JSON.stringify({ user, password }));
  }

  /** @returns whether there were any */
  async forget(origin: string): Promise<boolean> {
    const isThere = (await this.secrets.get(keyOf(origin))) !== undefined;
    if (isThere) await this.secrets.delete(keyOf(origin));
    return isThere;
  }
}

function keyOf(origin: string): string {
  return `credentials ${origin}`;
}

/** Absent for what an earlier version, or another hand, has written in another form. */
function readStored(text: string): StoredCredentials | undefined {
  const { user, password } = parsed(text) ?? {};
  return typeof user === 'string' && typeof password === 'string' ? { user, password } : undefined;
}

function parsed(text: string): Partial<Record<keyof StoredCredentials, unknown>> | null {
  try {
    return JSON.parse(text) as Partial<Record<keyof StoredCredentials, unknown>> | null;
  } catch {
    return null;
  }
}
