import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import packageJson from '../../package.json';
import { parseElementPath } from '../../server/src/model/elementPath.ts';
import schema from '../../server/src/pair/manifest.schema.json';
import { checkManifest } from '../../server/src/pair/manifestCheck.ts';
import { Workspace } from '../../server/src/pair/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';

const page = readFileSync('docs/settings.md', 'utf8').replaceAll('\r\n', '\n');

test('docs/settings.md names every setting and every key of the manifest', () => {
  const settings = Object.keys(packageJson.contributes.configuration.properties);
  const keys = [schema.properties, schema.$defs.node.properties, schema.$defs.suppression.properties].flatMap(each =>
    Object.keys(each),
  );
  for (const name of [...settings, ...keys.filter(key => key !== '$schema')]) {
    assert.ok(page.includes(`| \`${name}\` |`), name);
  }
});

test('the manifest in docs/settings.md is one', () => {
  const [, text = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const workspace = new Workspace();
  for (const name of ['main', 'second']) workspace.setDiskText(`file:///w/${name}.xml`, '<pfsense></pfsense>');
  workspace.setDiskText('file:///w/pfsense-ha.json', text);
  workspace.setDiskText('file:///w/pfsense-ha-baseline.json', '{"version":1,"findings":[]}');
  const [manifest] = workspace.manifests();
  assert.ok(manifest);
  assert.equal(manifest.suppressions.length, 1);
  const known = { workspace, ruleIds: rules.map(({ id }) => id), topics: rules.map(({ topic }) => topic) };
  assert.deepEqual(checkManifest(manifest, known), []);
});

test('the paths in docs/settings.md are paths', () => {
  const [, table = ''] = /## Paths of elements\n(.*?)\n\n[A-Z][^|]*$/ms.exec(page) ?? [];
  const paths = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path = '']) => path);
  assert.ok(paths.length > 5);
  for (const path of paths) assert.ok(parseElementPath(path), path);
});
