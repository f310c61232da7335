export type CredentialsReading =
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * A user name and a password. The password can be used and not be seen: neither as text, nor as JSON, nor by looking into
 * the object.
 */
export class Credentials {
  readonly #password: string;

  private constructor(
    readonly user: string,
    password: string,
  ) {
    this.#password = password;
  }

  /**
   * Takes what pfSense could accept at all. An empty password is refused here, since each failed attempt counts towards
   * being locked out (facts.md §1.1).
   */
  static of(user: string, password: string): CredentialsReading {
    if (user === '') return refused('No user name is set.');
    if (user.includes(':')) return refused('A user name with a colon cannot be sent: HTTP Basic ends the name there.');
    if (password === '') return refused(`No password is set for “${user}”.`);
    if (hasControl(user) || hasControl(password)) {
      return refused('The user name or the password holds a line break or another control character.');
    }
    return { kind: 'credentials', credentials: new Credentials(user, password) };
  }

  /** The value of the header `Authorization` (RFC 7617, in UTF-8). */
  basic(): string {
    return `Basic ${Buffer.from(`${this.user}:${this.#password}`, 'utf8').toString('base64')}`;
  }

  /** The fields of the GUI's login form. */
  loginFields(): Readonly<Record<string, string>> {
    return { usernamefld: this.user, passwordfld: this.#password, login: 'Sign In' };
  }
}

function refused(message: string): CredentialsReading {
  return { kind: 'refused', message };
}

function hasControl(text: string): boolean {
  return [...text].some(character => character < ' ' || character === '\x7f');
}
