import assert from 'node:assert/strict';
import test from 'node:test';
import { planMarkdown, planSummary } from '../../../../server/src/sync/plan/planMarkdown.ts';
import { added, node, plan, section } from './plans.ts';

test('a plan as Markdown: node by node, section by section, what changes and how', () => {
  const nodes = {
    primary: node('primary', [
      section('aliases', { changes: [added, { kind: 'changed', title: 'alias DB', settings: ['address', 'descr'] }] }),
      section('system', { way: 'left out', byHand: 'Take it out under System > General Setup.' }),
    ]),
    secondary: node('secondary', [
      section('aliases', { way: 'by the primary', effect: 'when the primary has copied it', changes: [added] }),
    ]),
  };
  assert.equal(
    planMarkdown(plan({ nodes, warnings: ['CARP maintenance mode is on.'] })),
    `# Plan for hq

This is what Sync to Pair would do. Nothing has been sent.

## To know

- CARP maintenance mode is on.

## Primary: fw1.example.org, https://192.0.2.1

### aliases

Sent to this firewall; works at once.

- added: alias WEB
- changed: alias DB (address, descr)

### system

Left out, to be done by hand. Take it out under System \\> General Setup.

## Secondary: fw2.example.org, https://192.0.2.2

### aliases

Copied on by the primary; works when the primary has copied it.

- added: alias WEB
`,
  );
});

test('a plan as Markdown: what stands against it and what would be lost come first', () => {
  const text = planMarkdown(
    plan({
      refusals: [{ reason: 'config version', role: 'primary', message: 'The versions differ.' }],
      consents: [{ role: 'secondary', reason: 'no base', lost: [{ section: 'nat', title: 'rule "a*b"' }] }],
    }),
  );
  assert.match(text, /\n## What stands against it\n\n- Primary: The versions differ\.\n/);
  assert.match(text, /\n## What would be lost on the secondary, fw2\.example\.org\n\n[^\n]+\n\n- nat: rule "a\\\*b"\n/);
  assert.match(text, /## Secondary: [^\n]+\n\nNothing would change on it\.\n$/);
});

test('the summary of a plan counts sections and changes by the way they take', () => {
  const sections = [
    section('aliases', { changes: [added, added] }),
    section('filter', { changes: [added] }),
    section('system', { way: 'left out', changes: [added] }),
  ];
  const nodes = { primary: node('primary', sections), secondary: node('secondary', []) };
  assert.equal(
    planSummary(plan({ nodes })),
    `Primary fw1.example.org (https://192.0.2.1)
Sent: aliases, filter (2 sections, 3 changes)
Left for you to do by hand: system (1 section, 1 change)

Secondary fw2.example.org (https://192.0.2.2): nothing to change.`,
  );
});
