import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * Keeps a failure in one handler from ending the others: it is written to the log, the same one once, and the editor
 * gets an empty answer.
 */
export class Guard {
  private readonly logged = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** For notifications, and for what is run by itself. */
  run<P extends readonly unknown[]>(name: string, handler: (...params: P) => void): (...params: P) => void {
    return (...params) => {
      try {
        handler(...params);
      } catch (error) {
        this.failed(name, error);
      }
    };
  }

  /** For a part of some work that the rest can do without. */
  value<T>(name: string, empty: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.failed(name, error);
      return empty;
    }
  }

  /**
   * For requests: one that the editor has taken back by the time its turn comes is not worked on.
   *
   * @param empty the answer where the handler fails
   */
  request<P, R>(
    name: string,
    empty: R,
    handler: (params: P, token: CancellationToken) => R | Promise<R>,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
    return async (params, token) => {
      if (token.isCancellationRequested) return cancelled();
      try {
        const result = await handler(params, token);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        this.failed(name, error);
        return empty;
      }
    };
  }

  /** For work that nobody waits for. */
  background(name: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.failed(name, error));
  }

  /** Writes a failure to the log, the same one once. */
  failed(name: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const key = `${name} ${text}`;
    if (this.logged.has(key)) return;
    this.logged.add(key);
    this.connection.console.error(`${name} failed: ${text}`);
  }
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
