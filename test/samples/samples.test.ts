import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { numberedPath } from '../../server/src/cli/formats/numberedPath.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import type { Finding, Fix } from '../../server/src/rules/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { applyFix } from '../harness/rule.ts';

/** A folder of samples as the checker sees it, and all that it finds there by file. */
class Sample {
  readonly workspace = new Workspace();
  readonly texts: ReadonlyMap<string, string>;
  private readonly all = new WorkspaceFindings(this.workspace, { rules });

  constructor(folder: string) {
    const names = readdirSync(`samples/${folder}`).filter(name => name.endsWith('.xml') || name.endsWith('.json'));
    this.texts = new Map(names.map(name => [name, readFileSync(`samples/${folder}/${name}`, 'utf8')]));
    for (const [name, text] of this.texts) this.workspace.setDiskText(`file:///samples/${name}`, text);
  }

  findings(): (Finding & { readonly file: string })[] {
    return [...this.texts.keys()].flatMap(file =>
      this.all.of(`file:///samples/${file}`).map(finding => ({ ...finding, file })),
    );
  }

  text(file: string): string | undefined {
    return this.workspace.documentOf(`file:///samples/${file}`)?.buffer.toString();
  }
}

for (const folder of ['tutorial', 'kea']) {
  test(`samples/${folder}: a pair without any finding`, () => {
    const sample = new Sample(folder);
    assert.equal(sample.workspace.pairs().length, 1);
    assert.deepEqual(
      sample.findings().map(({ file, rule, message }) => `${file} ${rule}: ${message}`),
      [],
    );
  });
}

test('samples/broken: every mistake of its README is found at its place, and nothing else', () => {
  const found = new Sample('broken')
    .findings()
    .map(finding => `${finding.file} ${numberedPath(finding.at)} ${finding.rule}`);
  assert.deepEqual(found.sort(), mistakes().sort());
});

test('samples/broken: fixes of every kind repair it all, and give back the tutorial’s pair', () => {
  const sample = new Sample('broken');
  for (let fix = firstFix(sample); fix; fix = firstFix(sample)) applyFix(fix);
  assert.deepEqual(
    sample.findings().map(({ file, rule, message }) => `${file} ${rule}: ${message}`),
    [],
  );
  const tutorial = new Sample('tutorial');
  assert.equal(sample.text('main-pfSense.xml'), tutorial.text('main-pfSense.xml'));
  // The bare & has become a reference; the tutorial's text has another word there.
  const without = (text: string | undefined) => text?.replace(/<syslocation>.*<\/syslocation>/, '');
  assert.equal(without(sample.text('second-pfSense.xml')), without(tutorial.text('second-pfSense.xml')));
});

function firstFix(sample: Sample): Fix | undefined {
  for (const finding of sample.findings()) {
    const [fix] = finding.fixes();
    if (fix) return fix;
  }
  return undefined;
}

/** The rows of the tables in the README: file, element path, rule. A row may name several elements. */
function mistakes(): string[] {
  const rows: string[] = [];
  let file = '';
  for (const line of readFileSync('samples/broken/README.md', 'utf8').split('\n')) {
    file = /^## (\S+\.xml)/.exec(line)?.[1] ?? file;
    const [, elements, , rule] = line.split('|').map(cell => cell.trim());
    if (!elements?.startsWith('`') || !rule) continue;
    for (const [, path] of elements.matchAll(/`([^`]+)`/g)) rows.push(`${file} ${path} ${rule.replaceAll('`', '')}`);
  }
  return rows;
}
