import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import test from 'node:test';

/** Rooms from left to right; a room may import from itself and those it names (docs/architecture.md). */
const rooms: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  schema: [],
  model: ['syntax', 'schema'],
  pair: ['syntax', 'schema', 'model'],
  rules: ['syntax', 'schema', 'model', 'pair'],
  features: ['syntax', 'schema', 'model', 'pair', 'rules'],
  sync: ['syntax', 'schema', 'model', 'pair'],
  lsp: ['syntax', 'schema', 'model', 'pair', 'rules', 'features', 'sync'],
  cli: ['syntax', 'schema', 'model', 'pair', 'rules', 'features', 'sync', 'lsp'],
};

/** What runs in Node alone: the command line, live nodes, and of the language server its start and its disk. */
const nodeFiles = /^server\/src\/(?:(?:cli|sync)\/|lsp\/(?:main|nodeServer|disk)\.ts$)/;

interface Import {
  readonly file: string;
  /** As it is written: a path from the root for our own files, a package's name otherwise. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const files = [...sources('client/src'), ...sources('server/src')];
const imports = files.flatMap(importsOf);

test('the reading of imports sees them', () => {
  assert.ok(files.length > 50, `${files.length} files`);
  const seen = (file: string, target: string) => imports.some(each => each.file === file && each.target === target);
  assert.ok(seen('server/src/model/config.ts', 'server/src/syntax/tree.ts'));
  assert.ok(seen('server/src/model/address.ts', 'ipaddr.js'));
  assert.deepEqual(
    importsIn(
      'import a from "x";\nimport {\n  b,\n} from \'y\';\nexport * from "z";\nconst c = await import("w");',
    ).map(each => each.target),
    ['x', 'y', 'z', 'w'],
  );
});

test('every import of a file of ours leads to a file', () => {
  const broken = imports.filter(({ target }) => isOurs(target) && !existsSync(target));
  assert.deepEqual(broken, []);
});

test('a room imports only from the rooms to its left', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [roomOf(file), roomOf(target)];
    return from !== undefined && isOurs(target) && to !== from && !(to !== undefined && rooms[from]?.includes(to));
  });
  assert.deepEqual(shown(wrong), []);
});

test('every file of the server stands in a room', () => {
  assert.deepEqual(
    files.filter(file => file.startsWith('server/') && !((roomOf(file) ?? '') in rooms)),
    [],
  );
});

test('what the schema is made of is loaded by the build alone', () => {
  const isSource = (path: string) => /^server\/src\/schema\/(?:index\.ts$|sections\/)/.test(path);
  const wrong = imports.filter(
    ({ file, target }) => isSource(target) && !isSource(file) && file !== 'server/src/schema/build.ts',
  );
  assert.deepEqual(shown(wrong), []);
});

test('vscode is imported in the client alone', () => {
  assert.deepEqual(shown(imports.filter(each => each.target === 'vscode' && !each.file.startsWith('client/'))), []);
});

test('the language server protocol is imported in lsp and the client alone', () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      (/^vscode-(?:languageserver|jsonrpc)/.test(target) && roomOf(file) !== 'lsp') ||
      (target.startsWith('vscode-languageclient') && !file.startsWith('client/')),
  );
  assert.deepEqual(shown(wrong), []);
});

test('only what runs in Node touches disk, network or process', () => {
  const wrong = imports.filter(
    ({ file, target }) => target.startsWith('node:') && !nodeFiles.test(file) && !file.startsWith('client/'),
  );
  assert.deepEqual(shown(wrong), []);
  const bare = imports.filter(({ target }) => /^(?:fs|path|os|url|child_process|crypto|http|https|net)$/.test(target));
  assert.deepEqual(shown(bare), [], 'built-in modules are imported as node:…');
});

test('the pure rooms ask for no time and no chance', () => {
  const pure = files.filter(file => ['syntax', 'model', 'pair', 'rules', 'features'].includes(roomOf(file) ?? ''));
  const wrong = pure.filter(file =>
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bsetTimeout\(/.test(codeOf(file)),
  );
  assert.deepEqual(wrong, []);
});

test('a rule imports no rule', () => {
  const isRule = (path: string) => /^server\/src\/rules\/[^/]+\/[^/]+\.ts$/.test(path);
  assert.deepEqual(shown(imports.filter(({ file, target }) => isRule(file) && isRule(target))), []);
});

test('no feature imports another, nor do two share a file of their room: what they need moves left', () => {
  const users = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    // What all of them are asked of.
    if (target === 'server/src/features/snapshot.ts') continue;
    if (roomOf(file) === 'features' && roomOf(target) === 'features' && featureOf(file) !== featureOf(target)) {
      users.set(target, (users.get(target) ?? new Set()).add(featureOf(file)));
    }
  }
  const sharedFiles = [...users].filter(([, by]) => by.size > 1).map(([file]) => file);
  assert.deepEqual(sharedFiles, []);
});

/** A feature is a file, or a folder whose files know each other. */
function featureOf(path: string): string {
  return /^server\/src\/features\/([^/]+?)(?:\.ts|\/.*)$/.exec(path)?.[1] ?? '';
}

test('the client knows nothing of the server but names, and what a document is', () => {
  const allowed = new Set(['server/src/lsp/protocol.ts', 'server/src/model/documentKind.ts']);
  const wrong = imports.filter(
    ({ file, target, isTypeOnly }) =>
      file.startsWith('client/') && target.startsWith('server/') && !isTypeOnly && !allowed.has(target),
  );
  assert.deepEqual(shown(wrong), []);
});

test('what talks to firewalls is loaded by itself: nothing of the client imports it but as types', () => {
  const wrong = imports.filter(
    ({ file, target, isTypeOnly }) => file.startsWith('client/') && roomOf(target) === 'sync' && !isTypeOnly,
  );
  assert.deepEqual(shown(wrong), []);
  const engine = 'server/src/sync/engine.ts';
  const users = imports.filter(({ target }) => target === engine).map(({ file }) => file);
  assert.deepEqual(users, ['client/src/live/engine.ts']);
  assert.ok(readFileSync('esbuild.mjs', 'utf8').includes(`entry: '${engine}', outfile: 'dist/sync.cjs'`));
});

test('no circle of imports, but for types', () => {
  const graph = new Map<string, string[]>();
  for (const { file, target, isTypeOnly } of imports) {
    if (!isTypeOnly && isOurs(target)) graph.set(file, [...(graph.get(file) ?? []), target]);
  }
  assert.deepEqual(circleIn(graph), undefined);
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['a']],
  ]);
  assert.deepEqual(circleIn(circle), ['a', 'b', 'c', 'a'], 'a circle is found where one is');
});

function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = posix.join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /(?<!\.d)\.m?ts$/.test(name) && !name.includes('.generated.') ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  return importsIn(readFileSync(file, 'utf8')).map(({ target, isTypeOnly }) => ({
    file,
    target: target.startsWith('.') ? join(dirname(file), target).replaceAll('\\', '/') : target,
    isTypeOnly,
  }));
}

/** Static imports, re-exports and imports at run time. */
function importsIn(source: string): { readonly target: string; readonly isTypeOnly: boolean }[] {
  const found = source.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[\w*{},\s$]+?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  );
  return [...found].map(([, type, fixed, dynamic]) => ({
    target: fixed ?? dynamic ?? '',
    isTypeOnly: type !== undefined,
  }));
}

/** The code without comments, in which words mean nothing. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

function roomOf(path: string): string | undefined {
  return /^server\/src\/([^/]+)\//.exec(path)?.[1];
}

function isOurs(target: string): boolean {
  return (target.startsWith('server/') || target.startsWith('client/')) && !target.includes('.generated.');
}

function shown(wrong: readonly Import[]): string[] {
  return wrong.map(({ file, target }) => `${file} imports ${target}`);
}
