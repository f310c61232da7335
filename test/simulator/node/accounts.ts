import { createHash } from 'node:crypto';
import { arrayAt, isArray, type PhpArray, textAt } from '../php/value.ts';

/** Passwords in clear, by user name: a config tells only hashes of them. */
export type Passwords = Readonly<Record<string, string>>;

export type Login = 'accepted' | 'wrong credentials' | 'not enough privileges';

const hashKeys = ['bcrypt-hash', 'sha512-hash', 'password', 'md5-hash'];

/**
 * Who may log in. Node's own crypto knows nothing of crypt(3), so that the password behind a hash is what a test says it
 * is: the hash of a user as it stood at first, wherever that hash is copied to later. MD5 is computed.
 */
export class Accounts {
  readonly #byHash = new Map<string, string>();
  readonly #withoutHash = new Map<string, string>();

  /** Learns which hash of a config belongs to which password. */
  learn(config: PhpArray, passwords: Passwords): void {
    for (const user of usersOf(config)) {
      const name = textAt(user, 'name');
      const password = Object.hasOwn(passwords, name) ? passwords[name] : undefined;
      if (password === undefined) continue;
      const hashes = hashKeys.map(key => textAt(user, key)).filter(hash => hash !== '');
      for (const hash of hashes) this.#byHash.set(hash, password);
      if (hashes.length === 0) this.#withoutHash.set(name, password);
    }
  }

  /**
   * What XMLRPC makes of a login (facts.md §1.1): for any other than uid 0 the privilege counts, not membership of admins.
   * @param credentials absent where the request had none
   */
  forXmlRpc(config: PhpArray, credentials: Credentials | undefined): Login {
    const user = this.#authenticated(config, credentials);
    if (!user) return 'wrong credentials';
    if (textAt(user, 'uid') === '0') return 'accepted';
    return hasPrivilege(config, user, ['system-xmlrpc-ha-sync']) ? 'accepted' : 'not enough privileges';
  }

  /** What the GUI makes of a login; whether the account may open the page for backups is another question. */
  forGui(config: PhpArray, credentials: Credentials): 'backup page' | 'other pages' | undefined {
    const user = this.#authenticated(config, credentials);
    if (!user) return undefined;
    const mayBackUp =
      textAt(user, 'uid') === '0' || hasPrivilege(config, user, ['page-all', 'page-diagnostics-backup-restore']);
    return mayBackUp ? 'backup page' : 'other pages';
  }

  #authenticated(config: PhpArray, credentials: Credentials | undefined): PhpArray | undefined {
    const { name = '', password = '' } = credentials ?? {};
    const user = usersOf(config).find(each => textAt(each, 'name') === name);
    if (!user || name === '' || password === '' || isShut(user)) return undefined;
    const hashes = hashKeys.map(key => textAt(user, key)).filter(hash => hash !== '');
    const md5 = createHash('md5').update(password).digest('hex');
    const isRight =
      hashes.length === 0
        ? this.#withoutHash.get(name) === password
        : hashes.some(hash => this.#byHash.get(hash) === password || hash === md5);
    return isRight ? user : undefined;
  }
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** The name and password of a header for HTTP Basic. */
export function basicCredentials(header: string | undefined): Credentials | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(header ?? '') ?? [];
  const [, name, password] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  return name === undefined || password === undefined ? undefined : { name, password };
}

function usersOf(config: PhpArray): readonly PhpArray[] {
  return [...arrayAt(config, 'system/user').values()].filter(isArray);
}

/** Disabled, or expired: the day is written as in America. */
function isShut(user: PhpArray): boolean {
  if (user.has('disabled')) return true;
  const expires = textAt(user, 'expires');
  return expires !== '' && Date.parse(expires) + 24 * 60 * 60_000 < Date.now();
}

function hasPrivilege(config: PhpArray, user: PhpArray, wanted: readonly string[]): boolean {
  const groups = [...arrayAt(config, 'system/group').values()]
    .filter(isArray)
    .filter(group => [...arrayAt(group, 'member').values()].includes(textAt(user, 'uid')));
  return [user, ...groups].some(each =>
    [...arrayAt(each, 'priv').values()].some(priv => wanted.includes(String(priv))),
  );
}
