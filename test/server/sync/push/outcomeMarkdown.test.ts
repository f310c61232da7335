import assert from 'node:assert/strict';
import test from 'node:test';
import type { NodeOutcome, Outcome } from '../../../../server/src/sync/push/outcome.ts';
import { outcomeMarkdown, outcomeSentence } from '../../../../server/src/sync/push/outcomeMarkdown.ts';

const node = (host: string, more: Partial<NodeOutcome> = {}): NodeOutcome => ({
  host,
  origin: `https://${host}`,
  sections: [],
  backup: undefined,
  carp: undefined,
  ...more,
});

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  kind: 'done',
  cause: undefined,
  nodes: { primary: node('fw1'), secondary: node('fw2') },
  run: undefined,
  notes: [],
  ...more,
});

test('a report says how it ended, why, and how each section stands', () => {
  const vip = { interfaceKey: 'lan', vhid: '2', address: '192.0.2.1', state: 'MASTER' } as const;
  const text = outcomeMarkdown(
    outcome({
      kind: 'partly',
      cause: 'The secondary did not answer.',
      notes: ['CARP is not as it should be.'],
      nodes: {
        primary: node('fw1', {
          sections: [
            { name: 'nat', state: 'as wanted' },
            { name: 'filter', state: 'other' },
          ],
          backup: '/state/fw1.xml',
          carp: { isEnabled: true, demotion: 240, isInMaintenance: true, vips: [vip, { ...vip, state: undefined }] },
        }),
        secondary: node('fw2', { carp: { isEnabled: false, demotion: 0, isInMaintenance: false, vips: [] } }),
      },
    }),
    { kind: 'push', pair: 'hq' },
  );
  assert.equal(
    text,
    `# Sync to Pair: hq

**It did not succeed, and not everything is as it was before. The list below says how each section stands.**

The secondary did not answer.

## To know

- CARP is not as it should be.

## Primary: fw1, https://fw1

- nat: as planned
- filter: neither as planned nor as it was before

The backup from before holds the whole configuration with all its secrets, for your eyes only:

    /state/fw1.xml

CARP status: It is in CARP maintenance mode. Its CARP demotion is 240.

- VHID 2 on lan, 192.0.2.1: MASTER
- VHID 2 on lan, 192.0.2.1: no state

## Secondary: fw2, https://fw2

No section of it was part of this.

CARP is disabled on it.
`,
  );
});

test('how it ended is told for each kind of run', () => {
  const kinds = ['done', 'restored', 'partly', 'unchanged'] as const;
  for (const run of ['push', 'undo', 'verify'] as const) {
    for (const kind of kinds) assert.match(outcomeSentence(outcome({ kind }), run), /^[A-Z].*\.$/);
  }
  assert.match(outcomeSentence(outcome(), 'push'), /^Done: it was read back/);
});
