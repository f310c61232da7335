/** A piece of PHP code. */
export interface Token {
  readonly kind: 'variable' | 'name' | 'number' | 'string' | 'template' | 'symbol' | 'end';
  /** The name without `$`, the text of a string without its quotes, or the symbol itself. */
  readonly text: string;
  readonly line: number;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /(?:\s+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)/y],
  ['variable', /\$[A-Za-z_]\w*/y],
  ['name', /\\?[A-Za-z_]\w*/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['string', /'(?:[^'\\]|\\[\s\S])*'/y],
  ['template', /"(?:[^"\\]|\\[\s\S])*"/y],
  ['symbol', /===|!==|\?\?=|\?\?|\?:|==|!=|<=|>=|=>|&&|\|\||\.=|\+=|[-+*/%.=<>!?:;,()[\]{}&]/y],
];

/** @returns the tokens with an end behind them; undefined where a character is none that PHP knows here */
export function tokenise(code: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  while (at < code.length) {
    const found = matchAt(code, at);
    if (!found) return undefined;
    const [kind, text] = found;
    if (kind !== 'space') tokens.push({ kind, text: inner(kind, text), line });
    line += text.split('\n').length - 1;
    at += text.length;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}

function matchAt(code: string, at: number): readonly [Token['kind'] | 'space', string] | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(code);
    if (match) return [kind, match[0]];
  }
  return undefined;
}

function inner(kind: Token['kind'], text: string): string {
  if (kind === 'variable') return text.slice(1);
  if (kind === 'name') return text.replace(/^\\/, '');
  if (kind === 'string') return text.slice(1, -1).replace(/\\(['\\])/g, '$1');
  // The escapes of a template are read together with its variables.
  return kind === 'template' ? text.slice(1, -1) : text;
}
