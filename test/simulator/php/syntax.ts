/** The part of PHP that a client's snippets need: expressions, assignments, conditions and loops over arrays. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly array: Expression; readonly key: Expression | undefined }
  | { readonly kind: 'array'; readonly items: readonly ArrayItem[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'assignment'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'not' | 'minus'; readonly operand: Expression }
  | { readonly kind: 'cast'; readonly to: CastType; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      /** Absent for `?:`. */
      readonly yes: Expression | undefined;
      readonly no: Expression;
    };

/** What stands in the brackets of `(string)$x`. */
export type CastType = 'string' | 'bool' | 'int' | 'array';

export interface ArrayItem {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export type Statement =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'global'; readonly names: readonly string[] }
  | { readonly kind: 'unset'; readonly targets: readonly Expression[] }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly yes: Statement;
      readonly no: Statement | undefined;
    }
  | {
      readonly kind: 'foreach';
      readonly array: Expression;
      readonly key: string | undefined;
      readonly value: string;
      readonly body: Statement;
    }
  | { readonly kind: 'continue' | 'break' }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'throw'; readonly message: Expression };
