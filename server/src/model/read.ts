import type { Element, Place } from '../syntax/tree.ts';
import type { Config } from './config.ts';

/** A value and the element it was read from. */
export interface Read<T> {
  readonly value: T;
  readonly element: Element;
}

/** The text of a child, where the child is there and its text is not empty: pfSense treats both alike nearly everywhere. */
export function readText(config: Config, parent: Element, name: string): Read<string> | undefined {
  return read(config, parent.child(name), text => text || undefined);
}

/** A child's text through a parser; absent where the child is missing or its text is none of the kind. */
export function readAs<T>(
  config: Config,
  element: Element | undefined,
  parse: (text: string) => T | undefined,
): Read<T> | undefined {
  return read(config, element, parse);
}

/** pfSense's flags are there or not, whatever they hold (facts.md §2.1). */
export function hasFlag(parent: Element, name: string): boolean {
  return parent.child(name) !== undefined;
}

/** Where a finding on an element's value stands: on its content, or on its name where it holds nothing. */
export function valuePlace(element: Element): Place {
  return element.content === '' ? element.namePlace : element.contentPlace;
}

/** As {@link valuePlace}, for a child; on the parent's name where there is no such child. */
export function childPlace(parent: Element, name: string): Place {
  const child = parent.child(name);
  return child ? valuePlace(child) : parent.namePlace;
}

function read<T>(
  config: Config,
  element: Element | undefined,
  parse: (text: string) => T | undefined,
): Read<T> | undefined {
  if (!element) return undefined;
  const value = parse(config.text(element));
  return value === undefined ? undefined : { value, element };
}
