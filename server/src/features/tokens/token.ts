import type { Span } from '../../syntax/tree.ts';

export const tokenTypes = ['alias', 'interfaceKey', 'address', 'vip', 'gateway', 'secret', 'item', 'section'] as const;
export const tokenModifiers = ['declaration', 'disabled', 'unsynchronised'] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

/** A stretch of the present text, and what it is. */
export interface Token extends Span {
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

/** Tokens as they are found; of those that lie in each other the one that began first counts, and of two that begin together the longer one. */
export class TokenList {
  private readonly tokens: Token[] = [];

  add(token: Token): void {
    if (token.end > token.start) this.tokens.push(token);
  }

  /** In the order of the text, those that lie in a stretch or reach into it; none touches another. */
  inOrder({ start, end }: Span): readonly Token[] {
    const { tokens } = this;
    // Numbers are sorted ten times as fast as objects are.
    const keys = new Float64Array(tokens.length);
    for (const [i, token] of tokens.entries()) keys[i] = token.start * mostTokens + i;
    keys.sort();
    const found: Token[] = [];
    for (const key of keys) {
      const token = tokens[key % mostTokens]!;
      const last = found.at(-1);
      if (token.end <= start || token.start >= end) continue;
      if (last && token.start < last.end) {
        if (token.start === last.start && token.end > last.end) found[found.length - 1] = token;
        continue;
      }
      found.push(token);
    }
    return found;
  }
}

/** More than any file of that many characters could have. */
const mostTokens = 2 ** 22;
