import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { encode, isInCdata } from '../../../server/src/model/textForm.ts';
import { readVersion } from '../../../server/src/model/version.ts';
import { Element } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { configOf } from './readers.ts';

const version = (text: string) => configOf(`<version>${text}</version>`).query(readVersion);

test('text form: CDATA goes by how the tag begins, and by the version', () => {
  const tags: readonly (readonly [tag: string, from: string, before: string])[] = [
    ['descr', '8.0', ''],
    ['description', '8.0', ''],
    ['statetype', '17.0', '15.8'],
    ['password', '19.1', '18.0'],
    ['username', '19.1', '18.0'],
    ['aclname', '21.4', '19.1'],
    ['hint', '22.9', '22.2'],
    ['proxyuser', '23.9', '23.3'],
  ];
  for (const [tag, from, before] of tags) {
    assert.ok(isInCdata(tag, version(from)), `${tag} in ${from}`);
    assert.ok(isInCdata(tag, version('')), `${tag} in an unknown version`);
    if (before !== '') assert.ok(!isInCdata(tag, version(before)), `${tag} in ${before}`);
  }
  for (const tag of ['name', 'nodescr', 'address', 'pass', 'Descr']) assert.ok(!isInCdata(tag, version('24.5')), tag);
});

test('text form: characters as each version writes them, inside CDATA too', () => {
  const text = `é < "x" & 'y' €`;
  assert.equal(encode('descr', text, version('22.2')), `<![CDATA[&eacute; &lt; &quot;x&quot; &amp; 'y' &euro;]]>`);
  assert.equal(
    encode('descr', text, version('23.3')),
    '<![CDATA[&eacute; &lt; &quot;x&quot; &amp; &#039;y&#039; &euro;]]>',
  );
  assert.equal(encode('descr', text, version('24.5')), '<![CDATA[é &lt; &quot;x&quot; &amp; &apos;y&apos; €]]>');
  assert.equal(encode('name', 'a&b', version('22.2')), 'a&amp;b');
});

test('text form: nothing is written for nothing, not even CDATA', () => {
  assert.equal(encode('descr', '', version('22.2')), '');
});

const pairs = join('..', 'shared', 'pfsense', 'pairs');

test('text form: every text of the recorded files is written as pfSense wrote it', { skip: !existsSync(pairs) }, () => {
  let texts = 0;
  for (const file of readdirSync(pairs)) {
    const config = new Config(new XmlDocument(`file:///${file}`, readFileSync(join(pairs, file), 'utf8')));
    const form = config.query(readVersion);
    for (const branch of config.document.tree.branches) {
      for (let row = 0; row < branch.rows; row++) {
        const element = new Element(branch, row);
        if (element.hasChildren || element.content.trim() === '') continue;
        texts++;
        const same = encode(element.name, config.text(element), form) === element.content;
        assert.ok(same, `${file}: <${element.tag}> at ${element.start}`);
      }
    }
  }
  assert.ok(texts > 2000, `${texts} texts`);
});
