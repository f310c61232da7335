import assert from 'node:assert/strict';
import test from 'node:test';
import type { Plan } from '../../../../server/src/sync/plan/plan.ts';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import { reportText } from '../../../../server/src/sync/push/report.ts';

const at = new Date('2026-11-29T14:55:30Z');

const outcome: Outcome = {
  kind: 'partly',
  cause: 'filter on the secondary (fw2) is not as sent.',
  run: '20261129T145500Z-1f3a',
  notes: ['The secondary (fw2) should be BACKUP, but VHID 1 on wan is MASTER.'],
  nodes: {
    primary: {
      host: 'fw1',
      origin: 'https://192.0.2.1',
      backup: '/state/backups/1.xml',
      sections: [{ name: 'filter', state: 'as wanted' }],
      carp: {
        isEnabled: true,
        demotion: 0,
        isInMaintenance: false,
        vips: [{ interfaceKey: 'wan', vhid: '1', address: '198.51.100.1', state: 'MASTER' }],
      },
    },
    secondary: {
      host: 'fw2',
      origin: 'https://192.0.2.2',
      backup: undefined,
      sections: [
        { name: 'filter', state: 'other' },
        { name: 'nat', state: 'unknown' },
      ],
      carp: undefined,
    },
  },
};

const plan: Plan = {
  pair: 'hq',
  steps: [],
  refusals: [],
  consents: [],
  warnings: [],
  nodes: {
    primary: {
      role: 'primary',
      host: 'fw1',
      origin: '',
      sections: [
        {
          name: 'filter',
          way: 'sent',
          effect: 'at once',
          byHand: undefined,
          changes: [{ kind: 'changed', title: 'rule “a|b\n<img> *x*”', settings: ['descr', 'source'] }],
        },
        {
          name: 'installedpackages',
          way: 'left out',
          effect: 'at once',
          byHand: 'Set it in the GUI.',
          changes: [{ kind: 'removed', title: 'package squid', settings: [] }],
        },
      ],
    },
    secondary: { role: 'secondary', host: 'fw2', origin: '', sections: [] },
  },
};

test('report: says node by node what stands', () => {
  assert.equal(
    reportText({ kind: 'push', pair: 'hq', outcome, plan, at }),
    `# Push to hq

2026-11-29 14:55 UTC: **partly done**

filter on the secondary (fw2) is not as sent.

## To note

- The secondary (fw2) should be BACKUP, but VHID 1 on wan is MASTER.

## Primary: fw1

Reached at https://192.0.2.1.

| section | holds |
|---|---|
| filter | as wanted |

What it was about:

- **filter**, sent, at once
  - changed: rule “a\\|b \\<img\\> \\*x\\*” (descr, source)
- **installedpackages**, left out
  - removed: package squid
  - Set it in the GUI.

CARP: VHID 1 on wan MASTER.

Backup of before, the whole file with its secrets: \`/state/backups/1.xml\`

## Secondary: fw2

Reached at https://192.0.2.2.

| section | holds |
|---|---|
| filter | **neither as wanted nor as it was: look at it** |
| nat | **not known: look at it** |

## Journal

This run is kept as \`20261129T145500Z-1f3a\`.
`,
  );
});

test('report: what ended before anything was sent has no journal', () => {
  const nothing: Outcome = {
    ...outcome,
    kind: 'unchanged',
    run: undefined,
    notes: [],
    nodes: { ...outcome.nodes, secondary: { ...outcome.nodes.secondary, sections: [] } },
  };
  const text = reportText({ kind: 'undo', pair: 'hq', outcome: nothing, at });
  assert.match(text, /^# Undo on hq\n\n2026-11-29 14:55 UTC: \*\*ended before anything was sent\*\*\n/);
  assert.match(text, /\nNothing was to be changed here\.\n$/);
  assert.doesNotMatch(text, /To note|Journal|What it was about/);
});
