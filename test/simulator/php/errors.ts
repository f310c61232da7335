/** An error that PHP does not let anybody catch: it ends the request with a page of text (facts.md §1.3). */
export class PhpFatalError extends Error {
  /** `Fatal error` or `Parse error`. */
  readonly kind: 'Fatal error' | 'Parse error';
  /** A file and a line. */
  readonly place: string;

  constructor({
    message,
    place,
    kind = 'Fatal error',
  }: { message: string; place: string; kind?: PhpFatalError['kind'] }) {
    super(message);
    this.kind = kind;
    this.place = place;
  }

  /** The page that PHP sends with status 200. */
  get page(): string {
    if (this.kind === 'Parse error') return `\nParse error: ${this.message} in ${this.place}\n`;
    return `\nFatal error: ${this.message}\nStack trace:\n#0 {main}\n  thrown in ${this.place}\n`;
  }
}

/** An exception that PHP code throws and XML_RPC2 turns into fault 1. */
export class PhpException extends Error {}
