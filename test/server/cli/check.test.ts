import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { folderWith, runCommand } from '../../harness/commandLine.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const main = nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
/** The second VIP's advskew is the primary's: `carp-skew-order`, an error. */
const second = nodeConfig({ host: 3, skews: [100, 0] });
/** A node in no pair, of which there is nothing to say. */
const single = '<?xml version="1.0"?>\n<pfsense>\n\t<version>22.2</version>\n</pfsense>\n';

test('check: a single file of which there is nothing to say', async t => {
  const cwd = folderWith(t, { 'fw.xml': single });
  assert.deepEqual(await runCommand(cwd, ['check', 'fw.xml']), {
    status: 0,
    stdout: 'Nothing found in 1 file.\n',
    stderr: '',
  });
});

test('check: two files that are named are checked as the pair that they are', async t => {
  const cwd = folderWith(t, { 'main.xml': main, 'second.xml': second });
  const { status, stdout } = await runCommand(cwd, ['check', 'main.xml', 'second.xml']);
  assert.equal(status, 1);
  const block = stdout.split('\n\n').find(each => each.includes('[carp-skew-order]')) ?? '';
  const [head, line, marks, ...rest] = block.split('\n');
  assert.match(head ?? '', /^second\.xml:41:13: error: .*advskew.* \[carp-skew-order\]$/);
  assert.equal(line, '  41 | <advskew>0</advskew>');
  assert.equal(marks, '     |          ^');
  assert.match(rest[0] ?? '', /^ {5}see main\.xml:41:13: /);
  assert.match(rest.join('\n'), /^ {5}fix Set advskew to 100 on the secondary/m);
  assert.match(stdout, /error.* in 2 files, pair: main\.xml and second\.xml\.\n$/);
});

test('check: the current folder is searched where nothing is named', async t => {
  const cwd = folderWith(t, {
    'a/main.xml': main,
    'a/second.XML': second,
    'pom.xml': '<project></project>',
    'notes.txt': '<pfsense>',
    'node_modules/x/broken.xml': '<pfsense>',
    '.hidden/broken.xml': '<pfsense>',
  });
  symlinkSync(join(cwd, 'a'), join(cwd, 'circle'));
  const { stdout, status } = await runCommand(cwd, ['check']);
  assert.match(stdout, / in 2 files, pair: main\.xml and second\.XML\.\n$/);
  assert.equal(status, 1);
});

test('check: a manifest in the folder or above it names the pair and weighs the rules', async t => {
  const cwd = folderWith(t, {
    'deep/main.xml': main,
    'deep/second.xml': second,
    'pfsense-ha.json':
      '{"pairs":[{"name":"hq","primary":{"config":"deep/main.xml"},"secondary":{"config":"deep/second.xml"}}],"rules":{"carp-skew-order":"hint"}}',
  });
  const { stdout, stderr } = await runCommand(cwd, ['check', 'deep/second.xml']);
  assert.match(stdout, /second\.xml:41:13: hint: /);
  assert.match(stdout, / in 2 files, pair: hq\.\n$/);
  assert.equal(stderr, 'note: deep/main.xml is checked too, as the other node of a pair.\n');
  assert.match((await runCommand(join(cwd, 'deep'), ['check'])).stdout, /hint: .* \[carp-skew-order\]/);
});

test('check: what is wrong with a manifest is found at its place', async t => {
  const cwd = folderWith(t, {
    'main.xml': main,
    'pfsense-ha.json': '{\n\t"pairs": [],\n\t"rules": { "carp-skew-ordr": "off" }\n}\n',
  });
  const { stdout, status } = await runCommand(cwd, ['check', 'main.xml']);
  assert.ok(
    stdout.includes(`pfsense-ha.json:3:14: warning: There is no rule "carp-skew-ordr"; did you mean "carp-skew-order"? [manifest]
  3 | "rules": { "carp-skew-ordr": "off" }
    |             ^^^^^^^^^^^^^^
`),
    stdout,
  );
  assert.equal(status, stdout.includes(': error: ') ? 1 : 0);
});

test('check --config: one manifest speaks for all, and without files names what is checked', async t => {
  const cwd = folderWith(t, {
    'sites/main.xml': main,
    'sites/second.xml': second,
    'other.xml': single,
    'pfsense-ha.json': '{"rules":{"carp-skew-order":"off"}}',
    'team/ha.json':
      '{"pairs":[{"name":"team","primary":{"config":"../sites/main.xml"},"secondary":{"config":"../sites/second.xml"}}]}',
  });
  const { stdout, status } = await runCommand(cwd, ['check', '--config', 'team/ha.json']);
  assert.match(stdout, /\[carp-skew-order\]/);
  assert.match(stdout, / in 2 files, pair: team\.\n$/);
  assert.equal(status, 1);
  const missing = await runCommand(cwd, ['check', '--config', 'no.json']);
  assert.deepEqual([missing.status, missing.stderr.split('\n')[0]], [3, 'pfsense-ha: no.json does not exist.']);
});

test('check: half a pair is said, and is no error', async t => {
  const cwd = folderWith(t, { 'main.xml': main });
  const { stderr } = await runCommand(cwd, ['check', 'main.xml']);
  assert.equal(
    stderr,
    'note: main.xml synchronises to 172.16.1.3, but no other file here without a pair has that address.\n',
  );
});

test('check: a file that was named and is none of ours is an error', async t => {
  const cwd = folderWith(t, { 'pom.xml': '<project></project>', 'empty.xml': '' });
  const { stdout, status } = await runCommand(cwd, ['check', 'pom.xml', 'empty.xml']);
  assert.equal(status, 1);
  assert.match(stdout, /^empty\.xml:1:1: error: This is no XML, so it is no pfSense config\. \[document-kind\]\n/m);
  assert.match(stdout, /^pom\.xml:1:2: error: The root element is <project>, .* \[document-kind\]\n/m);
});

test('check: of a file that is no XML no line is shown, since it may hold a secret', async t => {
  const cwd = folderWith(t, { 'note.txt': 'password: example-secret' });
  const { stdout } = await runCommand(cwd, ['check', 'note.txt']);
  assert.equal(
    stdout,
    'note.txt:1:1: error: This is no XML, so it is no pfSense config. [document-kind]\n\n1 error in 1 file.\n',
  );
});

test('check: of text outside of a root no line is shown either', async t => {
  const text = '{ "password": "long-secret-4", "config": "<pfsense><version>22.2</version></pfsense>" }\n';
  const cwd = folderWith(t, { 'wrapped.json': text });
  const { stdout } = await runCommand(cwd, ['check', 'wrapped.json']);
  assert.match(stdout, /^wrapped\.json:1:1: error: /m);
  assert.ok(!stdout.includes('long-secret-4'), stdout);
});

test('check: what cannot be read is said, and the rest is checked', async t => {
  const cwd = folderWith(t, { 'fw.xml': single });
  const { status, stdout, stderr } = await runCommand(cwd, ['check', 'no.xml', 'fw.xml']);
  assert.deepEqual([status, stderr, stdout], [3, 'pfsense-ha: no.xml does not exist.\n', 'Nothing found in 1 file.\n']);
});

test('check: a folder without a config', async t => {
  const cwd = folderWith(t, { 'sub/readme.md': '' });
  const { status, stderr } = await runCommand(cwd, ['check', 'sub']);
  assert.deepEqual([status, stderr], [3, 'pfsense-ha: there is no pfSense configuration in sub.\n']);
});

test('check: encodings', async t => {
  const cwd = folderWith(t, {
    'bom.xml': `\ufeff${single}`,
    'utf16.xml': Buffer.from(`\ufeff${single}`, 'utf16le'),
    'bare16.xml': Buffer.from(single, 'utf16le'),
    'latin.xml': Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?>\n<pfsense>\n\t<system><Hostname>caf\u00e9</Hostname></system>\n</pfsense>\n',
      'latin1',
    ),
    'my backup.xml': Buffer.from(`\ufeff${single}`, 'utf16le'),
    'wrong.xml': Buffer.from(single.replace('22.2', '22.2\u00e9'), 'latin1'),
  });
  assert.equal((await runCommand(cwd, ['check', 'bom.xml'])).stdout, 'Nothing found in 1 file.\n');
  for (const [file, name] of [
    ['utf16.xml', 'UTF-16'],
    ['bare16.xml', 'UTF-16LE'],
  ] as const) {
    const { status, stderr } = await runCommand(cwd, ['check', file]);
    assert.deepEqual(
      [status, stderr],
      [
        3,
        `pfsense-ha: ${file} is ${name}, and pfSense reads UTF-8 only; convert it, for instance with: iconv -f ${name} -t UTF-8 ${file}\n`,
      ],
    );
  }
  assert.match((await runCommand(cwd, ['check', 'my backup.xml'])).stderr, / -t UTF-8 "my backup\.xml"\n$/);
  assert.match((await runCommand(cwd, ['check', 'latin.xml'])).stdout, /<Hostname>café<\/Hostname>/);
  const wrong = await runCommand(cwd, ['check', 'wrong.xml']);
  assert.equal(wrong.stderr, 'note: wrong.xml holds bytes that are not UTF-8; they are read as \ufffd.\n');
});

test('check: in a folder, a file of another encoding matters only where it is a pfSense config', async t => {
  const cwd = folderWith(t, {
    'fw.xml': single,
    'project.xml': Buffer.from('\ufeff<Project></Project>', 'utf16le'),
    'sub/utf16.xml': Buffer.from(`\ufeff${single}`, 'utf16le'),
  });
  assert.equal((await runCommand(join(cwd, 'sub'), ['check'])).status, 3);
  const { stderr } = await runCommand(cwd, ['check']);
  assert.equal(stderr.split('\n').length, 2);
  assert.match(stderr, /^pfsense-ha: sub\/utf16\.xml is UTF-16, /);
});

test('check --format json: the form that programs rely on', async t => {
  const cwd = folderWith(t, {
    'sites/main.xml': main,
    'sites/second.xml': second,
  });
  const { stdout, status } = await runCommand(cwd, ['check', 'sites', '--format', 'json']);
  assert.equal(status, 1);
  const json = JSON.parse(stdout);
  assert.deepEqual(Object.keys(json), ['version', 'pairs', 'findings', 'summary']);
  assert.equal(json.version, 1);
  assert.deepEqual(json.pairs, [
    { name: 'main.xml and second.xml', primary: 'sites/main.xml', secondary: 'sites/second.xml' },
  ]);
  const finding = json.findings.find((each: { rule: string }) => each.rule === 'carp-skew-order');
  const { message, related, fixes, ...rest } = finding;
  assert.deepEqual(rest, {
    rule: 'carp-skew-order',
    severity: 'error',
    file: 'sites/second.xml',
    path: 'virtualip/vip[2]/advskew',
    element: 'virtualip/vip[interface=lan,vhid=2]/advskew',
    line: 41,
    column: 13,
    endLine: 41,
    endColumn: 14,
  });
  assert.match(message, /advskew/);
  assert.deepEqual(Object.keys(finding), [
    'rule',
    'severity',
    'message',
    'file',
    'path',
    'element',
    'line',
    'column',
    'endLine',
    'endColumn',
    'related',
    'fixes',
  ]);
  assert.deepEqual(Object.keys(related[0]), ['file', 'line', 'column', 'message']);
  assert.deepEqual(related[0].file, 'sites/main.xml');
  assert.deepEqual(Object.keys(fixes[0]), ['title', 'applicability']);
  assert.deepEqual(Object.keys(json.summary), [
    'error',
    'warning',
    'info',
    'hint',
    'suppressed',
    'baseline',
    'files',
    'ms',
  ]);
  assert.equal(json.summary.files, 2);
  assert.equal(typeof json.summary.ms, 'number');
});

test('check: secrets and control characters are not printed, long lines are cut', async t => {
  const long = 'A'.repeat(5000);
  const cwd = folderWith(t, {
    'fw.xml': `<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
	<system><User><password>Hunter2</password><prv>${long}</prv></User><Note>\u001b[31mred\u202e</Note></system>
	<Blob>${long}</Blob>
</pfsense>
`,
  });
  const { stdout } = await runCommand(cwd, ['check', 'fw.xml']);
  assert.match(stdout, /\[xml-tag-case\]/);
  assert.ok(!stdout.includes('Hunter2'));
  assert.ok(stdout.includes('<password>(hidden)</password>'), stdout);
  assert.ok(!stdout.includes('\u001b') && !stdout.includes('\u202e'));
  assert.ok(
    stdout.split('\n').every(line => line.length < 250),
    'a line is too long',
  );
});

test('check: colours and progress where a terminal shows them', async t => {
  const files = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`${i}.xml`, single]));
  const cwd = folderWith(t, { ...files, 'main.xml': main, 'second.xml': second });
  const plain = await runCommand(cwd, ['check']);
  assert.ok(!plain.stdout.includes('\u001b') && !plain.stderr.includes('Reading'));
  const shown = await runCommand(cwd, ['check'], { hasColours: true, showsProgress: true });
  assert.ok(shown.stdout.includes('\u001b[31merror\u001b[39m'));
  assert.match(shown.stderr, /\rReading|Reading file 27 of 27/);
  assert.ok(shown.stderr.includes('\r\u001b[K'), 'the progress line is wiped at the end');
});
