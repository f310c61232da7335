import type { Severity } from './finding.ts';
import type { Rule } from './rule.ts';

/** What a rule's findings weigh: a severity, or `off`. */
export type RuleSetting = Severity | 'off';

export const ruleSettings = ['off', 'error', 'warning', 'info', 'hint'] as const satisfies readonly RuleSetting[];

/** By rule id or topic: a rule's own id wins over its topic. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Whether a rule runs; one that is off by default runs only where its own id has a severity. */
export function isOn(rule: Rule, settings: RuleSettings): boolean {
  return (settings[rule.id] ?? (rule.isOffByDefault ? 'off' : rule.severity)) !== 'off';
}

/**
 * What several places say about the rules, by rule id; of what they do not speak of there is nothing in it.
 *
 * @param levels the one that wins over all others first
 */
export function settle(rules: readonly Rule[], levels: readonly RuleSettings[]): RuleSettings {
  const settled: Record<string, RuleSetting> = {};
  for (const rule of rules) {
    const setting = levels.map(level => settingIn(level, rule)).find(each => each !== undefined);
    if (setting !== undefined) settled[rule.id] = setting;
  }
  return settled;
}

/** A topic's severity wakes none of the rules that are off by default: they are a matter of plan or taste, one by one. */
function settingIn(level: RuleSettings, rule: Rule): RuleSetting | undefined {
  const own = level[rule.id];
  if (own !== undefined) return own;
  const topic = level[rule.topic];
  return rule.isOffByDefault && topic !== 'off' ? undefined : topic;
}
