import assert from 'node:assert/strict';
import test from 'node:test';
import { shortNames } from '../../../server/src/pair/names.ts';
import { nearest } from '../../../server/src/pair/nearest.ts';
import { folderOf, normalUri, relativePath, resolveBeside } from '../../../server/src/pair/uri.ts';

test('uri: one spelling', () => {
  assert.equal(normalUri('file:///C:/a b.xml'), normalUri('file:///c%3A/a%20b.xml'));
  assert.equal(normalUri('vscode-vfs://github/o/r/a.xml'), 'vscode-vfs://github/o/r/a.xml');
});

test('uri: paths beside a file, there and back', () => {
  const manifest = 'file:///w/sub/pfsense-ha.json';
  for (const [path, uri] of [
    ['a.xml', 'file:///w/sub/a.xml'],
    ['deep/a.xml', 'file:///w/sub/deep/a.xml'],
    ['../a.xml', 'file:///w/a.xml'],
    ['../../v/ä ö.xml', 'file:///v/%C3%A4%20%C3%B6.xml'],
  ] as const) {
    assert.equal(resolveBeside(manifest, path), uri);
    assert.equal(relativePath(manifest, uri), path);
  }
  assert.equal(resolveBeside(manifest, './a.xml'), 'file:///w/sub/a.xml');
  assert.equal(resolveBeside(manifest, '/etc/a.xml'), 'file:///etc/a.xml');
  assert.equal(relativePath(manifest, 'untitled:a.xml'), undefined);
});

test('uri: the folder ends in a slash, so that a sibling with the same beginning is not within', () => {
  assert.equal(folderOf('file:///w/sub/pfsense-ha.json'), 'file:///w/sub/');
  assert.equal(folderOf('file:///pfsense-ha.json'), 'file:///');
});

test('names: as many folders as tell files apart', () => {
  const names = shortNames(['file:///w/a/main.xml', 'file:///w/b/main.xml', 'file:///w/b/second.xml']);
  assert.deepEqual([...names.values()], ['a/main.xml', 'b/main.xml', 'second.xml']);
});

test('nearest: slips are found, other words are not', () => {
  const known = ['pairs', 'rules', 'carp-skew-order'];
  assert.equal(nearest('pair', known), 'pairs');
  assert.equal(nearest('Rulse', known), 'rules');
  assert.equal(nearest('carp-skw-ordr', known), 'carp-skew-order');
  assert.equal(nearest('colours', known), undefined);
  assert.equal(nearest('', known), undefined);
});
