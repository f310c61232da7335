import * as vscode from 'vscode';
import type { RunOptions } from '../../../server/src/sync/pairSync.ts';

/**
 * How long a run goes on without a notification, in ms. What is over by then would only flicker; and of notifications that
 * follow each other closely VS Code shows three within 800 ms and drops the next (NotificationsToasts.SPAM_PROTECTION), which
 * would be the one with the result.
 */
const unseen = 300;

/**
 * Runs something with a notification that says where it stands and can cancel it. VS Code takes the notification away with
 * the click on Cancel; what is still to be finished then is shown by another one.
 */
export async function withProgress<T>(title: string, run: (options: Required<RunOptions>) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const shown = new Shown();
  const running = run({ signal: controller.signal, progress: step => shown.say(step) });
  const over = running.then(
    () => true,
    () => true,
  );
  if (await Promise.race([over, new Promise(resolve => setTimeout(resolve, unseen, false))])) return running;
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (reporting, token) => {
    shown.moveTo(reporting);
    token.onCancellationRequested(() => controller.abort());
    await Promise.race([over, aborted(controller.signal)]);
  });
  if (!controller.signal.aborted) return running;
  const finishing = `${title}: cancelling after the request under way`;
  return vscode.window.withProgress({ location, title: finishing }, reporting => {
    shown.moveTo(reporting);
    return running;
  });
}

type Step = Parameters<Required<RunOptions>['progress']>[0];
type Reporting = vscode.Progress<{ message?: string; increment?: number }>;

/** Where a run stands, in the notification that is shown for it now, if any is. */
class Shown {
  private reporting: Reporting | undefined;
  private last: Step | undefined;
  private fraction = 0;

  say(step: Step): void {
    this.last = step;
    if (!this.reporting) return;
    // VS Code wants to know how much has been added in percent, and a run says how far it is.
    const increment = Math.max(0, step.fraction - this.fraction) * 100;
    this.reporting.report({ message: step.message, increment });
    this.fraction = Math.max(this.fraction, step.fraction);
  }

  moveTo(reporting: Reporting): void {
    this.reporting = reporting;
    this.fraction = 0;
    if (this.last) this.say(this.last);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}
