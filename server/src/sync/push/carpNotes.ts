import { type Role, roles } from '../../pair/manifest.ts';
import type { CarpStatus } from '../node/phpCode.ts';
import type { RunContext } from './context.ts';
import type { Ledger } from './ledger.ts';
import { pause } from './pace.ts';

const expected: Readonly<Record<Role, 'MASTER' | 'BACKUP'>> = { primary: 'MASTER', secondary: 'BACKUP' };

/**
 * Asks both nodes how CARP stands, and notes what is not as it should be: the primary MASTER, the secondary BACKUP. An
 * election takes some seconds, so that it is asked again before anything is said. Who may not ask is told nothing.
 */
export async function noteCarp(context: RunContext, ledger: Ledger): Promise<void> {
  const { nodes, pace, signal, progress } = context;
  progress({ message: 'Look how CARP stands on both nodes', fraction: 0.97 });
  for (const role of roles) {
    const limit = Date.now() + pace.election;
    for (;;) {
      const answer = await nodes[role].client.carpStatus(signal ? { signal } : {});
      if (answer.kind === 'failed') break;
      const notes = notesOf(role, nodes[role].name, answer.value);
      if (notes.length > 0 && Date.now() < limit && !signal?.aborted) {
        await pause(pace.poll, signal);
        continue;
      }
      ledger.setCarp(role, answer.value);
      ledger.notes.push(...notes);
      break;
    }
  }
}

function notesOf(
  role: Role,
  name: string,
  { isEnabled, isInMaintenance, demotion, vips }: CarpStatus,
): readonly string[] {
  if (vips.length === 0) return [];
  const subject = name.replace(/^the /, 'The ');
  if (!isEnabled) return [`CARP is disabled on ${name}.`];
  if (isInMaintenance) return [`${subject} is in CARP maintenance mode.`];
  const notes = demotion > 0 ? [`${subject} demotes itself by ${demotion}: something on it fails.`] : [];
  const wrong = vips.filter(({ state }) => state !== expected[role]);
  const told = wrong.map(
    ({ interfaceKey, vhid, state }) => `VHID ${vhid} on ${interfaceKey} is ${state ?? 'not set up'}`,
  );
  return told.length === 0 ? notes : [...notes, `${subject} should be ${expected[role]}, but ${told.join(', ')}.`];
}
