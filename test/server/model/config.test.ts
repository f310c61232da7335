import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Config, type ElementQuery } from '../../../server/src/model/config.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

const text =
  '<pfsense>\n\t<version>22.2</version>\n\t<filter>\n\t\t<rule>\n\t\t\t<descr><![CDATA[caf&eacute;]]></descr>\n\t\t</rule>\n' +
  '\t\t<rule>\n\t\t\t<descr>b</descr>\n\t\t</rule>\n\t</filter>\n</pfsense>\n';

const read: string[] = [];
const readDescription: ElementQuery<string> = (rule, config) => {
  const found = config.text(rule.child('descr'));
  read.push(found);
  return found;
};

function descriptions(config: Config): string[] {
  read.length = 0;
  return config.ofElements(readDescription, config.top('filter')?.childrenNamed('rule') ?? []);
}

function replace(config: Config, before: string, after: string): void {
  const from = config.document.buffer.toString().indexOf(before);
  config.document.edit({ from, to: from + before.length, text: after });
}

test('what is worked out of each element is worked out anew only where the element has changed', () => {
  const config = new Config(new XmlDocument('file:///a.xml', text));
  assert.deepEqual(descriptions(config), ['café', 'b']);
  assert.deepEqual(read, ['café', 'b']);
  replace(config, '<descr>b', '<descr>c');
  assert.deepEqual(descriptions(config), ['café', 'c']);
  assert.deepEqual(read, ['c']);
  const at = config.document.buffer.toString().indexOf('\t\t<rule>');
  config.document.edit({ from: at, to: at, text: '\t\t<separator></separator>\n' });
  descriptions(config);
  assert.deepEqual(read, []);
});

test('another version reads all text anew, because it may read the same text otherwise', () => {
  const config = new Config(new XmlDocument('file:///a.xml', text));
  descriptions(config);
  replace(config, '22.2', '24.5');
  assert.deepEqual(descriptions(config), ['caf&eacute;', 'b']);
});

test('what asks for each element depends on the version and on the section', () => {
  const config = new Config(new XmlDocument('file:///a.xml', text));
  const { reads } = config.record(() => descriptions(config));
  assert.deepEqual([...reads.keys()].sort(), ['filter', 'version']);
});

test('nothing is asked of no elements', () => {
  const config = new Config(new XmlDocument('file:///a.xml', '<pfsense></pfsense>'));
  assert.deepEqual(descriptions(config), []);
});
