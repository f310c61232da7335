import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { type DiskFile, readDiskFile, replaceFiles } from '../../../server/src/cli/disk.ts';
import { folderWith, runCommand } from '../../harness/commandLine.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const main = nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
const second = nodeConfig({ host: 3, skews: [100, 0] });
/** One safe repair: a capital letter in a tag. Of a version that writes é as it is. */
const capital =
  '<?xml version="1.0"?>\n<pfsense>\n\t<version>24.5</version>\n\t<snmpd><Syslocation>caf\u00e9</Syslocation></snmpd>\n</pfsense>\n';
const small = capital.replaceAll('Syslocation', 'syslocation');

function read(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

test('fix: what is beyond doubt is repaired, the rest of the file stays byte for byte', async t => {
  const cwd = folderWith(t, { 'fw.xml': capital });
  const { status, stdout, stderr } = await runCommand(cwd, ['fix', 'fw.xml']);
  assert.deepEqual([status, stdout], [0, '']);
  assert.equal(
    stderr,
    'fw.xml: Write <syslocation> in lower case [xml-tag-case]\n1 fix applied in 1 file.\nNothing is left to repair.\n',
  );
  assert.equal(read(cwd, 'fw.xml'), small);
  assert.deepEqual(readdirSync(cwd), ['fw.xml'], 'no temporary file is left');
});

test('fix: nothing to do writes nothing', async t => {
  const cwd = folderWith(t, { 'fw.xml': small });
  const before = statSync(join(cwd, 'fw.xml'));
  const { stderr } = await runCommand(cwd, ['fix', 'fw.xml']);
  assert.equal(stderr, 'No fix applies.\nNothing is left to repair.\n');
  assert.equal(statSync(join(cwd, 'fw.xml')).ino, before.ino);
});

test('fix --dry-run: a unified diff, and nothing is written', async t => {
  const cwd = folderWith(t, { 'fw.xml': capital });
  const { status, stdout, stderr } = await runCommand(cwd, ['fix', 'fw.xml', '--dry-run']);
  assert.equal(status, 0);
  assert.equal(
    stdout,
    `--- fw.xml
+++ fw.xml
@@ -1,5 +1,5 @@
 <?xml version="1.0"?>
 <pfsense>
 	<version>24.5</version>
-	<snmpd><Syslocation>café</Syslocation></snmpd>
+	<snmpd><syslocation>café</syslocation></snmpd>
 </pfsense>
`,
  );
  assert.match(stderr, /1 fix in 1 file; nothing was written\./);
  assert.equal(read(cwd, 'fw.xml'), capital);
});

test('fix --dry-run: secrets are hidden, a change of one shows all the same', async t => {
  const cwd = folderWith(t, { 'main.xml': main, 'second.xml': second.replace('>shared<', '>Hunter2<') });
  const { stdout } = await runCommand(cwd, ['fix', 'main.xml', 'second.xml', '--include', 'suggestion', '--dry-run']);
  assert.ok(!stdout.includes('Hunter2') && !stdout.includes('shared'));
  assert.match(
    stdout,
    /^-\t\t\t<password>\(hidden (\d)\)<\/password>\n\+\t\t\t<password>\(hidden (?!\1)\d\)<\/password>$/m,
  );
});

test('fix --rule and --include: only what is asked for', async t => {
  const broken = second.replace('<version>', '<Version>').replace('</version>', '</Version>');
  const cwd = folderWith(t, { 'main.xml': main, 'second.xml': broken });
  await runCommand(cwd, ['fix', 'main.xml', 'second.xml', '--rule', 'xml-tag-case']);
  assert.equal(read(cwd, 'second.xml'), second);
  await runCommand(cwd, ['fix', 'main.xml', 'second.xml', '--rule', 'carp-skew-order', '--include', 'suggestion']);
  assert.equal(read(cwd, 'second.xml'), nodeConfig({ host: 3, skews: [100, 100] }));
  assert.equal(read(cwd, 'main.xml'), main);
});

test('fix: the other node is changed only where it was named', async t => {
  // A VIP's prefix length is wrong on both, and is repaired on both at once.
  const [one, other] = [main, second].map(text => text.replace('<subnet_bits>24<', '<subnet_bits>32<'));
  assert.ok(one && other);
  const cwd = folderWith(t, {
    'main.xml': one,
    'second.xml': other,
    'pfsense-ha.json': '{"pairs":[{"name":"hq","primary":{"config":"main.xml"},"secondary":{"config":"second.xml"}}]}',
  });
  const rule = ['--rule', 'carp-mask-mismatch', '--include', 'suggestion'];
  const alone = await runCommand(cwd, ['fix', 'main.xml', ...rule]);
  assert.match(alone.stderr, /note: 1 fix changes second\.xml too; name both files to have that done\./);
  assert.equal(read(cwd, 'main.xml'), one);
  assert.equal(read(cwd, 'second.xml'), other);
  await runCommand(cwd, ['fix', 'main.xml', 'second.xml', ...rule]);
  assert.equal(read(cwd, 'main.xml'), main);
  assert.equal(read(cwd, 'second.xml'), second);
});

test('fix: encoding, byte order mark, mode and links stay', async t => {
  const latin = capital.replace('"1.0"', '"1.0" encoding="ISO-8859-1"');
  const cwd = folderWith(t, {
    'latin.xml': Buffer.from(latin, 'latin1'),
    'bom.xml': `\ufeff${capital}`,
    'real/fw.xml': capital,
  });
  chmodSync(join(cwd, 'bom.xml'), 0o640);
  symlinkSync(join(cwd, 'real/fw.xml'), join(cwd, 'link.xml'));
  assert.equal((await runCommand(cwd, ['fix', 'latin.xml', 'bom.xml', 'link.xml'])).status, 0);
  assert.deepEqual(
    readFileSync(join(cwd, 'latin.xml')),
    Buffer.from(latin.replaceAll('Syslocation', 'syslocation'), 'latin1'),
  );
  assert.equal(read(cwd, 'bom.xml'), `\ufeff${small}`);
  assert.equal(statSync(join(cwd, 'bom.xml')).mode & 0o777, 0o640);
  assert.ok(lstatSync(join(cwd, 'link.xml')).isSymbolicLink());
  assert.equal(read(cwd, 'real/fw.xml'), small);
});

test('fix: one file that cannot be changed stops all', async t => {
  const wrong = Buffer.from(capital, 'latin1');
  const cwd = folderWith(t, { 'good.xml': capital, 'wrong.xml': wrong, 'pom.xml': '<project></project>' });
  for (const [file, sentence] of [
    ['wrong.xml', 'wrong.xml holds bytes that are not UTF-8, so it is not changed.'],
    ['pom.xml', 'pom.xml cannot be repaired. The root element is <project>, not <pfsense>: this is no pfSense config.'],
    ['no.xml', 'no.xml does not exist.'],
  ] as const) {
    const { status, stderr } = await runCommand(cwd, ['fix', 'good.xml', file]);
    assert.deepEqual([status, stderr], [3, `pfsense-ha: ${sentence}\n`]);
    assert.equal(read(cwd, 'good.xml'), capital);
  }
  const folder = await runCommand(cwd, ['fix', '.']);
  assert.deepEqual([folder.status, folder.stderr], [3, 'pfsense-ha: . is a folder; name the files to repair.\n']);
});

test('writing: a file that has changed on disk since it was read is left alone, and so are the others', t => {
  const cwd = folderWith(t, { 'a.xml': 'a', 'b.xml': 'b' });
  const [a, b] = ['a.xml', 'b.xml'].map(name => {
    const outcome = readDiskFile(join(cwd, name), name);
    assert.ok(outcome.isDone);
    return outcome.value;
  }) as [DiskFile, DiskFile];
  writeFileSync(join(cwd, 'b.xml'), 'changed');
  const bytes = Buffer.from('new');
  const outcome = replaceFiles([
    { file: a, name: 'a.xml', bytes },
    { file: b, name: 'b.xml', bytes },
  ]);
  assert.deepEqual(outcome, {
    isDone: false,
    problem: 'b.xml has changed on disk since it was read; nothing was written.',
  });
  assert.deepEqual([read(cwd, 'a.xml'), read(cwd, 'b.xml')], ['a', 'changed']);
  assert.deepEqual(readdirSync(cwd), ['a.xml', 'b.xml']);
});

test('writing: a file that may not be written is left alone', {
  skip: process.getuid?.() === 0 && 'root may write everything',
}, async t => {
  const cwd = folderWith(t, { 'fw.xml': capital });
  chmodSync(join(cwd, 'fw.xml'), 0o444);
  const { status } = await runCommand(cwd, ['fix', 'fw.xml']);
  assert.equal(status, 3);
  assert.equal(read(cwd, 'fw.xml'), capital);
});
