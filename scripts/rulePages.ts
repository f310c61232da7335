import type { Rule } from '../server/src/rules/rule.ts';

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
      .map(rule => `| [${rule.id}](${rule.id}.md) | ${weight(rule)} | ${scopes[rule.scope]} | ${cell(rule.summary)} |`);
    return `## ${topic}\n\n| rule | severity | looks at | what holds when all is well |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${note}\n\n# Rules\n\nEach rule reports what breaks a high-availability pair or a config, and nothing about taste. Set a rule's weight in the
manifest (\`"rules": { "carp-skew-step": "off" }\`) or in the editor's settings.\n\n${sections.join('\n')}`;
}

function rulePage(rule: Rule): string {
  const parts = [
    note,
    `# ${rule.id}`,
    `When all is well: *${rule.summary}*`,
    `| severity | looks at | since |\n|---|---|---|\n| ${weight(rule)} | ${scopes[rule.scope]} | ${rule.since} |`,
    `## Why\n\n${rule.why.trim()}`,
    `## Messages\n\n${Object.values(rule.messages)
      .map(message => `- ${cell(message)}`)
      .join('\n')}`,
    `## Fix\n\n${rule.fix ?? 'None: a person must decide what is meant.'}`,
    `## Wrong\n\n${example(rule.examples.wrong)}`,
    `## Right\n\n${example(rule.examples.right)}`,
  ];
  return `${parts.join('\n\n')}\n`;
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
