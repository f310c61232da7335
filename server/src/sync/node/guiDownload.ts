import { type AnswerFault, type HttpAnswer, pageFault, readUtf8 } from '../xmlRpc/faults.ts';
import type { NodeConnection } from './connection.ts';
import type { Credentials } from './credentials.ts';
import { isWholeConfig } from './phpCode.ts';
import { exchange, type HttpRequest, type Limits, type TransportFault } from './transport.ts';

export type Download =
  | { readonly kind: 'ok'; readonly value: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: AnswerFault | TransportFault };

/**
 * Fetches config.xml as the page Diagnostics > Backup & Restore gives it, without RRD data (facts.md §5): login, form,
 * download, logout. The login is tried once.
 */
export async function downloadConfig(
  node: { readonly connection: NodeConnection; readonly credentials: Credentials },
  limits: Limits,
): Promise<Download> {
  const session = new GuiSession(node.connection, limits);
  const login = await session.page({ method: 'GET', path: '/index.php' });
  if (login.kind === 'fault') return login;
  const landed = await session.submit('/index.php', { ...node.credentials.loginFields(), __csrf_magic: login.token });
  if (landed.kind === 'fault') return landed;
  const refusal = loginFault(landed.answer);
  if (refusal) return { kind: 'fault', fault: refusal };
  const form = await session.page({ method: 'GET', path: '/diag_backup.php' });
  const download = form.kind === 'fault' ? form : await session.download(form.token);
  await session.logout(form.kind === 'page' ? form.token : undefined);
  return download;
}

type Page = { readonly kind: 'page'; readonly token: string };
type Fault = { readonly kind: 'fault'; readonly fault: AnswerFault | TransportFault };
type Landed = { readonly kind: 'answer'; readonly answer: HttpAnswer };

/** One login of ours: its cookies, and one token for each form (csrf-magic). */
class GuiSession {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly connection: NodeConnection,
    private readonly limits: Limits,
  ) {}

  /** Gets a page with a form, and the token that the form must be sent with. */
  async page(request: Pick<HttpRequest, 'method' | 'path'>): Promise<Page | Fault> {
    const landed = await this.fetch(request);
    if (landed.kind === 'fault') return landed;
    const { answer } = landed;
    if (isBackupPageRefused(request.path, answer)) {
      const fault = { kind: 'not-enough-privileges', privilege: 'WebCfg - Diagnostics: Backup & Restore' } as const;
      return { kind: 'fault', fault };
    }
    const token = answer.status === 200 ? tokenIn(readUtf8(answer.body) ?? '') : undefined;
    return token === undefined ? { kind: 'fault', fault: pageFault(answer) } : { kind: 'page', token };
  }

  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Landed | Fault> {
    return this.fetch({ method: 'POST', path, body: new URLSearchParams(fields).toString() });
  }

  async download(token: string): Promise<Download> {
    const fields = { __csrf_magic: token, backuparea: '', donotbackuprrd: 'yes', download: 'download' };
    const landed = await this.submit('/diag_backup.php', fields);
    if (landed.kind === 'fault') return landed;
    const { status, headers, body, isWhole } = landed.answer;
    if (status !== 200 || !/^application\/octet-stream\b/i.test(headers.get('content-type') ?? '')) {
      return { kind: 'fault', fault: pageFault(landed.answer) };
    }
    if (!isWhole || !isWholeConfig(body)) return { kind: 'fault', fault: { kind: 'cut-off' } };
    return { kind: 'ok', value: body };
  }

  /** What comes of it does not matter: a session that is left behind ends by itself. */
  async logout(token: string | undefined): Promise<void> {
    if (token !== undefined) await this.submit('/index.php', { __csrf_magic: token, logout: '' });
  }

  private async fetch(request: Omit<HttpRequest, 'headers'>): Promise<Landed | Fault> {
    const headers: Record<string, string> = {};
    if (request.body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    if (this.cookies.size > 0) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const result = await exchange(this.connection, { ...request, headers }, this.limits);
    if (result.kind === 'failed') return { kind: 'fault', fault: result.fault };
    this.keepCookies(result.answer.headers.get('set-cookie') ?? '');
    return { kind: 'answer', answer: result.answer };
  }

  private keepCookies(lines: string): void {
    for (const line of lines.split('\n')) {
      const [, name, value] = /^([\w-]+)=([^;\s]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) this.cookies.set(name, value);
    }
  }
}

/** A login that succeeds redirects; one that fails shows the form again. */
function loginFault(answer: HttpAnswer): AnswerFault | undefined {
  if (answer.status >= 300 && answer.status < 400) return undefined;
  const text = readUtf8(answer.body) ?? '';
  return answer.status === 200 && isLoginPage(text) ? { kind: 'unauthorized' } : pageFault(answer);
}

/** Who may not open a page is sent to the first one that he may open, or told that there is none. */
function isBackupPageRefused(path: string, { status, body }: HttpAnswer): boolean {
  if (path !== '/diag_backup.php') return false;
  return (status >= 300 && status < 400) || (readUtf8(body) ?? '').includes('No page assigned to this user');
}

function isLoginPage(text: string): boolean {
  return /name=["']usernamefld["']/.test(text);
}

function tokenIn(page: string): string | undefined {
  return (
    /var csrfMagicToken = "([^"]+)"/.exec(page)?.[1] ??
    /name=["']__csrf_magic["'] value=["']([^"']+)["']/.exec(page)?.[1]
  );
}
