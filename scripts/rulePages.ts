import type { Rule } from '../server/src/rules/rule.ts';
import { exampleElement, fixKindsOf } from './ruleFixes.ts';

/** The pages under docs/rules, by file name: one a rule and README.md, the list of them. Worked out from the rules' own values. */
export function rulePages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  return new Map([['README.md', listPage(rules)], ...rules.map(rule => [`${rule.id}.md`, rulePage(rule)] as const)]);
}

const note = '<!-- Generated from the rule by `npm run docs`; do not edit. -->';

function listPage(rules: readonly Rule[]): string {
  const topics = [...new Set(rules.map(rule => rule.topic))];
  const sections = topics.map(topic => {
    const rows = rules
      .filter(rule => rule.topic === topic)
      .map(
        rule =>
          `| [${rule.id}](${rule.id}.md) | ${weight(rule)} | ${scopes[rule.scope]} | ${fixKinds(rule)} | ${cell(rule.summary)} |`,
      );
    return `## ${topic}\n\n| rule | severity | looks at | fix | what holds when all is well |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${note}\n\n# Rules\n\nEach rule reports what breaks a high-availability pair or a config, and nothing about taste. Set the weight of
a rule or of a topic (\`carp\`, \`nat\` …) in the manifest (\`"rules": { "carp-skew-step": "off" }\`) or in the editor's
settings; [settings.md](../settings.md) tells how, and how to silence a single finding with a reason.

A fix is *safe* where what the file means to say is beyond doubt, a *suggestion* where a person may want another value,
and *dangerous* where something is lost or traffic changes. *none*: a person must decide.\n\n${sections.join('\n')}`;
}

function rulePage(rule: Rule): string {
  const parts = [
    note,
    `# ${rule.id}`,
    `When all is well: *${rule.summary}*`,
    `| topic | severity | looks at | fix | since |\n|---|---|---|---|---|\n| ${rule.topic} | ${weight(rule)} | ${scopes[rule.scope]} | ${fixKinds(rule)} | ${rule.since} |`,
    `## Why\n\n${rule.why.trim()}`,
    `## Messages\n\n${Object.values(rule.messages)
      .map(message => `- ${cell(message)}`)
      .join('\n')}`,
    `## Fix\n\n${rule.fix ?? 'None: a person must decide what is meant.'}`,
    `## Wrong\n\n${example(rule.examples.wrong)}`,
    `## Right\n\n${example(rule.examples.right)}`,
    `## How to silence it\n\n${silencing(rule)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A single finding by its reason, and the whole rule, as both stand in a manifest. */
function silencing(rule: Rule): string {
  const { file, element } = exampleElement(rule);
  const suppression = { rule: rule.id, file, ...(element !== '' && { element }), reason: '…' };
  const lines = Object.entries(suppression).map(([key, value]) => `      "${key}": ${JSON.stringify(value)}`);
  const one = `One finding, in \`pfsense-ha.json\`, with the reason why it is right there; for the first one of the example above:`;
  const all = rule.isOffByDefault
    ? `It is off unless its own id has a severity: \`"rules": { "${rule.id}": "${rule.severity}" }\`.`
    : `All of them: \`"rules": { "${rule.id}": "off" }\`.`;
  return `${one}\n\n\`\`\`json\n{\n  "suppressions": [\n    {\n${lines.join(',\n')}\n    }\n  ]\n}\n\`\`\`\n\n${all} In an editor the last two quick fixes write either;\n[settings.md](../settings.md) tells more.`;
}

function fixKinds(rule: Rule): string {
  const kinds = fixKindsOf(rule);
  return kinds.length === 0 ? 'none' : kinds.join(', ');
}

function weight(rule: Rule): string {
  return rule.isOffByDefault ? `${rule.severity}, off unless it is set` : rule.severity;
}

const scopes: Readonly<Record<Rule['scope'], string>> = {
  syntax: 'the text of one file',
  node: 'one file',
  pair: 'both files of a pair',
};

/** An example in the tests' notation, each file in a block of its own; its marks point at the line above. */
function example(source: string): string {
  const files = source
    .replace(/^\n/, '')
    .split(/^--- /m)
    .filter(part => part !== '');
  return files
    .map(part => {
      const name = /^([\w-]+\.xml)\n/.exec(part)?.[1];
      const body = name === undefined ? part : part.slice(name.length + 1);
      return `${name === undefined ? '' : `\`${name}\`\n\n`}\`\`\`xml\n${body.trimEnd()}\n\`\`\``;
    })
    .join('\n\n');
}

/** Text for a table or a list, where a tag would be taken for HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<');
}
