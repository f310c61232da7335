import assert from 'node:assert/strict';
import test from 'node:test';
import { pinCertificate } from '../../../server/src/pair/manifestPin.ts';

const choice = { name: 'hq', primary: 'file:///w/a.xml', secondary: 'file:///w/sub/b.xml' };
const uri = 'file:///w/pfsense-ha.json';

/** The manifest with the certificate of the secondary pinned, or why there is none. */
function pinned(text: string | undefined): string {
  const result = pinCertificate({ uri, text }, choice, { role: 'secondary', sha256: 'AB:CD' });
  if (!result.isPossible) return result.problem;
  return result.edits.reduceRight(
    (all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to),
    text ?? '',
  );
}

test('pinning a certificate: behind what stands of the node, and nothing else changes', () => {
  const before =
    '{ "pairs": [\n  { "name": "hq", "primary": { "config": "a.xml" }, "secondary": { "config": "./sub/b.xml" } }\n] }\n';
  assert.equal(pinned(before), before.replace('"./sub/b.xml" }', '"./sub/b.xml", "tls": {"sha256":"AB:CD"} }'));
});

test('pinning a certificate: another one takes its place', () => {
  const text = (tls: string) =>
    `{"pairs":[{"name":"hq","primary":{"config":"a.xml"},"secondary":{"config":"sub/b.xml","tls":${tls}}}]}`;
  assert.equal(pinned(text('{"sha256":"12:34"}')), text('{"sha256":"AB:CD"}'));
  assert.deepEqual(JSON.parse(pinned(text('{}'))), JSON.parse(text('{"sha256":"AB:CD"}')));
  assert.deepEqual(JSON.parse(pinned(text('"12:34"'))), JSON.parse(text('{"sha256":"AB:CD"}')));
});

test('pinning a certificate: with the pair, where no manifest names it', () => {
  const pair = {
    name: 'hq',
    primary: { config: 'a.xml' },
    secondary: { config: 'sub/b.xml', tls: { sha256: 'AB:CD' } },
  };
  assert.deepEqual(JSON.parse(pinned(undefined)), { pairs: [pair] });
  assert.deepEqual(JSON.parse(pinned('{"rules":{}}')), { pairs: [pair], rules: {} });
});

test('pinning a certificate: not in a manifest that is broken', () => {
  assert.equal(pinned('[]'), 'The manifest is not in a state that a pair can be added to; repair it first.');
});
