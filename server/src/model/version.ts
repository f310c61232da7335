import type { EntitySet, TextForm } from '../syntax/entities.ts';
import type { Element } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { Config } from './config.ts';

/** The version of the config's form, which is not that of the product: `22.2` is pfSense 2.6.0. */
export interface ConfigVersion {
  /** As it is written; empty where the file has none. */
  readonly text: string;
  readonly element: Element | undefined;
  /** A decimal fraction, as pfSense itself compares it (config.lib.inc:convert_config); absent where the text is none. */
  readonly number: number | undefined;
  /** Which references this version reads in text (facts.md §3). */
  readonly entities: EntitySet;
  /** How this version writes characters in text (facts.md §3). */
  readonly form: TextForm;
}

export function readVersion(config: Config): ConfigVersion {
  const element = config.top('version');
  // The version's own text can hold no entity that only one of the sets knows.
  const text = element ? readValue(element, 'xml') : '';
  const number = /^\d{1,4}(?:\.\d{1,4})?$/.test(text) ? Number(text) : undefined;
  const form = formOf(number);
  return { text, element, number, entities: form === 'xml' ? 'xml' : 'html', form };
}

/** An unknown version is written as PHP 8 does, whose form each pfSense before 24.5 reads, too. 22.7 is where 2.7's development went to PHP 8. */
function formOf(number: number | undefined): TextForm {
  if (number === undefined) return 'html-php8';
  if (number >= 24.5) return 'xml';
  return number >= 22.7 ? 'html-php8' : 'html-php7';
}

/**
 * What product a config version means. Several releases may share one (2.7.1 and 2.7.2 do), development versions and
 * pfSense Plus have ones in between, and a later pfSense than this project knows has a higher one.
 */
export type Releases =
  | { readonly kind: 'known'; readonly releases: readonly string[] }
  | { readonly kind: 'between'; readonly after: string; readonly before: string }
  | { readonly kind: 'before'; readonly before: string }
  | { readonly kind: 'after'; readonly after: string };

/**
 * The releases with their config version (globals.inc:latest_config of each release's tag or branch), in rising order.
 * Of 2.8 it is known only that it is 23.9 or 24.0, so both name it.
 */
const table: readonly (readonly [version: number, releases: readonly string[]])[] = [
  [3.0, ['1.2']],
  [8.0, ['2.0']],
  [9.8, ['2.1']],
  [10.1, ['2.1.1', '2.1.2', '2.1.3', '2.1.4', '2.1.5']],
  [11.6, ['2.2']],
  [11.7, ['2.2.1', '2.2.2', '2.2.3']],
  [11.9, ['2.2.4']],
  [12.0, ['2.2.5', '2.2.6']],
  [15.0, ['2.3']],
  [15.4, ['2.3.1']],
  [15.5, ['2.3.2']],
  [15.8, ['2.3.3', '2.3.4', '2.3.5']],
  [17.0, ['2.4.0']],
  [17.3, ['2.4.1', '2.4.2']],
  [17.9, ['2.4.3']],
  [18.0, ['2.4.3-p1']],
  [18.8, ['2.4.4']],
  [18.9, ['2.4.4-p1', '2.4.4-p2']],
  [19.1, ['2.4.4-p3', '2.4.5']],
  [21.4, ['2.5.0']],
  [21.5, ['2.5.1']],
  [21.7, ['2.5.2']],
  [22.2, ['2.6.0']],
  [22.9, ['2.7.0']],
  [23.3, ['2.7.1', '2.7.2']],
  [23.9, ['2.8']],
  [24.0, ['2.8']],
];

/** The config versions of the releases as a file writes them, the newest first. */
export function releasedVersions(): readonly string[] {
  return table.map(([version]) => version.toFixed(1)).toReversed();
}

/** The releases that a config version means; absent where the file's version is no number. */
export function releasesOf(version: Pick<ConfigVersion, 'number'>): Releases | undefined {
  const { number } = version;
  if (number === undefined) return undefined;
  const exact = table.find(([each]) => each === number);
  if (exact) return { kind: 'known', releases: exact[1] };
  const before = table.find(([each]) => each > number)?.[1][0];
  const after = table.findLast(([each]) => each < number)?.[1].at(-1);
  if (after === undefined) return before === undefined ? undefined : { kind: 'before', before };
  return before === undefined ? { kind: 'after', after } : { kind: 'between', after, before };
}

/**
 * {@link releasesOf} in words that go on with a sentence: `pfSense 2.6.0`, `pfSense 2.7.1 or 2.7.2`,
 * `between pfSense 2.7.2 and 2.8`, `newer than pfSense 2.8`, `an unknown release`.
 */
export function releaseOf(version: Pick<ConfigVersion, 'number'>): string {
  const releases = releasesOf(version);
  switch (releases?.kind) {
    case 'known':
      return `pfSense ${oneOf(releases.releases)}`;
    case 'between':
      return `between pfSense ${releases.after} and ${releases.before}`;
    case 'before':
      return `older than pfSense ${releases.before}`;
    case 'after':
      return `newer than pfSense ${releases.after}`;
    default:
      return 'an unknown release';
  }
}

/** `2.2.1, 2.2.2 or 2.2.3`. */
function oneOf(releases: readonly string[]): string {
  const [last = '', ...rest] = releases.toReversed();
  return rest.length === 0 ? last : `${rest.toReversed().join(', ')} or ${last}`;
}
