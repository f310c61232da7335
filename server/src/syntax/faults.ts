import type { Place } from './tree.ts';

/** What can be wrong with a text as XML. Each is reported where it stands, and the scan goes on behind it. */
export type FaultKind =
  | 'no-root'
  | 'second-root'
  | 'text-outside-root'
  | 'unclosed-element'
  | 'mismatched-end-tag'
  | 'stray-end-tag'
  | 'unterminated-start-tag'
  | 'unterminated-end-tag'
  | 'unterminated-comment'
  | 'unterminated-cdata'
  | 'unterminated-instruction'
  | 'unterminated-declaration'
  | 'stray-less-than'
  | 'stray-ampersand'
  | 'bad-name'
  | 'bad-attribute'
  | 'duplicate-attribute'
  | 'bad-character'
  | 'bad-character-reference'
  | 'double-hyphen-in-comment'
  | 'cdata-end-in-text'
  | 'misplaced-declaration';

export interface Fault {
  readonly kind: FaultKind;
  readonly at: Place;
  /** The name that stands there, where there is one: of the element, end tag or attribute. */
  readonly name?: string;
  /** For a mismatched end tag: the name of the element that it closes. */
  readonly expected?: string;
}
