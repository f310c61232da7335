import { PhpException } from './errors.ts';
import { PhpSyntaxError, parsePhp } from './parser.ts';
import type { CastType, Expression, Statement } from './syntax.ts';
import {
  append,
  copyOf,
  isArray,
  isTrue,
  looseEqual,
  type PhpArray,
  type PhpKey,
  type PhpValue,
  phpList,
  toInteger,
  toKey,
  toText,
} from './value.ts';

/** What the code can reach: pfSense's functions, and the variables that `global` brings in. */
export interface PhpHost {
  /** @returns undefined for a function that there is not */
  readonly call: (name: string, values: readonly PhpValue[]) => PhpValue | undefined;
  readonly globals: PhpArray;
  /** Ends the request with PHP's words for a function that there is not. */
  readonly undefinedFunction: (name: string) => never;
}

/**
 * Runs a snippet as `eval` in a function does.
 * @returns its local variables
 * @throws PhpSyntaxError, PhpException, and what the host throws
 */
export function runPhp(code: string, host: PhpHost): PhpArray {
  const run = new Run(host);
  for (const statement of parsePhp(code)) if (run.execute(statement)) break;
  return run.locals;
}

type Flow = 'continue' | 'break' | 'return';

class Run {
  readonly locals: PhpArray = new Map();
  readonly #imported = new Set<string>();
  readonly #host: PhpHost;

  constructor(host: PhpHost) {
    this.#host = host;
  }

  /** @returns how the code goes on, where that is not with the next statement */
  execute(statement: Statement): Flow | undefined {
    switch (statement.kind) {
      case 'expression':
        this.#value(statement.expression);
        return undefined;
      case 'global':
        for (const name of statement.names) this.#imported.add(name);
        return undefined;
      case 'unset':
        for (const target of statement.targets) this.#unset(target);
        return undefined;
      case 'block':
        return this.#block(statement.statements);
      case 'if':
        if (isTrue(this.#value(statement.condition))) return this.execute(statement.yes);
        return statement.no ? this.execute(statement.no) : undefined;
      case 'foreach':
        return this.#each(statement);
      case 'continue':
      case 'break':
      case 'return':
        return statement.kind;
      case 'throw':
        throw new PhpException(toText(this.#value(statement.message)));
    }
  }

  #block(statements: readonly Statement[]): Flow | undefined {
    for (const statement of statements) {
      const flow = this.execute(statement);
      if (flow) return flow;
    }
    return undefined;
  }

  #each({ array, key, value, body }: Extract<Statement, { kind: 'foreach' }>): Flow | undefined {
    const all = this.#value(array);
    if (!isArray(all)) return undefined;
    for (const [at, item] of copyOf(all)) {
      if (key !== undefined) this.#variables(key).set(key, at);
      this.#variables(value).set(value, item);
      const flow = this.execute(body);
      if (flow === 'return') return flow;
      if (flow === 'break') break;
    }
    return undefined;
  }

  #variables(name: string): PhpArray {
    return this.#imported.has(name) ? this.#host.globals : this.locals;
  }

  #value(expression: Expression): PhpValue {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'template':
        return expression.parts.map(part => toText(this.#value(part))).join('');
      case 'variable':
        if (expression.name === 'GLOBALS') return this.#host.globals;
        return this.#variables(expression.name).get(expression.name) ?? null;
      case 'element':
        return this.#element(expression);
      case 'array':
        return this.#array(expression);
      case 'call':
        return this.#call(expression);
      case 'assignment':
        return this.#assign(expression);
      case 'not':
        return !isTrue(this.#value(expression.operand));
      case 'minus':
        return -Number(toText(this.#value(expression.operand)));
      case 'cast':
        return cast(this.#value(expression.operand), expression.to);
      case 'binary':
        return this.#binary(expression);
      case 'choice': {
        const condition = this.#value(expression.condition);
        if (!isTrue(condition)) return this.#value(expression.no);
        return expression.yes ? this.#value(expression.yes) : condition;
      }
    }
  }

  #element({ array, key }: Extract<Expression, { kind: 'element' }>): PhpValue {
    const from = this.#value(array);
    return isArray(from) && key ? (from.get(keyOf(this.#value(key))) ?? null) : null;
  }

  #array({ items }: Extract<Expression, { kind: 'array' }>): PhpArray {
    const array: PhpArray = new Map();
    for (const { key, value } of items) {
      const item = copyOf(this.#value(value));
      if (key) array.set(keyOf(this.#value(key)), item);
      else append(array, item);
    }
    return array;
  }

  #call({ name, arguments: expressions }: Extract<Expression, { kind: 'call' }>): PhpValue {
    if (name === 'isset') return expressions.every(each => this.#value(each) !== null);
    if (name === 'empty') return !expressions.some(each => isTrue(this.#value(each)));
    const values = expressions.map(each => this.#value(each));
    const result = this.#host.call(name, values);
    return result === undefined ? this.#host.undefinedFunction(name) : result;
  }

  #assign({ operator, target, value }: Extract<Expression, { kind: 'assignment' }>): PhpValue {
    const before = operator === '=' ? null : this.#value(target);
    if (operator === '??=' && before !== null) return before;
    const given = copyOf(this.#value(value));
    const result =
      operator === '.='
        ? toText(before) + toText(given)
        : operator === '+='
          ? numberOf(before) + numberOf(given)
          : given;
    this.#put(target, result);
    return result;
  }

  #put(target: Expression, value: PhpValue): void {
    if (target.kind === 'variable') {
      this.#variables(target.name).set(target.name, value);
    } else if (target.kind === 'element') {
      const array = this.#arrayToChange(target.array);
      if (target.key) array.set(keyOf(this.#value(target.key)), value);
      else append(array, value);
    }
  }

  /** The array that a target lies in, made where there is none. */
  #arrayToChange(expression: Expression): PhpArray {
    const known = this.#value(expression);
    if (isArray(known)) return known;
    const made: PhpArray = new Map();
    this.#put(expression, made);
    return made;
  }

  #unset(target: Expression): void {
    if (target.kind === 'variable') this.#variables(target.name).delete(target.name);
    if (target.kind !== 'element' || !target.key) return;
    const array = this.#value(target.array);
    if (isArray(array)) array.delete(keyOf(this.#value(target.key)));
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): PhpValue {
    const one = this.#value(left);
    if (operator === '??') return one ?? this.#value(right);
    if (operator === '&&') return isTrue(one) && isTrue(this.#value(right));
    if (operator === '||') return isTrue(one) || isTrue(this.#value(right));
    const other = this.#value(right);
    if (operator === '.') return toText(one) + toText(other);
    if (operator === '==') return looseEqual(one, other);
    if (operator === '!=') return !looseEqual(one, other);
    if (operator === '===' || operator === '!==') return isSame(one, other) === (operator === '===');
    return calculate(operator, numberOf(one), numberOf(other));
  }
}

function cast(value: PhpValue, to: CastType): PhpValue {
  if (to === 'string') return toText(value);
  if (to === 'bool') return isTrue(value);
  if (to === 'int') return toInteger(value);
  return isArray(value) ? value : value === null ? new Map() : phpList([value]);
}

function calculate(operator: string, one: number, other: number): PhpValue {
  switch (operator) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return one / other;
    case '%':
      return one % other;
    case '<':
      return one < other;
    case '>':
      return one > other;
    case '<=':
      return one <= other;
    case '>=':
      return one >= other;
    default:
      throw new PhpSyntaxError({ kind: 'symbol', text: operator, line: 1 });
  }
}

function isSame(one: PhpValue, other: PhpValue): boolean {
  if (!isArray(one) || !isArray(other)) return one === other;
  const [here, there] = [[...one], [...other]];
  return (
    here.length === there.length &&
    here.every(([key, value], i) => key === there[i]?.[0] && isSame(value, there[i]?.[1] ?? null))
  );
}

function keyOf(value: PhpValue): PhpKey {
  return typeof value === 'number' ? Math.trunc(value) : toKey(toText(value));
}

function numberOf(value: PhpValue): number {
  return Number.parseFloat(toText(value)) || 0;
}
