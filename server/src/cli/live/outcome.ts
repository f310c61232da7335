import { type Role, roles } from '../../pair/manifest.ts';
import { oneLine } from '../../sync/plainText.ts';
import type { Plan } from '../../sync/plan/plan.ts';
import { planDocument } from '../../sync/plan/planJson.ts';
import type { NodeOutcome, Outcome, SectionState } from '../../sync/push/outcome.ts';
import { outcomeSentence, type RunKind } from '../../sync/push/outcomeMarkdown.ts';

/** How a push or an undo ended, for a person at a terminal. No value of a config is in it. */
export function outcomeText(outcome: Outcome, kind: RunKind): string {
  const { cause, notes, nodes } = outcome;
  return `\n${[
    outcomeSentence(outcome, kind),
    ...(cause === undefined ? [] : [oneLine(cause)]),
    ...notes.map(note => `note: ${oneLine(note)}`),
    ...roles.flatMap(role => nodeLines(role, nodes[role], kind)),
  ].join('\n')}\n`;
}

function nodeLines(role: Role, { host, origin, sections, backup }: NodeOutcome, kind: RunKind): readonly string[] {
  if (sections.length === 0 && backup === undefined) return [];
  const words = (state: SectionState) => (kind === 'undo' ? { ...stateWords, ...undoWords } : stateWords)[state];
  const states = sections.map(({ name, state }) => `  ${name}: ${words(state)}`);
  const kept = backup === undefined ? [] : [`  backup from before, with all secrets: ${backup}`];
  return [`${role}, ${oneLine(host)}, ${origin}`, ...states, ...kept];
}

const stateWords: Readonly<Record<SectionState, string>> = {
  'as wanted': 'as planned',
  restored: 'as it was, brought back',
  kept: 'as it was, not touched',
  other: 'neither as planned nor as it was: look at it',
  unknown: 'not known, it could not be read back: look at it',
};

/** What an undo does not bring back may be what the push has made of it, or anything else. */
const undoWords = { kept: 'not touched', other: 'not as it was: look at it' } as const satisfies Partial<
  Record<SectionState, string>
>;

/**
 * A push or an undo for a program. The form is stable: keys are added, never changed or taken away, as long as `version` is
 * 1. `plan` is that of `plan --format json`, null for an undo; `outcome` is null where nothing was sent.
 */
export function runJson({ plan, outcome }: { readonly plan?: Plan; readonly outcome: Outcome | undefined }): string {
  const document = {
    version: 1,
    plan: plan ? planDocument(plan) : null,
    outcome: outcome ? outcomeDocument(outcome) : null,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function outcomeDocument({ kind, cause, notes, nodes, run }: Outcome) {
  return {
    kind,
    cause: cause ?? null,
    notes,
    nodes: { primary: nodeDocument(nodes.primary), secondary: nodeDocument(nodes.secondary) },
    run: run ?? null,
  };
}

function nodeDocument({ host, origin, sections, backup, carp }: NodeOutcome) {
  return {
    host,
    origin,
    sections: sections.map(({ name, state }) => ({ name, state })),
    backup: backup ?? null,
    carp: carp
      ? { enabled: carp.isEnabled, maintenance: carp.isInMaintenance, demotion: carp.demotion, vips: carp.vips }
      : null,
  };
}
