import type { Live } from '../live/live.ts';
import { withPair } from '../live/openPair.ts';
import { makePlan, showPlan } from '../live/plan.ts';

/** Shows what a sync would do, and what stands against it. Nothing is sent that changes a firewall. */
export async function dryRun(live: Live): Promise<void> {
  await withPair(live, 'Which pair is planned?', async open => {
    const made = await makePlan(open);
    if (made.kind === 'failed') return made.failed;
    await showPlan(live, made.plan);
    return undefined;
  });
}
