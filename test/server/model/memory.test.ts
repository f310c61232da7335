import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Config, type ElementQuery } from '../../../server/src/model/config.ts';
import type { Branch } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const readDescription: ElementQuery<string> = (rule, config) => config.text(rule.child('descr'));
const readOther: ElementQuery<{ readonly length: number }> = (rule, config) => ({
  length: config.text(rule.child('descr')).length,
});

test('what an edit has replaced is let go, however many edits there are', async () => {
  const rules = Array.from({ length: 200 }, (_, i) => `\t\t<rule>\n\t\t\t<descr>${i}</descr>\n\t\t</rule>\n`);
  const config = new Config(
    new XmlDocument('file:///a.xml', `<pfsense>\n\t<filter>\n${rules.join('')}\t</filter>\n</pfsense>\n`),
  );
  const branches: WeakRef<Branch>[] = [];
  for (let i = 0; i < 40; i++) {
    // A weak reference that is looked at holds its target until the turn ends.
    await nextTurn();
    const section = config.top('filter')!;
    branches.push(new WeakRef(section.branch));
    for (const query of [readDescription, readOther]) config.ofElements(query, section.childrenNamed('rule'));
    const at = section.children()[100]!.child('descr')!.contentStart;
    config.document.edit({ from: at, to: at + 1, text: String(i % 10) });
  }
  // What is let go with something that was let go itself takes another collection.
  for (let i = 0; i < 4; i++) {
    await nextTurn();
    collectGarbage();
  }
  await nextTurn();
  const alive = branches.filter(branch => branch.deref() !== undefined).length;
  assert.ok(alive <= 2, `${alive} of ${branches.length} texts before an edit are still held`);
});
