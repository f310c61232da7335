import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import test from 'node:test';
import { decodeBytes } from '../../server/src/cli/encoding.ts';
import { Config } from '../../server/src/model/config.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { isSecretName } from '../../server/src/schema/secrets.ts';
import { Element } from '../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

/** Configs of others, which are read only where this checkout has them beside it. Many hold secrets: no text of them is printed. */
const folder = resolve('../shared/corpus');
const skip = existsSync(folder) ? false : 'no corpus of real configs lies beside this checkout (../shared/corpus)';
const program = resolve('dist/pfsense-ha.cjs');

test('each of the real configs is checked, alone and beside the others', { skip }, () => {
  const { files, all, workspace } = corpus();
  assert.equal(files.size, 150);
  for (const name of files.keys()) {
    for (const finding of all.of(uriOf(name))) {
      assert.ok(finding.message.length > 0, `${name}: ${finding.rule} says nothing`);
      assert.ok(!/\{\w+\}/.test(finding.message), `${name}: a value is missing in what ${finding.rule} says`);
      for (const fix of finding.fixes())
        assert.ok(fix.title !== '' && fix.edits.length > 0, `${name}: ${finding.rule}`);
    }
  }
  assert.ok(workspace.nodes().length > 100);
});

test('a factory default of any version raises neither error nor warning', { skip }, () => {
  const { files, all } = corpus();
  const defaults = factoryDefaults().filter(name => files.has(name));
  assert.ok(defaults.length >= 30, `only ${defaults.length} factory defaults`);
  assert.deepEqual(
    defaults.flatMap(name =>
      seen(
        all.of(uriOf(name)).filter(({ severity }) => isGrave(severity)),
        name,
      ),
    ),
    [],
  );
});

test('an OPNsense export raises one note and nothing else', { skip }, () => {
  const { files, all } = corpus();
  const exports = [...files.keys()].filter(
    name => new XmlDocument('', files.get(name) ?? '').tree.root?.tag === 'opnsense',
  );
  assert.ok(exports.length >= 20, `only ${exports.length} OPNsense exports`);
  assert.deepEqual(
    exports.map(name => [name, all.of(uriOf(name)).map(({ rule, severity }) => `${severity} ${rule}`)]),
    exports.map(name => [name, ['info document-kind']]),
  );
});

test('no message, title of a fix or related place tells a secret', { skip }, () => {
  const { files, all } = corpus();
  let known = 0;
  for (const [name, text] of files) {
    const secrets = secretsOf(text);
    known += secrets.size;
    for (const finding of all.of(uriOf(name))) {
      const told = [finding.message, ...finding.related.map(each => each.message)];
      told.push(...finding.fixes().map(({ title }) => title));
      assert.ok(!tells(told.join('\n'), secrets), `${name}: ${finding.rule} tells a secret`);
    }
  }
  assert.ok(known > 200, `only ${known} secrets to look for`);
});

test('the command line checks the whole folder, and tells no secret', { skip }, t => {
  const cwd = mkdtempSync(join(tmpdir(), 'pfsense-ha-corpus-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const { files, workspace } = corpus();
  const json = checkFolder(cwd, 'json');
  const report = JSON.parse(json.stdout) as Report;
  assert.equal(report.version, 1);
  assert.equal(report.summary.files, files.size);
  for (const finding of report.findings) {
    const name = relative(folder, resolve(cwd, finding.file));
    assert.ok(files.has(name), `${name} is not in the corpus`);
    const peer = workspace.peerOf(uriOf(name))?.uri.slice(uriOf('').length);
    const texts = [name, ...(peer ? [decodeURIComponent(peer)] : [])].map(each => files.get(each) ?? '');
    const secrets = new Set(texts.flatMap(text => [...secretsOf(text)]));
    assert.ok(!tells(stringsOf(finding).join('\n'), secrets), `${name}: the report of ${finding.rule} tells a secret`);
  }
  const text = checkFolder(cwd, 'text');
  const everywhere = new Set([...files.values()].flatMap(each => [...secretsOf(each)]).filter(isUnmistakable));
  assert.ok(everywhere.size > 50, `only ${everywhere.size} secrets to look for`);
  for (const [what, printed] of Object.entries({ text: text.stdout, notes: text.stderr + json.stderr })) {
    assert.ok(!tells(printed, everywhere), `a secret stands in the ${what}`);
  }
});

interface Report {
  readonly version: number;
  readonly findings: readonly { readonly file: string; readonly rule: string }[];
  readonly summary: { readonly files: number };
}

/** Runs the built program on the folder as one process. */
function checkFolder(cwd: string, format: 'json' | 'text'): { readonly stdout: string; readonly stderr: string } {
  const options = { cwd, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'check', folder, '--format', format],
    options,
  );
  assert.ok(status === 0 || status === 1, `exit status ${status}`);
  return { stdout, stderr };
}

/** Every text within a value of JSON but the names of files, which may well be somebody's password. */
function stringsOf(json: unknown): readonly string[] {
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => (key === 'file' ? [] : stringsOf(value)));
}

interface Corpus {
  /** The texts by the files' names. */
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
  readonly all: WorkspaceFindings;
}

function corpus(): Corpus {
  const files = new Map<string, string>();
  const workspace = new Workspace();
  for (const name of readdirSync(folder).filter(each => each.endsWith('.xml'))) {
    const decoded = decodeBytes(readFileSync(join(folder, name)));
    assert.ok(decoded.isText, `${name} is no text`);
    files.set(name, decoded.text);
    workspace.setDiskText(uriOf(name), decoded.text);
  }
  return { files, workspace, all: new WorkspaceFindings(workspace, { rules }) };
}

/**
 * The files that the corpus' table calls so, or that come from pfSense's folder of defaults; a copy that somebody has
 * changed and put aside (`.sav1`) is none any more.
 */
function factoryDefaults(): readonly string[] {
  return readFileSync(join(folder, 'INDEX.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(
      cells => /factory default/.test(cells.at(-2) ?? '') || /conf\.default\S*\.xml(?!\.sav)/.test(cells[2] ?? ''),
    )
    .flatMap(cells => cells[1] ?? []);
}

/** The values longer than five characters of elements that hold secrets, as they are written and as pfSense reads them. */
function secretsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const config = new Config(new XmlDocument('', text));
  for (const branch of config.document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      if (!isSecretName(element.name) || element.hasChildren) continue;
      for (const each of [element.content.trim(), config.text(element)]) if (each.length > 5) found.add(each);
    }
  }
  return found;
}

/** `public` or `password` may well be a word of a message: beyond its own file only what can be nothing else counts. */
function isUnmistakable(secret: string): boolean {
  return secret.length > 12;
}

function tells(text: string, secrets: ReadonlySet<string>): boolean {
  return [...secrets].some(secret => text.includes(secret));
}

function isGrave(severity: Finding['severity']): boolean {
  return severity === 'error' || severity === 'warning';
}

function seen(findings: readonly Finding[], name: string): readonly string[] {
  return findings.map(({ rule, severity, message }) => `${name} ${severity} ${rule}: ${message}`);
}

function uriOf(name: string): string {
  return `file:///corpus/${name}`;
}
