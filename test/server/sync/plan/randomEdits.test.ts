import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { readVersion } from '../../../../server/src/model/version.ts';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import { drift, titleOf } from '../../../../server/src/pair/sync/drift.ts';
import { configOfSections } from '../../../../server/src/sync/liveConfig.ts';
import { isNothingToDo, type Plan, type PlanStep } from '../../../../server/src/sync/plan/plan.ts';
import type { PlanInput } from '../../../../server/src/sync/plan/planInput.ts';
import { isSameSection } from '../../../../server/src/sync/sameSection.ts';
import type { SectionStates } from '../../../../server/src/sync/xmlRpc/value.ts';
import fc from '../../../harness/fastCheck.ts';
import { mutate, mutations, type PairTexts } from '../../../harness/mutate.ts';
import { fixtureTexts } from '../../../simulator/fixturePair.ts';
import { type Release, type ReleaseName, releaseNamed, releases } from '../../../simulator/release.ts';
import { ConfigError, readConfig } from '../../../simulator/xml/readConfig.ts';
import { writeConfig } from '../../../simulator/xml/writeConfig.ts';
import { filesOf, statesOf } from '../livePair.ts';
import { NodeInMemory, type NodesInMemory, planOf } from './nodeInMemory.ts';

const isThorough = process.env.PFSENSE_HA_THOROUGH === '1';
const runs = isThorough ? 40 : 10;

const roles: readonly Role[] = ['primary', 'secondary'];

interface Pair {
  readonly name: string;
  readonly release: Release;
  readonly texts: PairTexts;
}

/** A sample, as another release would have written it. */
function sample(release: Release, files: readonly [string, string], from: ReleaseName): Pair {
  const [primary, secondary] = files.map(file => {
    const config = readConfig(readFileSync(`samples/${file}`, 'utf8'), releaseNamed(from));
    config.set('version', release.configVersion);
    return writeConfig(config, release);
  }) as [string, string];
  return { name: `${release.name}, samples/${files[0]}`, release, texts: { primary, secondary } };
}

/** What pfSense's own primary and secondary had, for five versions. */
const recorded = '../shared/pfsense/pairs';
const branches: Readonly<Record<ReleaseName, string>> = {
  '2.5.2': 'RELENG_2_5_2',
  '2.6.0': 'RELENG_2_6_0',
  '2.7.2': 'RELENG_2_7_2',
  '2.8.0': 'pre29',
  '2.9.0': 'master',
};

function recordedPair(release: Release, moment: 'before' | 'after'): Pair {
  const read = (name: string) => readFileSync(`${recorded}/${branches[release.name]}.${name}.config.xml`, 'utf8');
  const texts = { primary: read('primary'), secondary: read(`secondary.${moment}`) };
  return { name: `${release.name}, recorded, ${moment}`, release, texts };
}

const pairs: readonly Pair[] = releases.flatMap(release => [
  { name: `${release.name}, fixture`, release, texts: fixtureTexts(release.name) },
  ...(isThorough || release.name === '2.6.0'
    ? [sample(release, ['tutorial/main-pfSense.xml', 'tutorial/second-pfSense.xml'], '2.6.0')]
    : []),
  ...(existsSync(recorded) ? [recordedPair(release, 'before')] : []),
  ...(release.name === '2.8.0' || (isThorough && release.name === '2.9.0')
    ? [sample(release, ['kea/fw-a.xml', 'kea/fw-b.xml'], '2.8.0')]
    : []),
]);

function start({ release, texts }: Pair): NodesInMemory {
  return {
    primary: new NodeInMemory(texts.primary, release),
    secondary: new NodeInMemory(texts.secondary, release),
  };
}

/** Does what the plan says, and holds the nodes against it after each step. The primary synchronises after each save. */
function carryOut(nodes: NodesInMemory, plan: Plan, wanted: PairTexts): void {
  const files = filesOf(wanted);
  const waits = plan.steps.filter(({ kind }) => kind === 'wait');
  const waitedFor = () => driftOf(nodes, wanted).filter(each => !each.startsWith('users') || !areUsersLeft(plan));
  for (const wait of waits) assertHolds(nodes.secondary, wait.seen, 'seen', wait);
  for (const step of plan.steps) {
    if (step.kind === 'wait') continue;
    const node = nodes[step.role];
    assertHolds(node, step.seen, 'seen', step);
    if (step.kind === 'send') node.restore(step.sections, files[step.role].query(readVersion));
    else node.replace(step.sections);
    assertHolds(node, step.expected, 'expected', step);
    if (step.role === 'secondary') continue;
    if (waits.length === 0) assert.deepEqual(waitedFor(), [], 'what the primary takes on is waited for');
    nodes.primary.synchroniseTo(nodes.secondary);
  }
  if (waits.length > 0 || plan.steps.some(({ role }) => role === 'primary')) {
    assert.deepEqual(waitedFor(), [], 'the secondary holds what the primary sends');
  }
}

/** pfSense's own synchronisation may leave users and groups behind, and the plan says so. */
function areUsersLeft({ warnings }: Plan): boolean {
  return warnings.some(warning => warning.startsWith('Users and groups of the secondary are not waited for.'));
}

function driftOf(nodes: NodesInMemory, wanted: PairTexts): readonly string[] {
  const files = filesOf(wanted);
  const config = (role: Role) => configOfSections(nodes[role].live().sections, files[role].query(readVersion));
  const both = { primary: config('primary'), secondary: config('secondary') };
  return drift(both.primary, both.secondary).map(
    each => `${each.part} ${each.kind} ${titleOf(each, both)} ${each.children}`,
  );
}

function assertHolds(node: NodeInMemory, states: SectionStates, which: string, step: PlanStep): void {
  const found = node.sections([...states.keys()]);
  for (const [name, value] of states) {
    if (isSameSection(name, value, found.get(name))) continue;
    assert.deepEqual(found.get(name), value, `${which} of ${step.kind} to the ${step.role}: ${name}`);
    assert.fail(`${which} of ${step.kind} to the ${step.role}: ${name}`);
  }
}

/** Which sections of the primary are not as its file says, and were not left out; asked of the file, not of another plan. */
function unlike(nodes: NodesInMemory, plan: Plan, wanted: PairTexts): readonly string[] {
  const own = new Set(['version', 'revision', 'lastchange', 'virtualip_carp_maintenancemode']);
  for (const { name, way } of plan.nodes.primary.sections) if (way === 'left out') own.add(name);
  const states = statesOf(filesOf(wanted).primary);
  const found = nodes.primary.live().sections;
  return [...new Set([...states.keys(), ...found.keys()])].filter(
    name => !own.has(name) && !isSameSection(name, states.get(name), found.get(name)),
  );
}

function waysOf(plan: Plan): readonly string[] {
  return roles.flatMap(role =>
    plan.nodes[role].sections.map(
      ({ name, way, changes }) =>
        `${role} ${way} ${name}: ${changes.map(({ kind, title }) => `${kind} ${title}`).join(', ')}`,
    ),
  );
}

/** How the lines of {@link waysOf} begin that tell of what is left out. */
function leftOut(plan: Plan): readonly string[] {
  const lines = roles.flatMap(role =>
    plan.nodes[role].sections.filter(({ way }) => way === 'left out').map(({ name }) => `${role} left out ${name}:`),
  );
  return areUsersLeft(plan) ? [...lines, 'secondary left out system:', 'secondary by the primary system:'] : lines;
}

/** Whether pfSense could hold both. */
function isReadable(texts: PairTexts, release: Release): boolean {
  try {
    for (const role of roles) readConfig(texts[role], release);
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

for (const pair of pairs) {
  test(`${pair.name}: the files of both nodes give nothing to do, as soon as they are in sync`, () => {
    const nodes = start(pair);
    nodes.primary.synchroniseTo(nodes.secondary);
    const pulled = { primary: nodes.primary.store.text, secondary: nodes.secondary.store.text };
    for (const execPhp of ['allowed', 'forbidden'] as const) {
      const plan = planOf(nodes, pulled, { execPhp });
      assert.deepEqual(plan.refusals, []);
      assert.deepEqual(waysOf(plan), []);
      assert.ok(isNothingToDo(plan));
      assert.deepEqual(plan.steps, []);
    }
  });

  test(`${pair.name}: whatever is edited, the nodes hold then what the plan says, and nothing is left to do`, () => {
    const counts = { refused: 0, nothing: 0, pushed: 0 };
    fc.assert(
      fc.property(
        mutations(),
        mutations(),
        fc.constantFrom<PlanInput['execPhp']>('allowed', 'forbidden'),
        (lives, edits, execPhp) => {
          const live = mutate(pair.texts, lives).texts;
          fc.pre(isReadable(live, pair.release));
          const nodes = start({ ...pair, texts: live });
          const wanted = mutate(pair.texts, edits).texts;
          const plan = planOf(nodes, wanted, { execPhp });
          if (plan.refusals.length > 0) {
            counts.refused++;
            assert.deepEqual(plan.steps, []);
            return;
          }
          counts[plan.steps.length > 0 ? 'pushed' : 'nothing']++;
          carryOut(nodes, plan, wanted);
          assert.deepEqual(unlike(nodes, plan, wanted), []);
          const again = planOf(nodes, wanted, { execPhp });
          assert.deepEqual(again.refusals, []);
          const left = leftOut(plan);
          const rest = waysOf(again).filter(line => !left.some(start => line.startsWith(start)));
          assert.deepEqual(rest, []);
          if (!areUsersLeft(plan)) assert.deepEqual(again.steps, []);
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    assert.ok(counts.pushed > runs / 5, JSON.stringify(counts));
  });
}
