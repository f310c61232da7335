import { roles } from '../../pair/manifest.ts';
import type { RunContext } from './context.ts';
import type { Ledger } from './ledger.ts';
import { onDisk } from './onDisk.ts';

/** Fetches both files and keeps them. @returns what went wrong, in a sentence */
export async function backUp(context: RunContext, ledger: Ledger): Promise<string | undefined> {
  const { nodes, keys, store, signal, progress } = context;
  for (const [index, role] of roles.entries()) {
    progress({ message: `Back up ${nodes[role].name}`, fraction: index * 0.05 });
    const answer = await nodes[role].client.pullConfig(signal ? { signal } : {});
    if (answer.kind === 'failed') return answer.failure.message;
    const { bytes } = answer.value;
    const cause = await onDisk(store, async () => ledger.setBackup(role, await store.saveBackup(keys[role], bytes)));
    if (cause !== undefined) return cause;
  }
  return undefined;
}
