import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { readFilterRow, readFilterRows } from '../../../server/src/model/filterRows.ts';
import { readRuleCoverage } from '../../../server/src/model/ruleCoverage.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { parseFixture } from '../../harness/fixture.ts';

/** A small world: eight addresses, five ports of which rules name four, three protocols of which they name two. */
const addresses = [0, 1, 2, 3, 4, 5, 6, 7];
const ports = [80, 81, 82, 83, 99];
const protocols = ['tcp', 'udp', 'esp'];

interface Made {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: string;
}

/** The sides that a rule can have, with the addresses that they mean. */
const sides: Readonly<Record<string, readonly number[]>> = {
  '<any></any>': addresses,
  '<address>192.0.2.0/31</address>': [0, 1],
  '<address>192.0.2.2/31</address>': [2, 3],
  '<address>192.0.2.0/30</address>': [0, 1, 2, 3],
  '<address>192.0.2.4/30</address>': [4, 5, 6, 7],
  '<address>192.0.2.1</address>': [1],
  '<address>192.0.2.5</address>': [5],
  '<address>ODD</address>': [1, 3, 5, 7],
  '<address>LOW</address>': [0, 1, 2],
  '<address>BOTH</address>': [0, 1, 2, 3, 5, 7],
};
const portTexts: Readonly<Record<string, readonly number[]>> = {
  '': ports,
  '80': [80],
  '82': [82],
  '80-81': [80, 81],
  '81-83': [81, 82, 83],
  '80-83': [80, 81, 82, 83],
  EVEN: [80, 82],
};

const side = fc.constantFrom(...Object.keys(sides));
const made = fc.record({
  source: side,
  destination: side,
  protocol: fc.constantFrom('tcp', 'udp', 'tcp/udp', ''),
  port: fc.constantFrom(...Object.keys(portTexts)),
});

function text(rules: readonly Made[]): string {
  const items = rules.map(({ source, destination, protocol, port }) => {
    const named = protocol === '' || port === '' ? '' : `<port>${port}</port>`;
    return `<rule><interface>lan</interface><protocol>${protocol}</protocol><source>${source}</source><destination>${destination}${named}</destination></rule>`;
  });
  return `	<aliases>
		<alias><name>ODD</name><type>host</type><address>192.0.2.1 192.0.2.3 192.0.2.5 192.0.2.7</address></alias>
		<alias><name>LOW</name><type>network</type><address>192.0.2.0-192.0.2.2</address></alias>
		<alias><name>BOTH</name><type>network</type><address>ODD LOW</address></alias>
		<alias><name>EVEN</name><type>port</type><address>80 82</address></alias>
	</aliases>
	<filter>${items.join('')}</filter>
`;
}

/** What stops at a rule is every combination of these. */
function dimensions({ source, destination, protocol, port }: Made): readonly (readonly unknown[])[] {
  const taken = protocol === '' ? protocols : protocol.split('/');
  return [sides[source]!, sides[destination]!, taken, (protocol === '' ? ports : portTexts[port])!];
}

function isInside(inner: Made, outer: Made): boolean {
  const all = dimensions(outer);
  return dimensions(inner).every((values, i) => values.every(value => all[i]!.includes(value)));
}

test('rule coverage: whatever is said to be covered is, by the rule that is named', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(made, { minLength: 2, maxLength: 20 }), rules => {
      const [file] = parseFixture(text(rules)).files;
      const config = file!.config;
      const rows = config.ofElements(readFilterRow, config.top('filter')?.childrenNamed('rule') ?? []);
      const coverers = config.query(readRuleCoverage).coverers(rows);
      rules.forEach((rule, i) => {
        const by = coverers[i];
        if (by !== undefined) {
          found++;
          assert.ok(by < i && isInside(rule, rules[by]!), 'covered by one that does not cover it');
        } else
          assert.ok(
            !rules.some((_, j) => j < i && isSimple(rules[j]!) && isInside(rule, rules[j]!)),
            'a rule that covers it was missed',
          );
      });
    }),
    { numRuns: 300 },
  );
  assert.ok(found > 300, `only ${found} covered rules were seen`);
});

/** One whose ports are a single range: several ranges of an alias are looked for by their first alone. */
function isSimple({ port }: { readonly port: string }): boolean {
  return port !== 'EVEN';
}

test('rule coverage: after edits of aliases and rules as in the same text opened anew', () => {
  const values = [
    '',
    '192.0.2.0/24',
    '192.0.2.1',
    '192.0.2.1 192.0.2.5',
    'LOW',
    'ODD LOW',
    '192.0.2.0/30',
    'a.example.org',
  ];
  const change = fc.record({
    alias: fc.constantFrom('ODD', 'LOW', 'BOTH', 'EVEN', 'GONE'),
    value: fc.constantFrom(...values),
  });
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(made, { minLength: 2, maxLength: 12 }),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      (rules, changes) => {
        const document = parseFixture(text(rules)).files[0]!.config.document;
        const config = new Config(document);
        coverersIn(config);
        for (const { alias, value } of changes) {
          const content = document.buffer.toString();
          const at = content.indexOf(`<name>${alias}</name>`);
          if (at < 0) continue;
          const from = content.indexOf('<address>', at) + '<address>'.length;
          document.edit({ from, to: content.indexOf('</address>', from), text: value });
          const first = document.buffer.toString().indexOf('<source>') + '<source>'.length;
          const end = document.buffer.toString().indexOf('</source>', first);
          document.edit({ from: first, to: end, text: `<address>${value.split(' ')[0]}</address>` });
          const fresh = coverersIn(new Config(new XmlDocument('file:///fresh.xml', document.buffer.toString())));
          assert.deepEqual(
            coverersIn(config).map(each => each !== undefined),
            fresh.map(each => each !== undefined),
          );
          found += fresh.some(each => each !== undefined) ? 1 : 0;
        }
      },
    ),
    { numRuns: 80 },
  );
  assert.ok(found > 40, `only ${found} texts had a covered rule`);
});

function coverersIn(config: Config): readonly (number | undefined)[] {
  return config.query(readRuleCoverage).coverers(config.query(readFilterRows).rows);
}
