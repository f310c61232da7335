import type { Role } from '../../../server/src/lsp/protocol.ts';
import { presentFiles } from './checkedFiles.ts';
import { chooseLivePair, roles } from './choosePair.ts';
import type { Live } from './live.ts';
import { configsOf, connectionOf } from './reach.ts';

/** Where the nodes of a pair are reached. Absent where no pair was chosen, or nothing says where; that is told. */
export async function originsOf(
  live: Live,
  title: string,
): Promise<readonly { readonly role: Role; readonly origin: string }[] | undefined> {
  const chosen = await chooseLivePair(live.session, title);
  if (!chosen) return undefined;
  const configs = configsOf(live, await presentFiles(chosen));
  const found = roles.flatMap(role => {
    const node = connectionOf(live, chosen, { role, configs });
    return node ? [{ role, origin: node.origin }] : [];
  });
  return found.length === roles.length ? found : undefined;
}
