import written from '../../../../snippets/pfsense-config.code-snippets';
import type { Config } from '../../model/config.ts';
import { nextFreeVhid } from '../../model/vipPairs.ts';

/** A snippet of `snippets/`. VS Code has them for its command *Insert Snippet*; while somebody types it would offer all of them everywhere, in values as well. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
  /** The name of the element that it goes in; empty for the top level. */
  readonly place: string;
  /** The name of the element that it begins with; absent where that is for the writer to say. */
  readonly element: string | undefined;
  /** The first config version that it is for, and the last one. */
  readonly from: number;
  readonly upTo: number;
}

/** All there are. Each says in its description where it belongs, and for which versions. */
export const snippets: readonly Snippet[] = Object.values(written).map(({ prefix, description, body }) => ({
  prefix,
  description,
  body: body.join('\n'),
  place: /, for <([\w-]+)>/.exec(description)?.[1] ?? '',
  element: /^<([\w-]+)>/.exec(body[0] ?? '')?.[1],
  from: Number(/version (\d+\.\d) and later/.exec(description)?.[1] ?? 0),
  upTo: Number(/versions up to (\d+\.\d)/.exec(description)?.[1] ?? Number.POSITIVE_INFINITY),
}));

/**
 * The body of a snippet with what its variables stand for. Editors know different ones, and their numbers by chance and
 * by the clock are meant to be used by nobody else: here the next that no node of the pair has.
 */
export function bodyFor({ body }: Snippet, nodes: readonly Config[]): string {
  return body
    .replace(/6\$\{RANDOM_HEX\}\$\{RANDOM_HEX\}/g, () => nextUniqid(nodes))
    .replace(/\$\{CURRENT_SECONDS_UNIX\}/g, () => nextTracker(nodes))
    .replace(/(?<=<vhid>\$\{\d:)\d+/, known => String(nextFreeVhid(nodes) ?? known));
}

/** Thirteen hexadecimal digits, as PHP's uniqid() has them. */
function nextUniqid(nodes: readonly Config[]): string {
  const known = nodes.flatMap(node => textsOf(node, 'virtualip', 'uniqid')).filter(text => /^[\da-f]{13}$/.test(text));
  const highest = known.reduce((most, text) => (text > most ? text : most), '6000000000000');
  return (BigInt(`0x${highest}`) + 1n).toString(16).padStart(13, '0');
}

function nextTracker(nodes: readonly Config[]): string {
  const known = nodes.flatMap(node => textsOf(node, 'filter', 'tracker')).filter(text => /^\d{1,10}$/.test(text));
  return String(known.reduce((most, text) => Math.max(most, Number(text)), 1_000_000_000) + 1);
}

function textsOf(config: Config, section: string, child: string): readonly string[] {
  return (config.top(section)?.children() ?? []).map(item => config.text(item.child(child)));
}
