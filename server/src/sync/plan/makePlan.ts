import type { Config } from '../../model/config.ts';
import { orNew } from '../../model/grouping.ts';
import { readVersion } from '../../model/version.ts';
import { type Role, roles } from '../../pair/manifest.ts';
import type { SyncPart } from '../../pair/sync/areas.ts';
import { configOfSections } from '../liveConfig.ts';
import { sectionValueOf } from '../sectionValue.ts';
import type { SectionMap, SectionStates } from '../xmlRpc/value.ts';
import { withoutBackupData } from './backupData.ts';
import { conflictsOf, lostOf } from './conflicts.ts';
import { areAccountsCopied, driftBySection, driftOfAccounts } from './drifted.ts';
import { refusalsBefore, unreadableSections, unsoundSections } from './guards.ts';
import { itemChanges } from './itemChanges.ts';
import { nudgeOf } from './nudge.ts';
import type { ItemChange, NodePlan, Plan, PlanRefusal, PlanStep, SectionPlan } from './plan.ts';
import type { PlanInput, PlanNode } from './planInput.ts';
import { byHandWords, copiedUsersWords, effectOf } from './sectionWords.ts';
import { type Stage, stageOf } from './stage.ts';
import { type Synchronised, synchronisedBy, withoutSynchronised } from './synchronised.ts';
import { warningsOf } from './warnings.ts';

/**
 * What a push of both files would do to nodes that are as they were when they were asked. What a node keeps of its own, what
 * a restore cannot reach and what the primary takes on by itself is all worked out here: nothing of it is left for the push
 * to find out.
 */
export function makePlan(input: PlanInput): Plan {
  const { nodes } = input;
  const before = [...refusalsBefore(input), ...roles.flatMap(role => unreadableSections(role, nodes[role]))];
  const isAnotherVersion = before.some(({ reason }) => reason === 'config version' || reason === 'no pfSense');
  // What a file means on another version of pfSense is not known.
  const work = isAnotherVersion ? undefined : new Work(input);
  const refusals = [...before, ...(work?.refusals() ?? [])];
  const node = (role: Role): NodePlan => {
    const { host, origin } = nodes[role];
    return { role, host, origin, sections: work?.sections(role) ?? [] };
  };
  const plans = { primary: node('primary'), secondary: node('secondary') };
  return {
    pair: input.pair,
    nodes: plans,
    steps: refusals.length > 0 || !work ? [] : work.steps(),
    refusals,
    consents: roles.flatMap(role => lostOf(nodes[role], plans[role])),
    warnings: work?.warnings() ?? [],
  };
}

/** The stages of a push, in their order. */
class Work {
  private readonly synchronised: Synchronised;
  private readonly wanted: Readonly<Record<Role, SectionStates>>;
  /** What is sent to the secondary itself. */
  private readonly secondary: Stage;
  /** What the primary does not take on, then what it does. */
  private readonly primary: readonly [Stage, Stage];
  private readonly drifted: ReadonlyMap<string, SectionPlan>;
  /** Sections of the secondary that any save on the primary would change. */
  private readonly copied: readonly string[];
  private readonly nudge: SectionMap | undefined;
  /** Users and groups that pfSense's synchronisation may not bring; absent where it does. */
  private readonly usersLeft: readonly ItemChange[] | undefined;
  private readonly sectionPlans = new Map<Role, readonly SectionPlan[]>();
  /** What was made of the states of a node: megabytes of text are written and read for each. */
  private readonly configs = { primary: new Map<SectionStates, Config>(), secondary: new Map<SectionStates, Config>() };

  constructor(private readonly input: PlanInput) {
    const { nodes, execPhp } = input;
    const [primary, secondary] = [nodes.primary.live.sections, nodes.secondary.live.sections];
    this.wanted = {
      primary: withoutBackupData(statesOf(nodes.primary.file), primary),
      secondary: withoutBackupData(statesOf(nodes.secondary.file), secondary),
    };
    this.synchronised = synchronisedBy(this.synchroniser());
    const { synchronised } = this;
    const stage = (role: Role, from: SectionStates, to: SectionStates) =>
      stageOf(from, to, { version: versionOf(nodes[role]), execPhp });
    const others = withoutSynchronised(this.wanted.secondary, secondary, { synchronised, keepsOwn: true });
    this.secondary = stage('secondary', secondary, others);
    const own = withoutSynchronised(this.wanted.primary, primary, { synchronised, keepsOwn: false });
    const first = stage('primary', primary, own);
    this.primary = [first, stage('primary', first.after, this.onlySynchronised(first.after))];
    const [, second] = this.primary;
    const then = { primary: this.config('primary', second.after), secondary: this.config('secondary', secondary) };
    const now = { primary: this.config('primary', primary), secondary: then.secondary };
    const isSaved = [first, second].some(each => each.sent.size + each.replaced.size > 0);
    const areUsersSent = synchronised.parts.has('users') && (isSaved || driftBySection(then).size > 0);
    const areUsersLeft = areUsersSent && ![now, then].every(areAccountsCopied);
    const except: ReadonlySet<SyncPart> = new Set(areUsersLeft ? ['users'] : []);
    this.usersLeft = areUsersLeft ? driftOfAccounts(then) : undefined;
    this.drifted = driftBySection(then, except);
    this.nudge =
      isSaved || this.drifted.size === 0
        ? undefined
        : nudgeOf(primary, versionOf(nodes.primary), [...this.drifted.keys()]);
    const sent = [...second.sent.keys(), ...second.replaced.keys()].filter(name => synchronised.sections.has(name));
    const changing = isSaved ? [...driftBySection(now, except).keys(), ...sent] : [];
    const copied = new Set([...this.drifted.keys(), ...changing]);
    if (areUsersLeft) copied.delete('system');
    this.copied = [...copied];
  }

  sections(role: Role): readonly SectionPlan[] {
    return orNew(this.sectionPlans, role, () => this.sectionsOf(role));
  }

  private sectionsOf(role: Role): readonly SectionPlan[] {
    const stages = role === 'primary' ? this.primary : [this.secondary];
    const first = this.input.nodes[role].live.sections;
    const found: SectionPlan[] = [];
    let from = first;
    for (const stage of stages) {
      found.push(...this.stageSections(role, from, stage));
      from = stage.after;
    }
    if (role === 'secondary') found.push(...this.drifted.values(), ...this.usersByHand());
    found.push(...this.leftOut(role, from));
    const order = [...this.wanted[role].keys()];
    return found.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  }

  steps(): readonly PlanStep[] {
    const { secondary, primary } = this.input.nodes;
    const [first, second] = this.primary;
    const steps: PlanStep[] = [
      ...stepsOf('secondary', secondary.live.sections, this.secondary),
      ...stepsOf('primary', primary.live.sections, first),
      ...stepsOf('primary', first.after, second),
    ];
    if (this.nudge) {
      const states = new Map([...this.nudge.keys()].map(name => [name, primary.live.sections.get(name)]));
      steps.push({ kind: 'send', role: 'primary', sections: this.nudge, seen: states, expected: states });
    }
    if (this.copied.length > 0) {
      const seen = new Map(this.copied.map(name => [name, secondary.live.sections.get(name)]));
      steps.push({ kind: 'wait', role: 'secondary', seen });
    }
    return steps;
  }

  refusals(): readonly PlanRefusal[] {
    const { nodes } = this.input;
    const writes = (stage: Stage) => [stage.sent, defined(stage.replaced)];
    return [
      ...this.primary.flatMap(writes).flatMap(sections => unsoundSections('primary', nodes.primary, sections)),
      ...writes(this.secondary).flatMap(sections => unsoundSections('secondary', nodes.secondary, sections)),
      ...roles.flatMap(role =>
        conflictsOf(nodes[role], { role, wanted: this.wanted[role], sections: this.sections(role) }),
      ),
    ];
  }

  warnings(): readonly string[] {
    const { nodes, execPhp } = this.input;
    return warningsOf({
      nodes,
      execPhp,
      wanted: this.wanted,
      stages: { primary: this.primary, secondary: [this.secondary] },
      isNudged: this.nudge !== undefined,
      driftedNames: [...this.drifted.keys()],
      areUsersLeft: this.usersLeft !== undefined,
    });
  }

  /** The primary's file with what its `hasync` will say in the end: a box that cannot be taken out of it goes on working. */
  private synchroniser(): Config {
    const { nodes, execPhp } = this.input;
    const hasync = (states: SectionStates) => pick(states, ['hasync']);
    const { after, unreached } = stageOf(hasync(nodes.primary.live.sections), hasync(this.wanted.primary), {
      version: versionOf(nodes.primary),
      execPhp,
    });
    if (unreached.length === 0) return nodes.primary.file;
    return this.config('primary', new Map([...this.wanted.primary, ...after]));
  }

  /** The sections that the primary takes on as they are wanted, all others as they are. */
  private onlySynchronised(now: SectionStates): SectionStates {
    const states = new Map(now);
    for (const name of this.synchronised.sections) states.set(name, this.wanted.primary.get(name));
    return states;
  }

  private stageSections(role: Role, from: SectionStates, stage: Stage): readonly SectionPlan[] {
    if (stage.sent.size + stage.replaced.size === 0) return [];
    const restored = new Map([...from, ...stage.restored]);
    const before = this.config(role, from);
    const between = this.config(role, restored);
    const after = this.config(role, stage.after);
    const plan = (
      name: string,
      way: 'sent' | 'replaced',
      states: { readonly from: Config; readonly to: Config },
    ): SectionPlan => ({
      name,
      way,
      effect: way === 'sent' ? effectOf(name) : 'after a reboot or a save in the GUI',
      changes: itemChanges(name, states),
      byHand: undefined,
    });
    return [
      ...[...stage.sent.keys()].map(name => plan(name, 'sent', { from: before, to: between })),
      ...[...stage.replaced.keys()].map(name => plan(name, 'replaced', { from: between, to: after })),
    ];
  }

  private usersByHand(): readonly SectionPlan[] {
    const changes = this.usersLeft ?? [];
    if (changes.length === 0) return [];
    return [{ name: 'system', way: 'left out', effect: 'at once', changes, byHand: copiedUsersWords }];
  }

  private leftOut(role: Role, after: SectionStates): readonly SectionPlan[] {
    const stages = role === 'primary' ? this.primary : [this.secondary];
    const names = new Set(stages.flatMap(stage => stage.unreached));
    if (names.size === 0) return [];
    const target = role === 'primary' ? this.wanted.primary : this.secondaryTarget();
    const states = { from: this.config(role, after), to: this.config(role, target) };
    return [...names].flatMap((name): SectionPlan[] => {
      const changes = itemChanges(name, states);
      if (changes.length === 0) return [];
      return [{ name, way: 'left out', effect: effectOf(name), changes, byHand: byHandWords(name) }];
    });
  }

  private secondaryTarget(): SectionStates {
    const { synchronised } = this;
    const { sections } = this.input.nodes.secondary.live;
    return withoutSynchronised(this.wanted.secondary, sections, { synchronised, keepsOwn: true });
  }

  private config(role: Role, states: SectionStates): Config {
    return orNew(this.configs[role], states, () => configOfSections(states, versionOf(this.input.nodes[role])));
  }
}

/**
 * A restore in one call, then what only an exact replacement reaches. What the primary synchronises is settled first: each
 * save has it synchronise by what it says then.
 */
function stepsOf(role: Role, from: SectionStates, stage: Stage): readonly PlanStep[] {
  const steps: PlanStep[] = [];
  let now = from;
  const replace = (sections: SectionStates) => {
    if (sections.size === 0) return;
    steps.push({ kind: 'replace', role, sections, seen: pick(now, [...sections.keys()]), expected: sections });
    now = new Map([...now, ...sections]);
  };
  const [settings, rest] = apart(stage.replaced, 'hasync');
  replace(settings);
  for (const sections of separately(stage.sent)) {
    const names = [...sections.keys()];
    const expected = pick(stage.restored, names);
    steps.push({ kind: 'send', role, sections, seen: pick(now, names), expected });
    now = new Map([...now, ...expected]);
  }
  replace(rest);
  return steps;
}

/** With `adminsync` in the same call pfSense would take in users and groups otherwise (facts.md §1.5, no. 4). */
function separately(sent: SectionMap): readonly SectionMap[] {
  const system = sent.get('system');
  const hasUsers = system instanceof Map && system.has('user');
  const parts = hasUsers ? apart(sent, 'hasync') : [sent];
  return parts.filter(({ size }) => size > 0);
}

function apart<T>(sections: ReadonlyMap<string, T>, name: string): [ReadonlyMap<string, T>, ReadonlyMap<string, T>] {
  const select = (isIt: (other: string) => boolean) => new Map([...sections].filter(([other]) => isIt(other)));
  return [select(other => other === name), select(other => other !== name)];
}

function pick(states: SectionStates, names: readonly string[]): SectionStates {
  return new Map(names.map(name => [name, states.get(name)]));
}

function defined(states: SectionStates): SectionMap {
  return new Map([...states].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function versionOf({ file }: PlanNode) {
  return file.query(readVersion);
}

/** The sections of a file, as pfSense would read them; what it would refuse is told of elsewhere. */
function statesOf(file: Config): SectionStates {
  const names = new Set(file.document.tree.branches.map(branch => branch.nameAt(0)));
  return new Map(
    [...names].flatMap(name => {
      const value = sectionValueOf(file, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
