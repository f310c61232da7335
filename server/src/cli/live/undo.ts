import { roles } from '../../pair/manifest.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Outcome } from '../../sync/push/outcome.ts';
import type { Journal } from '../../sync/store/store.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from '../terminal.ts';
import { agrees, failed, openPair, tellProblem, withStore } from './open.ts';
import { outcomeText, runJson } from './outcome.ts';
import { type PushRequest, runOptions } from './push.ts';

/** `pfsense-ha undo`: takes back what the last push of the pair has changed. */
export async function undo(request: PushRequest, terminal: Terminal, rules: readonly Rule[]): Promise<ExitStatus> {
  const opened = await openPair(request, terminal, rules);
  if (!opened.isDone) return failed(opened.problem, terminal);
  const { sync, store, passedOver, name } = opened.value;
  const found = await withStore(store, () => sync.lastRun());
  if (!found.isDone) return failed(found.problem, terminal);
  if (passedOver.length > 0) {
    return failed(
      'which push was the last one is not known while a journal cannot be read. Move it away to go on without it.',
      terminal,
    );
  }
  const last = found.value;
  if (!last) {
    // A push to other addresses, or under other host names, is one to other firewalls.
    const nodes = roles.map(role => `${sync.keys[role].host} (${sync.keys[role].origin})`).join(' and ');
    terminal.tell(printable(`There is no push of ${name} to ${nodes} on this computer that could be undone.`));
    terminal.tell('\n');
    if (request.format === 'json') terminal.print(runJson({ outcome: undefined }));
    return exitStatus.clean;
  }
  const show = request.format === 'json' ? terminal.tell : terminal.print;
  show(`${described(last)}\n`);
  if (!request.isAgreed && !(await agrees('Take it back?', terminal))) {
    if (request.format === 'json') terminal.print(runJson({ outcome: undefined }));
    tellProblem('nothing was sent. Say --yes to take it back without being asked.', terminal);
    return exitStatus.refused;
  }
  const outcome = await sync.undo(last, { ...runOptions(terminal), liveChanges: request.liveChanges });
  show(outcomeText(outcome, 'undo'));
  if (request.format === 'json') terminal.print(runJson({ outcome }));
  if (outcome.why === 'later work') {
    tellProblem(
      'nothing was sent. Say --accept-live-changes to take back what somebody has changed there since, too.',
      terminal,
    );
  }
  return statusOf(outcome);
}

/** How the process ends, by how an undo did. */
function statusOf({ kind, why }: Outcome): ExitStatus {
  if (kind === 'partly') return exitStatus.partly;
  if (kind !== 'unchanged' || why === 'back already') return exitStatus.clean;
  return why === 'no answer' ? exitStatus.failure : exitStatus.refused;
}

/** Which push it is, and how it ended. */
function described({ run, state, steps }: Journal): string {
  const sections = [...new Set(steps.flatMap(step => step.sections.map(({ name }) => name)))].join(', ');
  const when = run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*$/, '$1-$2-$3 $4:$5 UTC');
  const how = state === 'open' ? 'was broken off' : state === 'done' ? 'was carried out' : 'ended early';
  return `The last push, of ${when}, ${how}. It was about: ${sections}.`;
}
