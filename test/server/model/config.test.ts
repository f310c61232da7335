import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Config, type ElementQuery } from '../../../server/src/model/config.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';

const text =
  '<pfsense>\n\t<version>22.2</version>\n\t<filter>\n\t\t<rule>\n\t\t\t<descr><![CDATA[caf&eacute;]]></descr>\n\t\t</rule>\n' +
  '\t\t<rule>\n\t\t\t<descr>b</descr>\n\t\t</rule>\n\t</filter>\n</pfsense>\n';

const read: string[] = [];
const readDescription: ElementQuery<string> = (rule, config) => {
  const found = config.text(rule.child('descr'));
  read.push(found);
  return found;
};

function descriptions(config: Config): readonly string[] {
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

const manyRules = (count: number) =>
  `<pfsense>\n\t<filter>\n${Array.from({ length: count }, (_, i) => `\t\t<rule>\n\t\t\t<descr>r${i}</descr>\n\t\t\t<tag></tag>\n\t\t</rule>\n`).join('')}\t</filter>\n</pfsense>\n`;

test('of a long list what says the same stays the same list, and an edit reads one', () => {
  const config = new Config(new XmlDocument('file:///a.xml', manyRules(200)));
  const before = descriptions(config);
  assert.equal(before.length, 200);
  replace(config, '</descr>\n\t\t\t<tag></tag>\n\t\t</rule>', '</descr>\n\t\t\t<tag>t</tag>\n\t\t</rule>');
  assert.equal(descriptions(config), before);
  assert.deepEqual(read, ['r0']);
  replace(config, '<descr>r100<', '<descr>changed<');
  replace(config, '<descr>r150<', '<descr>changed too<');
  const after = descriptions(config);
  assert.deepEqual(read.toSorted(), ['changed', 'changed too']);
  assert.deepEqual(
    after,
    before.map((text, i) => (i === 100 ? 'changed' : i === 150 ? 'changed too' : text)),
  );
});

test('a long list says after any edits what it would say without a memory', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 90 }),
    text: fc.constantFrom(
      '',
      'x',
      '<',
      '</rule>',
      '<rule>',
      '<rule><descr>new</descr></rule>',
      '<descr>',
      '<a/>',
      '<!--',
      '-->',
    ),
    isAsked: fc.boolean(),
  });
  const thorough = process.env.PFSENSE_HA_THOROUGH === '1';
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), edits => {
      const config = new Config(new XmlDocument('file:///a.xml', manyRules(250)));
      descriptions(config);
      for (const { at, removed, text, isAsked } of edits) {
        const from = Math.floor(at * config.document.buffer.length);
        config.document.edit({ from, to: Math.min(from + removed, config.document.buffer.length), text });
        if (!isAsked) continue;
        const found = descriptions(config);
        const rules = config.top('filter')?.childrenNamed('rule') ?? [];
        assert.deepEqual(
          found,
          rules.map(rule => config.text(rule.child('descr'))),
        );
      }
    }),
    { numRuns: thorough ? 1_000 : 80 },
  );
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
  assert.deepEqual([...reads.sections.keys()].sort(), ['filter', 'version']);
});

test('nothing is asked of no elements', () => {
  const config = new Config(new XmlDocument('file:///a.xml', '<pfsense></pfsense>'));
  assert.deepEqual(descriptions(config), []);
});

test('what was worked out of a text is not worked out again of the same text in the other node', () => {
  const there = new Config(new XmlDocument('file:///a.xml', manyRules(200)));
  const changed = manyRules(200).replace('<descr>r50<', '<descr>own<').replace('<descr>r60<', '<descr>own too<');
  const here = new Config(new XmlDocument('file:///b.xml', changed), () => there);
  const before = descriptions(there);
  const found = descriptions(here);
  assert.equal(read[0], 'own');
  assert.equal(read.length, 11, 'what stands between two differences is read');
  assert.deepEqual(
    found,
    before.map((text, i) => (i === 50 ? 'own' : i === 60 ? 'own too' : text)),
  );
  const same = new Config(new XmlDocument('file:///c.xml', manyRules(200)), () => there);
  assert.equal(descriptions(same), before);
  assert.deepEqual(read, []);
});

test('another version does not take over what the other node has read', () => {
  const versioned = (version: string) =>
    manyRules(100)
      .replace('<filter>', `<version>${version}</version>\n\t<filter>`)
      .replace('r0<', '<![CDATA[caf&eacute;]]><');
  const there = new Config(new XmlDocument('file:///a.xml', versioned('22.2')));
  const here = new Config(new XmlDocument('file:///b.xml', versioned('24.5')), () => there);
  assert.equal(descriptions(there)[0], 'café');
  assert.equal(descriptions(here)[0], 'caf&eacute;');
});

test('beside another node a list says after any edits of both what it would say alone', () => {
  const edit = fc.record({
    isHere: fc.boolean(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 200 }),
    text: fc.constantFrom('', 'x', '<rule><descr>new</descr></rule>', '</rule>', '<descr>', '<a/>'),
    isAsked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), edits => {
      const there: Config = new Config(new XmlDocument('file:///a.xml', manyRules(100)), () => here);
      const here: Config = new Config(new XmlDocument('file:///b.xml', manyRules(100)), () => there);
      for (const { isHere, at, removed, text, isAsked } of edits) {
        const config = isHere ? here : there;
        const from = Math.floor(at * config.document.buffer.length);
        config.document.edit({ from, to: Math.min(from + removed, config.document.buffer.length), text });
        if (!isAsked) continue;
        for (const each of [here, there]) {
          const rules = each.top('filter')?.childrenNamed('rule') ?? [];
          assert.deepEqual(
            descriptions(each),
            rules.map(rule => each.text(rule.child('descr'))),
          );
        }
      }
    }),
    { numRuns: 100 },
  );
});
