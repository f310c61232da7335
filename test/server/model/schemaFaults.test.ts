import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { schemaFaults } from '../../../server/src/model/schemaFaults.ts';
import { isOneSlipAway } from '../../../server/src/model/spelling.ts';
import { compiledSchema } from '../../../server/src/schema/compiled.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { generateConfig } from '../../harness/generateConfig.ts';

function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///config.xml', text));
}

function faultsOf(config: Config): string[] {
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  return [...names].flatMap(name =>
    schemaFaults(config, name).map(
      ({ kind, element, place }) => `${kind} ${place.path} <${element.tag}>${element.content}`,
    ),
  );
}

test('schema faults: in units within units, each at its own element', () => {
  const staticmap = (mac: string) => `<staticmap><mac>${mac}</mac></staticmap>`;
  const config = configOf(
    `<pfsense><dhcpd><lan><enable/><range><from>192.0.2.1</from><to>x</to></range>${staticmap('00:00:5e:00:53:01')}${staticmap('y')}` +
      `<pool><range><from>z</from></range></pool></lan><opt1>${staticmap('w')}</opt1></dhcpd></pfsense>`,
  );
  assert.deepEqual(faultsOf(config).sort(), [
    'value dhcpd/*/pool/range/from <from>z',
    'value dhcpd/*/range/to <to>x',
    'value dhcpd/*/staticmap/mac <mac>w',
    'value dhcpd/*/staticmap/mac <mac>y',
  ]);
});

test('schema faults: in a section that is one text, in lists of texts, and in groups that hold themselves', () => {
  const config = configOf(
    '<pfsense><version>new</version><system><dnsserver>192.0.2.1</dnsserver><dnsserver>x</dnsserver></system>' +
      '<shaper><queue><queue><queue><priority>x</priority></queue></queue></queue></shaper></pfsense>',
  );
  assert.deepEqual(
    faultsOf(config)
      .filter(fault => !fault.includes('shaper'))
      .sort(),
    ['value system/dnsserver <dnsserver>x', 'value version <version>new'],
  );
  assert.ok(
    faultsOf(config).some(fault => /^value shaper(?:\/queue){3}\/priority/.test(fault)),
    faultsOf(config).join('\n'),
  );
});

test('schema faults: an element that no longer counts has one fault, and its contents none', () => {
  const text = (version: string) =>
    `<pfsense><version>${version}</version><proxyarp><proxyarpnet><range><from>x</from></range></proxyarpnet></proxyarp></pfsense>`;
  const kinds = (version: string) => faultsOf(configOf(text(version))).map(fault => fault.split(' ', 2).join(' '));
  assert.ok(
    kinds('24.0').every(fault => fault.startsWith('removed')),
    kinds('24.0').join(),
  );
});

test('schema faults: after each edit they are those of the text as it then is', () => {
  const config = configOf(generateConfig(60_000));
  const { document } = config;
  faultsOf(config);
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(6),
    text: fc.constantFrom('', 'x', '?!', '<', '>', '<a/>', '0'),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), changes => {
      for (const { at, length, text } of changes) {
        const from = Math.floor(at * document.buffer.length);
        document.edit({ from, to: Math.min(document.buffer.length, from + length), text });
        assert.deepEqual(faultsOf(config), faultsOf(configOf(document.buffer.toString())));
      }
    }),
    { numRuns: 60 },
  );
});

test('schema faults: any text is looked at without an error', () => {
  const names = [...compiledSchema().names].filter(name => /^[a-z]+$/.test(name));
  const piece = fc.oneof(
    fc
      .constantFrom(...names)
      .chain(name => fc.constantFrom(`<${name}>`, `</${name}>`, `<${name}/>`, `<${name}s>x</${name}s>`)),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('<!--', '-->', '<![CDATA[', ']]>', '&amp;', '&x;', '<__proto__>', '<constructor>x</constructor>'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      faultsOf(configOf(`<pfsense>${pieces.join('')}`));
    }),
    { numRuns: 1500 },
  );
  for (const name of ['queue', 'shaper', 'wan', 'lan', 'item', 'rule']) {
    faultsOf(configOf(`<pfsense><shaper>${`<${name}>`.repeat(5000)}x</pfsense>`));
    faultsOf(configOf(`<pfsense><dhcpd>${`<${name}>`.repeat(5000)}x${`</${name}>`.repeat(5000)}</dhcpd></pfsense>`));
  }
});

test('schema faults: an edit in one of thousands of rules looks at one', () => {
  const config = configOf(generateConfig(1_500_000));
  const { document } = config;
  schemaFaults(config, 'filter');
  let texts = 0;
  const { buffer } = document;
  const slice = buffer.slice.bind(buffer);
  buffer.slice = (from, to) => {
    texts++;
    return slice(from, to);
  };
  const rules = document.find('filter')?.childrenNamed('rule') ?? [];
  assert.ok(rules.length > 200, `${rules.length} rules`);
  const at = rules[100]?.child('descr')?.contentStart ?? 0;
  document.edit({ from: at, to: at, text: 'x' });
  texts = 0;
  schemaFaults(config, 'filter');
  assert.ok(texts > 0 && texts < 60, `${texts} texts were read`);
});

test('spelling: one slip is one letter in, out or changed, or two neighbours exchanged', () => {
  for (const slip of ['hostnam', 'hostnames', 'hostmame', 'hsotname', 'ostname', 'ahostname', 'hostnaem']) {
    assert.ok(isOneSlipAway(slip, 'hostname'), slip);
    assert.ok(isOneSlipAway('hostname', slip), slip);
  }
  for (const other of ['hostname', 'hostna', 'hsotnaem', 'hotsnmae', 'domain', '', 'hostname12', 'emanstoh']) {
    assert.ok(!isOneSlipAway(other, 'hostname'), other);
  }
  assert.ok(!isOneSlipAway('gateway4', 'gateway6'));
  assert.ok(!isOneSlipAway('gateway', 'gateway6'));
});
