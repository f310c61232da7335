/** What a node sends back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What a node was asked. */
export interface Question {
  readonly method: string;
  /** With its query, if it has one. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** The address of the caller. */
  readonly caller: string;
}

export function header(question: Question, name: string): string | undefined {
  const value = question.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

export function page(status: number, body: string, headers: Answer['headers'] = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8', ...headers }, body };
}
