import type { EntitySet } from '../syntax/entities.ts';
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
  /** How this version encodes characters in text (facts.md §3). */
  readonly entities: EntitySet;
}

export function readVersion(config: Config): ConfigVersion {
  const element = config.top('version');
  // The version's own text can hold no entity that only one of the sets knows.
  const text = element ? readValue(element, 'xml') : '';
  const number = /^\d{1,4}(?:\.\d{1,4})?$/.test(text) ? Number(text) : undefined;
  return { text, element, number, entities: number !== undefined && number >= 24.5 ? 'xml' : 'html' };
}
