import { type Token, tokenise } from './lexer.ts';
import type { ArrayItem, CastType, Expression, Statement } from './syntax.ts';

/** Code that cannot be read; also code that PHP could read, but that is beyond this simulator. */
export class PhpSyntaxError extends Error {
  /** What stands where something else should. */
  readonly token: Token;

  constructor(token: Token) {
    super(`unexpected ${token.text}`);
    this.token = token;
  }
}

/** @throws PhpSyntaxError */
export function parsePhp(code: string): readonly Statement[] {
  const tokens = tokenise(code);
  if (!tokens) throw new PhpSyntaxError({ kind: 'symbol', text: code.trim().slice(0, 1), line: 1 });
  return new Parser(tokens).program();
}

const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '===', '!=='],
  ['<', '>', '<=', '>='],
  ['.', '+', '-'],
  ['*', '/', '%'],
];

const constants: Readonly<Record<string, boolean | number | string | null>> = {
  true: true,
  false: false,
  null: null,
  json_throw_on_error: 4_194_304,
  json_unescaped_slashes: 64,
  json_unescaped_unicode: 256,
  php_eol: '\n',
};
const casts: Readonly<Record<string, CastType>> = {
  string: 'string',
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  integer: 'int',
  array: 'array',
};
const withoutParentheses = new Set(['require_once', 'include_once', 'require', 'include']);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  program(): readonly Statement[] {
    const statements: Statement[] = [];
    while (this.#token.kind !== 'end') statements.push(this.#statement());
    return statements;
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] ?? { kind: 'end', text: '', line: 1 };
  }

  #is(text: string): boolean {
    const { kind } = this.#token;
    return this.#token.text === text && (kind === 'symbol' || kind === 'name');
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw new PhpSyntaxError(this.#token);
  }

  #variable(): string {
    const token = this.#token;
    if (token.kind !== 'variable') throw new PhpSyntaxError(token);
    this.#at++;
    return token.text;
  }

  #statement(): Statement {
    if (this.#accept('{')) return this.#block();
    if (this.#accept(';')) return { kind: 'block', statements: [] };
    if (this.#accept('global')) return this.#global();
    if (this.#accept('if')) return this.#if();
    if (this.#accept('foreach')) return this.#foreach();
    if (this.#accept('throw')) return this.#throw();
    if (this.#accept('unset')) return this.#unset();
    for (const kind of ['continue', 'break'] as const) {
      if (!this.#accept(kind)) continue;
      this.#expect(';');
      return { kind };
    }
    if (this.#accept('return')) {
      const value = this.#is(';') ? undefined : this.#expression();
      this.#expect(';');
      return { kind: 'return', value };
    }
    const expression = this.#expression();
    this.#expect(';');
    return { kind: 'expression', expression };
  }

  #block(): Statement {
    const statements: Statement[] = [];
    while (!this.#accept('}')) {
      if (this.#token.kind === 'end') throw new PhpSyntaxError(this.#token);
      statements.push(this.#statement());
    }
    return { kind: 'block', statements };
  }

  #global(): Statement {
    const names = [this.#variable()];
    while (this.#accept(',')) names.push(this.#variable());
    this.#expect(';');
    return { kind: 'global', names };
  }

  #unset(): Statement {
    this.#expect('(');
    const targets = this.#list(')', () => this.#expression());
    this.#expect(';');
    return { kind: 'unset', targets };
  }

  #if(): Statement {
    this.#expect('(');
    const condition = this.#expression();
    this.#expect(')');
    const yes = this.#statement();
    if (this.#accept('elseif')) return { kind: 'if', condition, yes, no: this.#if() };
    return { kind: 'if', condition, yes, no: this.#accept('else') ? this.#statement() : undefined };
  }

  #foreach(): Statement {
    this.#expect('(');
    const array = this.#expression();
    this.#expect('as');
    const first = this.#variable();
    const second = this.#accept('=>') ? this.#variable() : undefined;
    this.#expect(')');
    const body = this.#statement();
    return { kind: 'foreach', array, key: second === undefined ? undefined : first, value: second ?? first, body };
  }

  #throw(): Statement {
    this.#expect('new');
    if (this.#token.kind !== 'name') throw new PhpSyntaxError(this.#token);
    this.#at++;
    this.#expect('(');
    const message = this.#expression();
    this.#expect(')');
    this.#expect(';');
    return { kind: 'throw', message };
  }

  #expression(): Expression {
    const target = this.#choice();
    for (const operator of ['=', '.=', '+=', '??=']) {
      if (!this.#is(operator)) continue;
      if (target.kind !== 'variable' && target.kind !== 'element') throw new PhpSyntaxError(this.#token);
      this.#at++;
      return { kind: 'assignment', operator, target, value: this.#expression() };
    }
    return target;
  }

  #choice(): Expression {
    const condition = this.#coalesced();
    if (this.#accept('?:')) return { kind: 'choice', condition, yes: undefined, no: this.#coalesced() };
    if (!this.#accept('?')) return condition;
    const yes = this.#is(':') ? undefined : this.#expression();
    this.#expect(':');
    return { kind: 'choice', condition, yes, no: this.#choice() };
  }

  #coalesced(): Expression {
    const left = this.#binary(0);
    return this.#accept('??') ? { kind: 'binary', operator: '??', left, right: this.#coalesced() } : left;
  }

  #binary(level: number): Expression {
    const operators = binary[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#token.kind === 'symbol' && operators.includes(this.#token.text)) {
      const operator = this.#token.text;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#accept('!')) return { kind: 'not', operand: this.#unary() };
    if (this.#accept('-')) return { kind: 'minus', operand: this.#unary() };
    const cast = this.#cast();
    if (cast) return { kind: 'cast', to: cast, operand: this.#unary() };
    let expression = this.#primary();
    while (this.#accept('[')) {
      const key = this.#is(']') ? undefined : this.#expression();
      this.#expect(']');
      expression = { kind: 'element', array: expression, key };
    }
    return expression;
  }

  /** `(string)` and its like, which look like an expression in brackets. */
  #cast(): CastType | undefined {
    const [opening, type, closing] = this.#tokens.slice(this.#at, this.#at + 3);
    if (opening?.text !== '(' || opening.kind !== 'symbol' || type?.kind !== 'name' || closing?.text !== ')')
      return undefined;
    const to = casts[type.text.toLowerCase()];
    if (to) this.#at += 3;
    return to;
  }

  #primary(): Expression {
    const token = this.#token;
    if (this.#accept('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#accept('[')) return { kind: 'array', items: this.#list(']', () => this.#item()) };
    if (token.kind === 'end' || token.kind === 'symbol') throw new PhpSyntaxError(token);
    this.#at++;
    if (token.kind === 'variable') return { kind: 'variable', name: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'template') return { kind: 'template', parts: templateParts(token) };
    return this.#named(token);
  }

  #named(token: Token): Expression {
    const name = token.text.toLowerCase();
    if (Object.hasOwn(constants, name)) return { kind: 'literal', value: constants[name] ?? null };
    if (withoutParentheses.has(name)) return { kind: 'call', name, arguments: [this.#primary()] };
    this.#expect('(');
    if (name === 'array') return { kind: 'array', items: this.#list(')', () => this.#item()) };
    return { kind: 'call', name, arguments: this.#list(')', () => this.#expression()) };
  }

  #item(): ArrayItem {
    const first = this.#expression();
    if (!this.#accept('=>')) return { key: undefined, value: first };
    return { key: first, value: this.#expression() };
  }

  /** What stands up to a closing bracket, with commas between and perhaps one behind. */
  #list<T>(closing: string, read: () => T): readonly T[] {
    const items: T[] = [];
    while (!this.#accept(closing)) {
      items.push(read());
      if (!this.#is(closing)) this.#expect(',');
    }
    return items;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', $: '$', '\\': '\\' };

/** `"a $b {$c['d']} e"`: texts, variables and whole expressions in braces. */
function templateParts(token: Token): readonly Expression[] {
  const parts: Expression[] = [];
  const pattern = /\\([\s\S])|\{(\$[^}]*)\}|\$([A-Za-z_]\w*)|[\s\S]/g;
  for (const [whole, escaped, expression, variable] of token.text.matchAll(pattern)) {
    if (variable !== undefined) parts.push({ kind: 'variable', name: variable });
    else if (expression !== undefined) parts.push(innerExpression(expression));
    else parts.push({ kind: 'literal', value: escaped === undefined ? whole : (escapes[escaped] ?? whole) });
  }
  return parts;
}

function innerExpression(code: string): Expression {
  const [statement] = parsePhp(`${code};`);
  if (statement?.kind !== 'expression') throw new PhpSyntaxError({ kind: 'symbol', text: '{', line: 1 });
  return statement.expression;
}
