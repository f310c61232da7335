import assert from 'node:assert/strict';
import test from 'node:test';
import { readInterfaces } from '../../../server/src/model/interfaces.ts';
import { Checker } from '../../../server/src/rules/check.ts';
import { defineNodeRule, type NodeInput } from '../../../server/src/rules/rule.ts';
import type { Place } from '../../../server/src/syntax/tree.ts';
import { parseFixture } from '../../harness/fixture.ts';

type Check = (input: NodeInput) => Iterable<{ at: Place; message: 'found'; data: { key: string } }>;

function rule(id: string, check: Check) {
  const texts = { summary: '', why: '', examples: { wrong: '', right: '' } };
  return defineNodeRule({
    id,
    topic: 'interface',
    severity: 'error',
    since: '0.1.0',
    messages: { found: '{key}' },
    ...texts,
    check,
  });
}

const text = '\t<system></system>\n\t<interfaces>\n\t\t<wan></wan>\n\t</interfaces>\n';

function nodeOf(source: string) {
  const [file] = parseFixture(source).files;
  assert.ok(file);
  return file.config;
}

test('a rule that fails is told of, and the others still find what they find', () => {
  const broken = rule('broken', () => {
    throw new Error('a mistake of ours');
  });
  const late = rule('late', function* ({ node }) {
    for (const { key, element } of node.query(readInterfaces).values()) {
      yield { at: element.namePlace, message: 'found', data: { key } };
      throw new Error('another one');
    }
  });
  const told: string[] = [];
  const checker = new Checker([broken, late], {}, (failed, error) => told.push(`${failed.id}: ${String(error)}`));
  const findings = checker.checkNode({ config: nodeOf(text) });
  assert.deepEqual(told, ['broken: Error: a mistake of ours', 'late: Error: another one']);
  assert.deepEqual(
    findings.map(finding => finding.message),
    ['wan'],
  );
});

test('a rule that fails ends the check where nobody is told of it', () => {
  const broken = rule('broken', () => {
    throw new Error('a mistake of ours');
  });
  assert.throws(() => new Checker([broken]).checkNode({ config: nodeOf(text) }), /a mistake of ours/);
});

test('a rule runs again only when a section that it has read has changed', () => {
  let runs = 0;
  const counted = rule('counted', function* ({ node }) {
    runs++;
    for (const { key, element } of node.query(readInterfaces).values())
      yield { at: element.namePlace, message: 'found', data: { key } };
  });
  const checker = new Checker([counted]);
  const config = nodeOf(text);
  const edit = (path: string, inserted: string) => {
    const at = config.document.find(path)?.contentStart;
    assert.ok(at !== undefined);
    config.document.edit({ from: at, to: at, text: inserted });
  };
  checker.checkNode({ config });
  edit('system', '<hostname>fw1</hostname>');
  checker.checkNode({ config });
  assert.equal(runs, 1);
  edit('interfaces', '<lan></lan>');
  assert.deepEqual(
    checker.checkNode({ config }).map(finding => finding.message),
    ['lan', 'wan'],
  );
  assert.equal(runs, 2);
});

test('a rule that is off by default runs where a setting gives it a severity', () => {
  const asked = {
    ...rule('asked', function* ({ node }) {
      for (const { key, element } of node.query(readInterfaces).values())
        yield { at: element.namePlace, message: 'found', data: { key } };
    }),
    isOffByDefault: true as const,
  };
  assert.equal(new Checker([asked]).checkNode({ config: nodeOf(text) }).length, 0);
  const [finding] = new Checker([asked], { asked: 'hint' }).checkNode({ config: nodeOf(text) });
  assert.equal(finding?.severity, 'hint');
});

test('where tags are missing, rules that read there say nothing', () => {
  const found = rule('found', function* ({ node }) {
    for (const { key, element } of node.query(readInterfaces).values())
      yield { at: element.namePlace, message: 'found', data: { key } };
  });
  const count = (source: string) => new Checker([found]).checkNode({ config: nodeOf(source) }).length;
  const interfaces = '\t<interfaces>\n\t\t<wan></wan>\n\t</interfaces>\n';
  assert.equal(count(`\t<system></system>\n${interfaces}`), 1);
  assert.equal(count(`\t<system><a></system>\n${interfaces}`), 1, 'another section does not matter');
  assert.equal(count('\t<interfaces>\n\t\t<wan>\n\t</interfaces>\n'), 0, 'its own does');
  assert.equal(count(`\t<system>\n${interfaces}`), 0, 'nor where a section has swallowed others');
  assert.equal(count(`${interfaces}\t<!-- never ended\n`), 0, 'nor where the rest is swallowed');
});

test('a rule that goes section by section runs for the one that has changed, and a broken one silences itself alone', () => {
  const seen: string[] = [];
  const bySection = defineNodeRule({
    id: 'by-section',
    topic: 'interface',
    severity: 'error',
    since: '0.1.0',
    summary: '',
    why: '',
    examples: { wrong: '', right: '' },
    messages: { found: '{key}' },
    *checkSection({ node, section }) {
      seen.push(section);
      for (const { top } of node.section(section))
        yield { at: top.namePlace, message: 'found', data: { key: section } };
    },
  });
  const checker = new Checker([bySection]);
  const config = nodeOf('\t<ca></ca>\n\t<system></system>\n\t<ca></ca>\n');
  const check = () => {
    seen.length = 0;
    return checker.checkNode({ config }).map(({ message }) => message);
  };
  const edit = (at: number | undefined, length: number, inserted: string) => {
    assert.ok(at !== undefined);
    config.document.edit({ from: at, to: at + length, text: inserted });
  };
  assert.deepEqual(check(), ['ca', 'ca', 'system']);
  assert.deepEqual(seen, ['ca', 'system']);
  assert.deepEqual(check(), ['ca', 'ca', 'system']);
  assert.deepEqual(seen, []);
  edit(config.section('ca')[1]?.top.contentStart, 0, '<refid>x</refid>');
  assert.deepEqual(check(), ['ca', 'ca', 'system']);
  assert.deepEqual(seen, ['ca'], 'the second of two has changed');
  edit(config.top('system')?.contentStart, 0, '<b>');
  assert.deepEqual(check(), ['ca', 'ca']);
  edit(config.top('system')?.contentStart, '<b>'.length, '');
  assert.deepEqual(check(), ['ca', 'ca', 'system']);
});
