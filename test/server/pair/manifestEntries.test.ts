import assert from 'node:assert/strict';
import test from 'node:test';
import type { ManifestEdits } from '../../../server/src/pair/manifestEdits.ts';
import { addSuppression, setBaseline, setRule } from '../../../server/src/pair/manifestEntries.ts';

/** The text after the edits, or why there are none. */
function applied(text: string | undefined, result: ManifestEdits): string {
  if (!result.isPossible) return result.problem;
  return result.edits.reduceRight(
    (all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to),
    text ?? '',
  );
}

const entry = { rule: 'carp-type', file: 'a.xml', element: 'virtualip/vip[vhid=2]', reason: 'so' };

test('manifest entries: a new manifest', () => {
  assert.equal(
    applied(undefined, setRule(undefined, 'carp-type', 'off')),
    '{\n  "rules": {\n    "carp-type": "off"\n  }\n}\n',
  );
  assert.deepEqual(JSON.parse(applied('\n', addSuppression('\n', entry))), { suppressions: [entry] });
  assert.equal(applied('', setBaseline('', 'b.json')), '{\n  "baseline": "b.json"\n}\n');
});

test('manifest entries: what stands in a file stays as it is written', () => {
  const text =
    '{\n\t"pairs": [ ],\n\t"rules": { "nat": "off" },\n\t"suppressions": [\n\t\t{ "rule": "x", "reason": "y" }\n\t]\n}\n';
  assert.equal(
    applied(text, setRule(text, 'carp-type', 'off')),
    text.replace('"nat": "off" }', '"nat": "off", "carp-type": "off" }'),
  );
  assert.equal(applied(text, setRule(text, 'nat', 'hint')), text.replace('"nat": "off"', '"nat": "hint"'));
  const added = applied(text, addSuppression(text, { ...entry, element: '' }));
  assert.equal(
    added,
    text.replace(
      '"y" }\n',
      '"y" },\n\t\t{\n\t\t\t"rule": "carp-type",\n\t\t\t"file": "a.xml",\n\t\t\t"reason": "so"\n\t\t}\n',
    ),
  );
  assert.equal(applied(text, setBaseline(text, 'b.json')), text.replace('\t]\n}', '\t],\n\t"baseline": "b.json"\n}'));
});

test('manifest entries: empty ones, one line, and the line ends of Windows', () => {
  assert.deepEqual(JSON.parse(applied('{}', addSuppression('{}', entry))), { suppressions: [entry] });
  assert.equal(applied('{"pairs":[]}', setRule('{"pairs":[]}', 'x', 'off')), '{"pairs":[], "rules": {"x":"off"}}');
  const text = '{\r\n  "rules": {}\r\n}\r\n';
  assert.equal(applied(text, setRule(text, 'x', 'off')), '{\r\n  "rules": {\r\n    "x": "off"\r\n  }\r\n}\r\n');
});

test('manifest entries: nothing is put into a manifest that is broken', () => {
  const problem = 'The manifest is not in a state that this can be added to; repair it first.';
  assert.equal(applied('[]', setRule('[]', 'x', 'off')), problem);
  assert.equal(applied('{"rules":[]}', setRule('{"rules":[]}', 'x', 'off')), problem);
  assert.equal(applied('{"suppressions":{}}', addSuppression('{"suppressions":{}}', entry)), problem);
});
