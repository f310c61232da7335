import type { CheckedFiles } from './checkedFiles.ts';
import { nameOf } from './choosePair.ts';
import type { LiveFailure } from './failure.ts';
import type { Live } from './live.ts';
import { withProgress } from './progress.ts';
import type { Reach } from './reach.ts';

/** A node's config.xml as it now stands there. */
export interface Fetched {
  readonly reach: Reach;
  /** Byte for byte. */
  readonly bytes: Uint8Array;
  /** For comparing and reading; the bytes count. */
  readonly text: string;
}

export type FetchResult =
  | { readonly kind: 'fetched'; readonly all: readonly Fetched[] }
  | { readonly kind: 'failed'; readonly failed: LiveFailure };

/** Fetches the config.xml of each node, one after the other. The first that does not give it ends that. */
export function fetchConfigs(live: Live, title: string, reached: readonly Reach[]): Promise<FetchResult> {
  return withProgress(title, async ({ signal, progress }): Promise<FetchResult> => {
    const all: Fetched[] = [];
    for (const reach of reached) {
      const { role, origin, connection, credentials } = reach;
      progress({ message: `Fetch config.xml of the ${role} from ${origin}`, fraction: all.length / reached.length });
      const client = new live.engine.NodeClient({ name: `The ${role}`, connection, credentials });
      const answer = await client.pullConfig({ signal });
      if (answer.kind === 'failed') return { kind: 'failed', failed: { role, origin, failure: answer.failure } };
      const { bytes } = answer.value;
      all.push({ reach, bytes, text: new TextDecoder().decode(bytes) });
    }
    return { kind: 'fetched', all };
  });
}

/**
 * Shows what each node holds beside what its file says, with the secrets of both hidden. Files that are missing are passed
 * over.
 *
 * @param after what stands on the right: what would be there afterwards
 */
export async function showDifferences(
  live: Live,
  { pair, texts }: CheckedFiles,
  { all, after }: { readonly all: readonly Fetched[]; readonly after: 'file' | 'live' },
): Promise<void> {
  for (const { reach, text } of all) {
    const { role, origin } = reach;
    const own = texts[role];
    if (own === undefined) continue;
    const numbers = new Map<string, number>();
    const name = nameOf(pair, role);
    const base = name.split('/').at(-1) ?? name;
    const file = { name: base, text: live.engine.withoutSecrets(own, numbers) };
    const node = { name: `live-${base}`, text: live.engine.withoutSecrets(text, numbers) };
    const words = `live on the ${role} (${origin})`;
    if (after === 'file') await live.documents.compare(`${name}: ${words} ↔ file`, node, file);
    else await live.documents.compare(`${name}: file ↔ ${words}`, file, node);
  }
}
