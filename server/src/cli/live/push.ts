import type { Rule } from '../../rules/rule.ts';
import type { PushOptions } from '../../sync/pairSync.ts';
import type { Plan } from '../../sync/plan/plan.ts';
import { planJson } from '../../sync/plan/planJson.ts';
import { planText } from '../../sync/plan/planText.ts';
import type { Outcome } from '../../sync/push/outcome.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from '../terminal.ts';
import { agrees, failed, type LiveRequest, type OpenedPair, openPair, tellProblem, withStore } from './open.ts';
import { outcomeText, runJson } from './outcome.ts';

export interface PlanRequest extends LiveRequest {
  readonly format: 'text' | 'json';
  readonly execPhp: 'allowed' | 'forbidden';
}

export interface PushRequest extends PlanRequest {
  /** `--yes`: nothing is asked. It does not stand for `--accept-live-changes`. */
  readonly isAgreed: boolean;
  /** `--accept-live-changes`: what would be lost on the nodes may be lost. */
  readonly liveChanges: 'accepted' | 'refused';
}

/** `pfsense-ha plan`: says what a push would do, and sends nothing that changes a node. */
export async function plan(request: PlanRequest, terminal: Terminal, rules: readonly Rule[]): Promise<ExitStatus> {
  const opened = await openPair(request, terminal, rules);
  if (!opened.isDone) return failed(opened.problem, terminal);
  const made = await makePlan(opened.value, terminal);
  if (!made) return exitStatus.failure;
  terminal.print(request.format === 'json' ? planJson(made) : planText(made));
  return made.refusals.length > 0 ? exitStatus.refused : exitStatus.clean;
}

/** `pfsense-ha push`: makes a plan, shows it, asks, carries it out, and says what the nodes hold then. */
export async function push(request: PushRequest, terminal: Terminal, rules: readonly Rule[]): Promise<ExitStatus> {
  const opened = await openPair(request, terminal, rules);
  if (!opened.isDone) return failed(opened.problem, terminal);
  const made = await makePlan(opened.value, terminal);
  if (!made) return exitStatus.failure;
  // A program reads standard output; the person beside it reads the rest.
  const show = request.format === 'json' ? terminal.tell : terminal.print;
  show(planText(made));
  const finish = (outcome: Outcome | undefined) => {
    if (request.format === 'json') terminal.print(runJson({ plan: made, outcome }));
  };
  const isNothingToSend = made.refusals.length === 0 && made.steps.length === 0;
  const objection = isNothingToSend ? undefined : await objectionTo(made, request, terminal);
  if (isNothingToSend || objection !== undefined) {
    finish(undefined);
    if (objection) tellProblem(objection, terminal);
    return isNothingToSend ? exitStatus.clean : exitStatus.refused;
  }
  const outcome = await opened.value.sync.push(made, { ...runOptions(terminal), liveChanges: 'accepted' });
  show(outcomeText(outcome, 'push'));
  finish(outcome);
  return statusOf(outcome);
}

/** Why the plan is not carried out; absent where nothing stands against it, and empty where the plan's own text says it. */
async function objectionTo(made: Plan, request: PushRequest, terminal: Terminal): Promise<string | undefined> {
  if (made.refusals.length > 0) return '';
  if (made.consents.length > 0 && request.liveChanges === 'refused') {
    const agreed = !request.isAgreed && (await agrees('May what is listed as lost be overwritten?', terminal));
    if (!agreed) {
      return 'nothing was sent. What the firewalls hold and the files do not would be lost: pull it first, or say --accept-live-changes.';
    }
  }
  if (request.isAgreed || (await agrees('Send this to the firewalls?', terminal))) return undefined;
  return 'nothing was sent. Say --yes to send without being asked.';
}

/** Makes a plan; a problem is told. */
async function makePlan({ sync, store, errors }: OpenedPair, terminal: Terminal): Promise<Plan | undefined> {
  const made = await withStore(store, () => sync.plan(errors, runOptions(terminal)));
  if (made.isDone && made.value.kind === 'plan') return made.value.plan;
  const problem = !made.isDone ? made.problem : made.value.kind === 'failed' ? made.value.failure.message : '';
  tellProblem(problem, terminal);
  return undefined;
}

/** What a run on the nodes is told: where to show how far it is, and when to end. */
export function runOptions(terminal: Terminal): Pick<PushOptions, 'signal' | 'progress' | 'onCancel'> {
  return {
    signal: terminal.interrupted(),
    progress: ({ message }) => terminal.tell(`${printable(message)}\n`),
    onCancel: async () => {
      const answer = await terminal.ask?.('Stopped. Take back what was sent? [Y/n] ', 'shown');
      return /^no?$/i.test(answer?.trim() ?? '') ? 'leave' : 'undo';
    },
  };
}

/** How the process ends, by how a push did. */
function statusOf({ kind }: Outcome): ExitStatus {
  const statuses = {
    done: exitStatus.clean,
    unchanged: exitStatus.refused,
    restored: exitStatus.restored,
    partly: exitStatus.partly,
  };
  return statuses[kind];
}
