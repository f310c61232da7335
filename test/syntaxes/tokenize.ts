import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = process.cwd();

// Both packages are UMD bundles whose names Node cannot see from `import`; `require` gives them as they are.
const require = createRequire(join(root, 'package.json'));
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate') as typeof import('vscode-textmate');
const oniguruma = require('vscode-oniguruma') as typeof import('vscode-oniguruma');

/** A grammar's scope name and its file, relative to the repository's root. */
const grammarFiles: Readonly<Record<string, string>> = {
  'text.xml': 'test/syntaxes/standIn.xml.tmLanguage.json',
  'text.xml.pfsense': 'syntaxes/pfsense-config.tmLanguage.json',
  'pfsense-config.injection': 'syntaxes/pfsense-config.injection.tmLanguage.json',
};

/** One stretch of a line and the scopes on it, outermost first. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

/**
 * Tokenizes lines as VS Code does: the injection reaches every grammar whose scope starts with `text.xml`, which is how
 * `injectTo` works there.
 * @param scopeName the grammar to start with, a key of `grammarFiles`
 * @returns the tokens of each line; every character of a line is in exactly one token
 */
export async function tokenize(scopeName: string, lines: readonly string[]): Promise<readonly (readonly Token[])[]> {
  const grammar = await (await registry).loadGrammar(scopeName);
  assert(grammar, `no grammar ${scopeName}`);
  let stack = INITIAL;
  return lines.map(line => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.map(token => ({
      text: line.slice(token.startIndex, token.endIndex),
      start: token.startIndex,
      end: Math.min(token.endIndex, line.length),
      scopes: token.scopes,
    }));
  });
}

/**
 * Checks a table of lines and the scopes under them. A line starts with `| `; below it `^^^ scope other -absent` says
 * that every token over the carets carries `scope` and `other` (or one that continues them with a dot) and none that is
 * `absent`. Tabs stand in both lines alike, so that carets stay below their text.
 */
export async function checkScopes(scopeName: string, table: string): Promise<void> {
  const rows = table.split('\n').filter(row => row.trim() !== '');
  const lines = rows.filter(row => row.startsWith('| ')).map(row => row.slice(2));
  const tokens = await tokenize(scopeName, lines);
  let lineNumber = -1;
  let expectations = 0;
  for (const row of rows) {
    if (row.startsWith('| ')) {
      lineNumber++;
      continue;
    }
    const expectation = /^\s*(?<carets>\^+) (?<scopes>.+)$/d.exec(row);
    const [start, end] = expectation?.indices?.groups?.carets ?? assert.fail(`neither line nor carets: ${row}`);
    const line = tokens[lineNumber] ?? assert.fail(`carets before the first line: ${row}`);
    checkRange({ line, start: start - 2, end: end - 2 }, (expectation?.groups?.scopes ?? '').trim().split(/ +/));
    expectations++;
  }
  assert(expectations > 0, 'a table without carets checks nothing');
}

interface Range {
  readonly line: readonly Token[];
  readonly start: number;
  readonly end: number;
}

function checkRange({ line, start, end }: Range, expected: readonly string[]): void {
  const under = line.filter(token => token.start < end && token.end > start);
  assert(under.length > 0 && end <= (line.at(-1)?.end ?? 0), `carets ${start}–${end} reach beyond their line`);
  for (const token of under) {
    const found = `on "${token.text}" stands ${token.scopes.join(' ')}`;
    for (const scope of expected) {
      const absent = scope.startsWith('-');
      const name = absent ? scope.slice(1) : scope;
      const present = token.scopes.some(actual => actual === name || actual.startsWith(`${name}.`));
      assert.equal(present, !absent, absent ? `${name} must not be there: ${found}` : `${name} is missing: ${found}`);
    }
  }
}

const registry = (async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => oniguruma.createOnigScanner(patterns),
      createOnigString: text => oniguruma.createOnigString(text),
    }),
    loadGrammar: async scopeName => {
      const file = grammarFiles[scopeName];
      return file === undefined ? null : parseRawGrammar(readFileSync(join(root, file), 'utf8'), file);
    },
    getInjections: scopeName => (scopeName.startsWith('text.xml') ? ['pfsense-config.injection'] : undefined),
  });
})();
