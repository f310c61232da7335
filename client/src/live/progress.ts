import * as vscode from 'vscode';
import type { RunOptions } from '../../../server/src/sync/pairSync.ts';

/**
 * Runs something with a notification that says where it stands and can cancel it. VS Code takes the notification away with
 * the click on Cancel; what is still to be finished then is shown by another one.
 */
export async function withProgress<T>(title: string, run: (options: Required<RunOptions>) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const shown: Reporter[] = [];
  const progress: Required<RunOptions>['progress'] = step => {
    for (const report of shown) report(step);
  };
  const running = run({ signal: controller.signal, progress });
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, async (reporting, token) => {
    shown.push(reporter(reporting));
    token.onCancellationRequested(() => controller.abort());
    await Promise.race([settled(running), aborted(controller.signal)]);
  });
  if (!controller.signal.aborted) return running;
  const finishing = `${title}: cancelling after the request under way`;
  return vscode.window.withProgress({ location, title: finishing }, reporting => {
    shown.splice(0, shown.length, reporter(reporting));
    return running;
  });
}

type Reporter = Required<RunOptions>['progress'];

/** VS Code wants to know how much has been added in percent, and a run says how far it is. */
function reporter(reporting: vscode.Progress<{ message?: string; increment?: number }>): Reporter {
  let before = 0;
  return ({ message, fraction }) => {
    reporting.report({ message, increment: Math.max(0, fraction - before) * 100 });
    before = Math.max(before, fraction);
  };
}

async function settled(running: Promise<unknown>): Promise<void> {
  await running.catch(() => undefined);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}
