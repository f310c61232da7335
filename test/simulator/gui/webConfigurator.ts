import { randomBytes } from 'node:crypto';
import type { Accounts } from '../node/accounts.ts';
import { type Answer, header, page, type Question } from '../node/answer.ts';
import type { ConfigStore } from '../node/configStore.ts';
import type { Lockout } from '../node/lockout.ts';
import { textAt } from '../php/value.ts';

export interface GuiHost {
  readonly store: ConfigStore;
  readonly accounts: Accounts;
  readonly lockout: Lockout;
  readonly now: () => Date;
}

interface Session {
  readonly tokens: Set<string>;
  /** Absent before the login. */
  mayBackUp?: boolean;
}

/** The pages of pfSense's GUI that give a backup: login, Diagnostics > Backup & Restore, logout (facts.md §5). */
export class WebConfigurator {
  readonly #host: GuiHost;
  readonly #sessions = new Map<string, Session>();

  constructor(host: GuiHost) {
    this.#host = host;
  }

  async answer(question: Question): Promise<Answer> {
    if (isForeignReferrer(question)) {
      return page(501, '<p>An HTTP_REFERER was detected other than what is defined in System &gt; Advanced.</p>');
    }
    const [path = ''] = question.path.split('?');
    const session = this.#session(question);
    if (question.method !== 'POST') return this.#show(path, session);
    const fields = await readFields(question);
    if (!session?.tokens.delete(fields.get('__csrf_magic') ?? '')) {
      return page(
        403,
        '<h1>CSRF check failed. Your form session may have expired, or you may not have cookies enabled.</h1>',
      );
    }
    if (fields.has('login')) return this.#login(question, fields);
    if (fields.has('logout')) return this.#logout(question);
    if (path === '/diag_backup.php' && session.mayBackUp && fields.has('download')) return this.#download(fields);
    return this.#show(path, session);
  }

  #show(path: string, session: Session | undefined): Answer {
    const { headers, session: shown } = session ? { headers: {}, session } : this.#newSession();
    const token = `sid:${randomBytes(20).toString('hex')},${Math.floor(this.#host.now().getTime() / 1000)}`;
    shown.tokens.add(token);
    const script = `<script>var csrfMagicToken = "${token}";var csrfMagicName = "__csrf_magic";</script>`;
    if (shown.mayBackUp === undefined) return page(200, `${loginForm}${script}`, headers);
    if (path !== '/diag_backup.php') return page(200, `<title>Status: Dashboard</title>${script}`, headers);
    // Who may not see a page is sent to the first that he may see.
    if (!shown.mayBackUp) return page(302, '', { Location: '/index.php' });
    return page(200, `<title>Diagnostics: Backup &amp; Restore</title>${script}`, headers);
  }

  #login(question: Question, fields: ReadonlyMap<string, string>): Answer {
    const { accounts, store, lockout } = this.#host;
    const name = fields.get('usernamefld') ?? '';
    const allowed = accounts.forGui(store.config, { name, password: fields.get('passwordfld') ?? '' });
    if (allowed === undefined) {
      lockout.recordFailure(question.caller);
      const shown = this.#show('/index.php', this.#session(question));
      return { ...shown, body: `<div class="alert alert-danger">Username or Password incorrect</div>${shown.body}` };
    }
    this.#sessions.delete(sessionId(question) ?? '');
    const { headers, session } = this.#newSession();
    session.mayBackUp = allowed === 'backup page';
    return page(302, '', { ...headers, Location: '/' });
  }

  #logout(question: Question): Answer {
    this.#sessions.delete(sessionId(question) ?? '');
    return page(302, '', { Location: '/index.php' });
  }

  /** The file as it is; of the areas this gives all of them only. */
  #download(fields: ReadonlyMap<string, string>): Answer {
    if ((fields.get('backuparea') ?? '') !== '') return page(200, '<p>The simulator gives whole files only.</p>');
    const { store, now } = this.#host;
    const host = `${textAt(store.config, 'system/hostname')}.${textAt(store.config, 'system/domain')}`;
    const stamp = now()
      .toISOString()
      .replace(/[-:T]|\..*/g, '');
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename=config-${host}-${stamp}.xml`,
      },
      body: store.text,
    };
  }

  #session(question: Question): Session | undefined {
    return this.#sessions.get(sessionId(question) ?? '');
  }

  #newSession(): { readonly headers: Record<string, string>; readonly session: Session } {
    const id = randomBytes(16).toString('hex');
    const session: Session = { tokens: new Set() };
    this.#sessions.set(id, session);
    return { headers: { 'Set-Cookie': `PHPSESSID=${id}; path=/; secure; HttpOnly` }, session };
  }
}

const loginForm =
  '<title>Login</title><form method="post" action="/index.php"><input name="usernamefld"><input name="passwordfld" type="password"><button name="login" value="Sign In"></form>';

function sessionId(question: Question): string | undefined {
  return /(?:^|;\s*)PHPSESSID=([0-9a-f]+)/.exec(header(question, 'cookie') ?? '')?.[1];
}

function isForeignReferrer(question: Question): boolean {
  const referrer = header(question, 'referer');
  if (referrer === undefined) return false;
  return !URL.canParse(referrer) || new URL(referrer).host !== header(question, 'host');
}

/** The fields of a form, in either of the forms that browsers send. */
async function readFields(question: Question): Promise<ReadonlyMap<string, string>> {
  const type = header(question, 'content-type') ?? '';
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) return new Map();
  const data = await new Response(question.body, { headers: { 'content-type': type } }).formData();
  const fields = new Map<string, string>();
  data.forEach((value, name) => {
    if (typeof value === 'string') fields.set(name, value);
  });
  return fields;
}
