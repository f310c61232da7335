import type { Config, Reads } from '../model/config.ts';
import { orNew } from '../model/grouping.ts';
import { hasKnownElements, hasKnownStructure, hasWholeSections } from '../model/structure.ts';
import type { Branch } from '../syntax/tree.ts';
import type { Finding, Fix } from './finding.ts';
import type { NodeRule, PairRule, Report, Role, Rule, SyntaxRule } from './rule.ts';
import { isOn, type RuleSettings } from './ruleSettings.ts';

/** Told of a rule that has failed, which is a mistake of ours; what it had found by then is kept, and the others go on. */
export type RuleFailure = (rule: Rule, error: unknown) => void;

/** A node as the checker sees it. */
export interface CheckedNode {
  readonly config: Config;
  readonly role?: Role;
  readonly peer?: Config;
}

interface Remembered {
  readonly role: Role | undefined;
  readonly reads: readonly (readonly [Config, Reads])[];
  readonly findings: readonly Finding[];
}

/** What a rule's findings depend on beside the texts. */
interface Scene {
  readonly role?: Role | undefined;
  /** Whose sections the rule may read. */
  readonly involved: readonly Config[];
}

/**
 * Runs rules over nodes and pairs, and remembers what each found until a section that it read has changed.
 *
 * One checker serves one set of rules and settings; where those change, a new one is made. A rule that throws ends the
 * check, unless somebody is told of it instead.
 */
export class Checker {
  private readonly byBranch = new WeakMap<Branch, Map<SyntaxRule, readonly Finding[]>>();
  /** By what they are kept with: a config, or the branch of one section, with which they go. */
  private readonly remembered = new WeakMap<Config | Branch, Map<Rule, Remembered>>();
  private readonly syntaxRules: readonly SyntaxRule[];
  private readonly nodeRules: readonly NodeRule[];
  private readonly pairRules: readonly PairRule[];

  constructor(
    rules: readonly Rule[],
    /** By rule id alone; {@link settle} makes that of topics. */
    private readonly settings: RuleSettings = {},
    private readonly onFailure?: RuleFailure,
  ) {
    const on = rules.filter(rule => isOn(rule, settings));
    this.syntaxRules = on.filter(rule => rule.scope === 'syntax');
    this.nodeRules = on.filter(rule => rule.scope === 'node');
    this.pairRules = on.filter(rule => rule.scope === 'pair');
  }

  /** What is wrong with the text, whatever kind of file it is. */
  checkText(config: Config): Finding[] {
    const { document } = config;
    const { tree } = document;
    const findings: Finding[] = [];
    for (const rule of this.syntaxRules) {
      const { checkDocument } = rule;
      if (checkDocument) findings.push(...this.findings(rule, () => checkDocument({ document, tree })));
      if (rule.checkBranch) for (const branch of tree.branches) findings.push(...this.checkBranch(rule, branch));
    }
    return findings;
  }

  /**
   * What one node shows by itself. Of a file in which sections have run into each other only the text is checked: what
   * is missing there may be somewhere else. Nor does such a peer say anything.
   */
  checkNode({ config, peer: known, role }: CheckedNode): Finding[] {
    if (!hasWholeSections(config.document)) return [];
    const peer = known && hasWholeSections(known.document) ? known : undefined;
    const scene: Scene = { role, involved: peer ? [config, peer] : [config] };
    const sections = sectionsOf(config);
    const input = { node: config, peer, role };
    const findings: Finding[] = [];
    for (const rule of this.nodeRules) {
      const { check, checkSection } = rule;
      const found = check && this.remember(rule, { ...scene, keeper: config }, () => check(input));
      if (found) addAll(findings, found);
      if (!checkSection) continue;
      for (const [section, keeper] of sections) {
        // Of some hundred sections an edit changes one.
        const kept = this.kept(rule, keeper, scene);
        const run = () => checkSection({ ...input, section });
        addAll(findings, kept ?? this.remember(rule, { ...scene, keeper }, run));
      }
    }
    return findings;
  }

  /** What shows only where both nodes are looked at; each finding is in the file that its place names. */
  checkPair(primary: Config, secondary: Config): Finding[] {
    if (!hasWholeSections(primary.document) || !hasWholeSections(secondary.document)) return [];
    const scene = { involved: [primary, secondary], keeper: primary };
    const input = { primary, secondary };
    return this.pairRules.flatMap(rule => this.remember(rule, scene, () => rule.check(input)));
  }

  private checkBranch(rule: SyntaxRule, branch: Branch): readonly Finding[] {
    const kept = orNew(this.byBranch, branch, () => new Map<SyntaxRule, readonly Finding[]>());
    const before = kept.get(rule);
    if (before) return before;
    const findings = [...this.findings(rule, () => rule.checkBranch?.({ branch }) ?? [])];
    kept.set(rule, findings);
    return findings;
  }

  /** What is remembered of a rule, where it still holds. */
  private kept(rule: Rule, keeper: Config | Branch, { role, involved }: Scene): readonly Finding[] | undefined {
    const before = this.remembered.get(keeper)?.get(rule);
    if (!before || before.role !== role || before.reads.length !== involved.length) return undefined;
    for (let i = 0; i < involved.length; i++) {
      const [config, reads] = before.reads[i]!;
      if (config !== involved[i] || !config.isCurrent(reads)) return undefined;
    }
    return before.findings;
  }

  private remember(
    rule: Rule,
    { keeper, ...scene }: Scene & { readonly keeper: Config | Branch },
    check: () => Iterable<Report<Record<string, string>>>,
  ): readonly Finding[] {
    const before = this.kept(rule, keeper, scene);
    if (before) return before;
    const { reads, value } = recordAll(scene.involved, () => [...this.findings(rule, check)]);
    const findings = value.length > 0 && reads.every(([, { sections }]) => areKnown(sections)) ? value : [];
    orNew(this.remembered, keeper, () => new Map<Rule, Remembered>()).set(rule, { role: scene.role, reads, findings });
    return findings;
  }

  private *findings(rule: Rule, check: () => Iterable<Report<Record<string, string>>>): Iterable<Finding> {
    try {
      for (const report of check()) yield this.finding(rule, report);
    } catch (error) {
      if (!this.onFailure) throw error;
      this.onFailure(rule, error);
    }
  }

  private finding(rule: Rule, report: Report<Record<string, string>>): Finding {
    const setting = this.settings[rule.id];
    const data = 'data' in report ? (report.data as Readonly<Record<string, string | number>>) : {};
    return {
      rule: rule.id,
      severity: setting && setting !== 'off' ? setting : (report.severity ?? rule.severity),
      message: word(rule.messages[report.message] ?? report.message, data),
      wording: { id: report.message, data },
      at: report.at,
      related: report.related ?? [],
      fixes: report.fixes ? applicable(rule, report.fixes) : noFixes,
      isUnnecessary: report.isUnnecessary ?? false,
    };
  }
}

/** The names of the config's sections, each with the first of them. */
function sectionsOf({ document }: Config): ReadonlyMap<string, Branch> {
  const sections = new Map<string, Branch>();
  for (const branch of document.tree.branches) {
    const name = branch.nameAt(0);
    if (!sections.has(name)) sections.set(name, branch);
  }
  return sections;
}

/** Nearly every list is empty. */
function addAll(findings: Finding[], found: readonly Finding[]): void {
  if (found.length > 0) findings.push(...found);
}

/** Where tags are missing in a section, what a rule has read there is a guess, and it says nothing until they are mended. */
function areKnown(sections: Reads['sections']): boolean {
  for (const branches of sections.values()) if (!branches.every(hasKnownElements)) return false;
  return true;
}

/**
 * Where tags are missing, what a fix of the meaning would put into the file could land anywhere: the tags come first,
 * and until then only the rules of the text offer fixes.
 */
function applicable(rule: Rule, fixes: () => readonly Fix[]): () => readonly Fix[] {
  if (rule.scope === 'syntax') return fixes;
  return () => fixes().filter(({ edits }) => edits.every(({ document }) => hasKnownStructure(document)));
}

function noFixes(): readonly [] {
  return [];
}

/** Puts the values into a message's braces. */
function word(message: string, data: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

function recordAll<T>(
  configs: readonly Config[],
  run: () => T,
): { readonly reads: readonly (readonly [Config, Reads])[]; readonly value: T } {
  const reads: [Config, Reads][] = [];
  const step = (i: number): T => {
    const config = configs[i];
    if (!config) return run();
    const recorded = config.record(() => step(i + 1));
    reads.unshift([config, recorded.reads]);
    return recorded.value;
  };
  const value = step(0);
  return { reads, value };
}
