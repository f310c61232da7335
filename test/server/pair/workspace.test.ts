import assert from 'node:assert/strict';
import test from 'node:test';
import { readHaSync } from '../../../server/src/model/hasync.ts';
import { Workspace } from '../../../server/src/pair/workspace.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const main = nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
const second = nodeConfig({ host: 3, skews: [100, 100] });
const manifest = JSON.stringify({
  pairs: [{ name: 'hq', primary: { config: 'second.xml' }, secondary: { config: 'sub/main.xml' } }],
});

function filled(): Workspace {
  const workspace = new Workspace();
  workspace.setDiskText('file:///w/main.xml', main);
  workspace.setDiskText('file:///w/second.xml', second);
  return workspace;
}

function pairs(workspace: Workspace): string[] {
  return workspace.pairs().map(({ name, nodes, roles }) => {
    const uris = nodes.map(({ uri }) => uri.replace('file:///w/', '')).join(' + ');
    return `${name}: ${uris}${roles ? '' : ' (no roles)'}`;
  });
}

test('workspace: two files pair by their facts, and their roles are known', () => {
  const workspace = filled();
  assert.deepEqual(pairs(workspace), ['main.xml and second.xml: main.xml + second.xml']);
  assert.equal(workspace.peerOf('file:///w/main.xml')?.uri, 'file:///w/second.xml');
  assert.equal(workspace.membershipOf('file:///w/second.xml')?.role, 'secondary');
  assert.deepEqual(workspace.problems(), []);
});

test('workspace: an open editor wins over the disk until it closes', () => {
  const workspace = filled();
  const uri = 'file:///w/second.xml';
  workspace.openEditor(uri, '<pfsense></pfsense>');
  assert.deepEqual(pairs(workspace), []);
  workspace.setDiskText(uri, `${second}<!-- saved -->`);
  assert.equal(workspace.sourceOf(uri)?.buffer.toString(), '<pfsense></pfsense>');
  workspace.closeEditor(uri);
  assert.equal(workspace.sourceOf(uri)?.buffer.toString(), `${second}<!-- saved -->`);
  assert.equal(pairs(workspace).length, 1);
});

test('workspace: an edit keeps the config and what it has remembered of other sections', () => {
  const workspace = filled();
  const uri = 'file:///w/main.xml';
  workspace.openEditor(uri, main);
  const config = workspace.configOf(uri);
  const before = config?.query(readHaSync);
  const from = main.indexOf('192.168.1.2');
  workspace.changeEditor(uri, [{ from, to: from + '192.168.1.2'.length, text: '192.168.1.4' }]);
  assert.equal(workspace.configOf(uri), config);
  assert.equal(config?.query(readHaSync), before);
  assert.ok(workspace.sourceOf(uri)?.buffer.toString().includes('192.168.1.4'));
});

test('workspace: a change on disk, too, leaves untouched sections as they were', () => {
  const workspace = filled();
  const config = workspace.configOf('file:///w/main.xml');
  const before = config?.query(readHaSync);
  workspace.setDiskText('file:///w/main.xml', main.replace('192.168.1.2', '192.168.1.200'));
  assert.equal(config?.query(readHaSync), before);
  assert.equal(config?.document.buffer.toString(), main.replace('192.168.1.2', '192.168.1.200'));
});

test('workspace: several edits apply one after the other', () => {
  const workspace = new Workspace();
  workspace.openEditor('file:///w/a.xml', '<pfsense></pfsense>');
  workspace.changeEditor('file:///w/a.xml', [
    { from: 9, to: 9, text: '<system></system>' },
    { from: 17, to: 17, text: '<hostname></hostname>' },
  ]);
  assert.equal(
    workspace.sourceOf('file:///w/a.xml')?.buffer.toString(),
    '<pfsense><system><hostname></hostname></system></pfsense>',
  );
});

test('workspace: an empty file becomes a config while one types, and stops being one', () => {
  const workspace = filled();
  workspace.setDiskText('file:///w/second.xml', undefined);
  const uri = 'file:///w/new.xml';
  workspace.openEditor(uri, '');
  assert.equal(workspace.kindOf(uri), 'none');
  assert.equal(workspace.nodes().length, 1);
  workspace.changeEditor(uri, [{ from: 0, to: 0, text: second }]);
  assert.equal(workspace.kindOf(uri), 'pfsense');
  assert.deepEqual(pairs(workspace), ['main.xml and new.xml: main.xml + new.xml']);
  const root = second.indexOf('<pfsense>') + 1;
  workspace.changeEditor(uri, [{ from: root, to: root + 2, text: 'opn' }]);
  assert.equal(workspace.kindOf(uri), 'opnsense');
  assert.deepEqual(pairs(workspace), []);
});

test('workspace: files vanish and come back', () => {
  const workspace = filled();
  workspace.setDiskText('file:///w/second.xml', undefined);
  assert.deepEqual(pairs(workspace), []);
  assert.equal(workspace.problems()[0]?.kind, 'peerMissing');
  workspace.setDiskText('file:///w/second.xml', second);
  assert.equal(pairs(workspace).length, 1);
});

test('workspace: a file that is deleted on disk lives on in its editor', () => {
  const workspace = filled();
  workspace.openEditor('file:///w/second.xml', second);
  workspace.setDiskText('file:///w/second.xml', undefined);
  assert.equal(pairs(workspace).length, 1);
  workspace.closeEditor('file:///w/second.xml');
  assert.deepEqual(pairs(workspace), []);
  assert.equal(workspace.kindOf('file:///w/second.xml'), undefined);
});

test('workspace: two spellings of an address are one file', () => {
  const workspace = new Workspace();
  workspace.setDiskText('file:///c:/w/a.xml', main);
  workspace.openEditor('file:///c%3A/w/a.xml', second);
  assert.deepEqual(workspace.files(), ['file:///c%3A/w/a.xml']);
  workspace.openEditor('file:///c:/w/a.xml', second);
  assert.equal(workspace.spellingOf('file:///c%3A/w/a.xml'), 'file:///c:/w/a.xml');
});

test('workspace: a manifest outweighs the facts, and its paths count from itself', () => {
  const workspace = new Workspace();
  workspace.setDiskText('file:///w/sub/main.xml', main);
  workspace.setDiskText('file:///w/second.xml', second);
  workspace.setDiskText('file:///w/pfsense-ha.json', manifest);
  assert.deepEqual(pairs(workspace), ['hq: second.xml + sub/main.xml']);
  assert.equal(workspace.membershipOf('file:///w/second.xml')?.role, 'primary');
});

test('workspace: an edit of the manifest in an editor counts at once', () => {
  const workspace = filled();
  workspace.openEditor('file:///w/pfsense-ha.json', '{}');
  assert.equal(pairs(workspace).length, 1);
  workspace.openEditor('file:///w/pfsense-ha.json', manifest);
  assert.deepEqual(pairs(workspace), []);
  assert.deepEqual(workspace.missing(), ['file:///w/sub/main.xml']);
  assert.equal(workspace.membershipOf('file:///w/second.xml')?.role, 'primary', 'half a pair keeps its role');
  const from = manifest.indexOf('sub/');
  workspace.changeEditor('file:///w/pfsense-ha.json', [{ from, to: from + 4, text: '' }]);
  assert.deepEqual(pairs(workspace), ['hq: second.xml + main.xml']);
});

test('workspace: the nearest manifest speaks for a file, the one that names it before all', () => {
  const workspace = filled();
  workspace.setDiskText('file:///w/pfsense-ha.json', '{"rules":{"xml-tag-case":"off"}}');
  workspace.setDiskText('file:///w/sub/pfsense-ha.json', '{"rules":{"xml-tag-case":"hint"}}');
  const rules = (uri: string) => workspace.manifestOf(uri)?.rules['xml-tag-case'];
  assert.equal(rules('file:///w/main.xml'), 'off');
  assert.equal(rules('file:///w/sub/deep/other.xml'), 'hint');
  assert.equal(rules('file:///elsewhere/other.xml'), undefined);
  workspace.setDiskText(
    'file:///w/sub/pfsense-ha.json',
    '{"pairs":[{"name":"x","primary":{"config":"../main.xml"},"secondary":{"config":"../second.xml"}}],"rules":{"xml-tag-case":"hint"}}',
  );
  assert.equal(rules('file:///w/main.xml'), 'hint');
});

test('workspace: a manifest that was named speaks for everything, and alone', () => {
  const workspace = new Workspace({ manifest: 'file:///etc/team.json' });
  workspace.setDiskText('file:///etc/team.json', '{"rules":{"xml-tag-case":"off"}}');
  workspace.setDiskText('file:///w/pfsense-ha.json', '{"rules":{"xml-tag-case":"hint"}}');
  assert.equal(workspace.manifestOf('file:///w/main.xml')?.rules['xml-tag-case'], 'off');
  assert.equal(workspace.manifests().length, 1);
});

test('workspace: several pairs, and a node in none', () => {
  const workspace = filled();
  const far = { skews: [0, 0], site: 7, synchronizeTo: '172.16.1.3' };
  workspace.setDiskText('file:///v/main.xml', nodeConfig({ host: 2, ...far }));
  workspace.setDiskText('file:///v/second.xml', nodeConfig({ host: 3, site: 7, skews: [100, 100] }));
  workspace.setDiskText('file:///v/single.xml', nodeConfig({ host: 77, site: 3 }));
  workspace.setDiskText('file:///v/pom.xml', '<project></project>');
  assert.deepEqual(
    workspace.pairs().map(({ name }) => name),
    ['v/main.xml and v/second.xml', 'w/main.xml and w/second.xml'],
  );
  assert.equal(workspace.membershipOf('file:///v/single.xml'), undefined);
  assert.deepEqual(workspace.problems(), []);
  assert.equal(workspace.nodes().length, 5);
});

test('workspace: where nothing says who is primary, the pair is there without roles, and a problem says why', () => {
  const workspace = filled();
  workspace.setDiskText('file:///w/main.xml', nodeConfig({ host: 2, skews: [0, 100] }));
  workspace.setDiskText('file:///w/second.xml', nodeConfig({ host: 3, skews: [100, 0] }));
  assert.deepEqual(pairs(workspace), ['main.xml and second.xml: main.xml + second.xml (no roles)']);
  assert.deepEqual(
    workspace.problems().map(({ kind, uris, message }) => [kind, uris.length, message]),
    [
      [
        'roles',
        2,
        'main.xml and second.xml belong together (both carry the same CARP VIPs), but nothing says which of them is the primary: neither has synchronizetoip, and neither has the lower advskew on most CARP VIPs; pfsense-ha.json can say it.',
      ],
    ],
  );
});

test('workspace: the pairing is the same object until something that it rests on changes', () => {
  const workspace = filled();
  const before = workspace.pairs();
  const uri = 'file:///w/main.xml';
  const text = main.replace('</pfsense>', '<system><hostname>a</hostname></system></pfsense>');
  workspace.openEditor(uri, text);
  workspace.pairs();
  const from = text.indexOf('>a<') + 1;
  const open = workspace.pairs();
  workspace.changeEditor(uri, [{ from, to: from + 1, text: 'b' }]);
  assert.equal(workspace.pairs(), open);
  assert.equal(before.length, 1);
});
