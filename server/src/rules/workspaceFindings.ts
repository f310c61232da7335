import type { Config } from '../model/config.ts';
import { describeDocument } from '../model/documentKind.ts';
import { hasKnownStructure } from '../model/structure.ts';
import type { BaselineEntry } from '../pair/baseline.ts';
import type { Manifest } from '../pair/manifest.ts';
import { checkManifest } from '../pair/manifestCheck.ts';
import type { Membership } from '../pair/pairs.ts';
import { normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import { Checker, type RuleFailure } from './check.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rule.ts';
import { isOn, type RuleSettings, settle } from './ruleSettings.ts';
import { entryOf, nothingSilenced, type Silenced, type Silencers, silence } from './silence.ts';
import { goneFrom, type SilenceView, silenceFaults } from './silenceFaults.ts';

/** The rule id of what is wrong with a manifest. It is no rule of the registry: it cannot be switched off. */
export const manifestRule = 'manifest';

export interface WorkspaceFindingsOptions {
  readonly rules: readonly Rule[];
  /** What an editor's settings make of the rules for a file. They win over a manifest's `rules`. */
  readonly settingsFor?: (uri: string) => RuleSettings;
  /** Told of a rule that has failed; without it the failure is thrown. */
  readonly onFailure?: RuleFailure;
  /** The files that somebody has named to be checked: where one is no pfSense config, that is an error. */
  readonly named?: readonly string[];
}

interface Remembered {
  readonly inputs: readonly unknown[];
  readonly findings: readonly Finding[];
}

interface Settled {
  readonly manifest: RuleSettings;
  readonly editor: RuleSettings;
  readonly checker: Checker;
  /** What is said about the rules in the end, by rule id. */
  readonly settings: RuleSettings;
}

/** How many findings of a file are not shown, by what hides them. */
export interface HiddenCounts {
  readonly suppressed: number;
  readonly baseline: number;
}

/** The findings of every file of a workspace. To ask again after an edit costs what the edit has changed. */
export class WorkspaceFindings {
  private readonly ruleIds: readonly string[];
  private readonly topics: readonly string[];
  private readonly byId: ReadonlyMap<string, Rule>;
  private readonly kindRules: readonly Rule[];
  private readonly named: ReadonlySet<string>;
  private readonly checkers = new Map<string, Checker>();
  private readonly settled = new Map<string, Settled>();
  private readonly texts = new Map<string, Remembered>();
  private readonly remembered = new Map<string, Remembered>();
  private readonly silenced = new Map<string, Silenced>();
  private readonly view: SilenceView;

  constructor(
    private readonly workspace: Workspace,
    private readonly options: WorkspaceFindingsOptions,
  ) {
    this.ruleIds = options.rules.map(rule => rule.id);
    this.topics = [...new Set(options.rules.map(rule => rule.topic))];
    this.byId = new Map(options.rules.map(rule => [rule.id, rule]));
    this.view = {
      workspace,
      isKnown: rule => this.byId.has(rule),
      silencedOf: uri => this.silencedOf(uri),
      isJudged: (uri, rule) => this.isJudged(uri, rule),
    };
    this.kindRules = options.rules.filter(rule => rule.id === 'document-kind');
    this.named = new Set(options.named?.map(normalUri));
  }

  /**
   * What is wrong in one file, by itself and against its peer, as far as nobody has silenced it; of a manifest, what is
   * wrong with that. In the order of the rules. While nothing is found that was not found before, the answer is the same array (the places in it
   * move with the text).
   */
  of(uri: string): readonly Finding[] {
    const key = normalUri(uri);
    const manifest = this.workspace.manifests().find(({ source }) => source.uri === key);
    if (manifest) return this.ofManifest(key, manifest);
    const config = this.workspace.configOf(key);
    if (!config) return [];
    if (this.workspace.kindOf(key) === 'pfsense') return this.ofNode(key, config);
    return this.keep(key, this.shownOf(key, config, this.ofForeign(key, config)), []);
  }

  /** How much of what is wrong in a file is not shown. */
  hiddenIn(uri: string): HiddenCounts {
    const { suppressed, known } = this.silencedOf(uri);
    return { suppressed: suppressed.length, baseline: known.length };
  }

  /** What a baseline of now has for a file: all that is found and not suppressed. */
  baselineEntries(uri: string): readonly BaselineEntry[] {
    const key = normalUri(uri);
    const config = this.workspace.configOf(key);
    if (!config) return [];
    const { shown, known } = this.silencedOf(key);
    return [...shown, ...known].map(finding => entryOf({ uri: key, config }, finding));
  }

  /** The entries of the baseline that nobody finds any more in these files. */
  goneFrom(uris: readonly string[]): readonly BaselineEntry[] {
    return goneFrom(uris.map(normalUri), this.view);
  }

  private silencedOf(uri: string): Silenced {
    const key = normalUri(uri);
    this.of(key);
    return (this.workspace.configOf(key) && this.silenced.get(key)) ?? nothingSilenced;
  }

  private silencersOf(key: string): Silencers {
    const { workspace } = this;
    return {
      suppressions: workspace.manifestOf(key)?.suppressions ?? noSuppressions,
      baseline: workspace.baseline(workspace.baselineUriOf(key)),
    };
  }

  private shownOf(key: string, config: Config, found: readonly Finding[]): readonly Finding[] {
    const before = this.silenced.get(key);
    const silenced = silence({ uri: key, config, found, before }, this.silencersOf(key));
    this.silenced.set(key, silenced);
    return silenced.shown;
  }

  /** Whether a rule finds in a file, as both are now, all that it can: an unknown rule finds nothing for sure. */
  private isJudged(key: string, id: string): boolean {
    const config = this.workspace.configOf(key);
    const rule = this.byId.get(id);
    if (!rule) return true;
    if (!config || this.workspace.kindOf(key) !== 'pfsense' || !hasKnownStructure(config.document)) return false;
    const member = this.workspace.membershipOf(key);
    const judge = (rule.scope === 'pair' && member?.pair?.roles?.primary.uri) || key;
    this.checkerFor(judge);
    if (!isOn(rule, this.settled.get(judge)?.settings ?? none)) return false;
    if (rule.scope === 'syntax') return true;
    if (rule.scope === 'pair' && !member?.pair?.roles) return false;
    return member === undefined || (member.peer !== undefined && hasKnownStructure(member.peer.config.document));
  }

  private ofNode(key: string, config: Config): readonly Finding[] {
    const member = this.workspace.membershipOf(key);
    const pair = member?.pair?.roles;
    const checker = this.checkerFor(key);
    // What both files are held against each other for weighs what it weighs for the primary.
    const pairChecker = pair && this.checkerFor(pair.primary.uri);
    const inputs = [
      config.document.tree,
      checker,
      pairChecker,
      member?.role,
      pair && member?.peer?.config.document.tree,
      ...Object.values(this.silencersOf(key)),
    ];
    const before = this.remembered.get(key);
    if (before && sameItems(before.inputs, inputs)) return before.findings;
    const findings = [...this.ofText(key, config, checker), ...checker.checkNode(checkedNode(config, member))];
    if (pair && pairChecker) {
      for (const finding of pairChecker.checkPair(pair.primary.config, pair.secondary.config)) {
        if (finding.at.anchor.document === config.document) findings.push(finding);
      }
    }
    return this.keep(key, this.shownOf(key, config, findings), inputs);
  }

  /** What the text shows: it is asked for again whenever the peer has changed, and then still the same. */
  private ofText(key: string, config: Config, checker: Checker): readonly Finding[] {
    const inputs = [config.document.tree, checker];
    const before = this.texts.get(key);
    if (before && sameItems(before.inputs, inputs)) return before.findings;
    const findings = checker.checkText(config);
    this.texts.set(key, { inputs, findings });
    return findings;
  }

  /** A file that is no pfSense config is said to be what it is, and nothing else about it. */
  private ofForeign(key: string, config: Config): readonly Finding[] {
    const found = this.ofText(key, config, this.checkerFor(key, this.kindRules));
    if (!this.named.has(key)) return found;
    const [first] = found;
    if (first) return [{ ...first, severity: 'error' }];
    const message = describeDocument(config.document);
    const { document } = config;
    const at = { anchor: { document, start: 0 }, ...startOf(config) };
    if (message === undefined) return [];
    const wording = { id: message, data: {} };
    return [{ ...plain, rule: 'document-kind', severity: 'error', message, wording, at }];
  }

  private ofManifest(key: string, manifest: Manifest): readonly Finding[] {
    const { workspace, ruleIds, topics } = this;
    const faults = [...checkManifest(manifest, { workspace, ruleIds, topics }), ...silenceFaults(manifest, this.view)];
    const findings = faults.map((fault): Finding => {
      const wording = { id: fault.message, data: {} };
      return { ...plain, rule: manifestRule, wording, ...fault, related: fault.related ?? [] };
    });
    return this.keep(key, findings, []);
  }

  /** Hands out the array of last time where it holds the same findings. */
  private keep(key: string, findings: readonly Finding[], inputs: readonly unknown[]): readonly Finding[] {
    const before = this.remembered.get(key)?.findings;
    const kept = before && sameItems(before, findings) ? before : findings;
    this.remembered.set(key, { inputs, findings: kept });
    return kept;
  }

  private checkerFor(key: string, rules?: readonly Rule[]): Checker {
    const manifest = this.workspace.manifestOf(key)?.rules ?? none;
    const editor = this.options.settingsFor?.(key) ?? none;
    const id = rules ? `kind ${key}` : key;
    const before = this.settled.get(id);
    if (before?.manifest === manifest && before.editor === editor) return before.checker;
    const settings = settle(rules ?? this.options.rules, [editor, manifest]);
    const written = `${rules ? 'kind ' : ''}${JSON.stringify(Object.entries(settings).sort())}`;
    const checker =
      this.checkers.get(written) ?? new Checker(rules ?? this.options.rules, settings, this.options.onFailure);
    this.checkers.set(written, checker);
    this.settled.set(id, { manifest, editor, checker, settings });
    return checker;
  }
}

const none: RuleSettings = {};

const noSuppressions: Silencers['suppressions'] = [];

const plain = { related: [], fixes: () => [], isUnnecessary: false } as const;

function checkedNode(config: Config, member: Membership | undefined): Parameters<Checker['checkNode']>[0] {
  if (member?.role === undefined) return { config };
  return { config, role: member.role, ...(member.peer && { peer: member.peer.config }) };
}

/** The root's name, else the very beginning. */
function startOf({ document }: Config): { readonly from: number; readonly to: number } {
  const { root } = document.tree;
  return root ? { from: root.start + 1, to: root.nameEnd } : { from: 0, to: 0 };
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
