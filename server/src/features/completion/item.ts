import type { ReferenceKind } from '../../schema/references.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';

/** What an entry of the list is, for its picture. */
export type CompletionKind = 'element' | 'section' | 'closing' | 'word' | 'reference' | 'address' | 'value' | 'snippet';

/** What the documentation of an entry is asked of; plain data, for it goes to the editor and comes back. */
export type CompletionSubject =
  /** An element, by the names from below the root to it. */
  | { readonly kind: 'element'; readonly path: string }
  | { readonly kind: 'definition'; readonly of: ReferenceKind; readonly name: string }
  | { readonly kind: 'snippet'; readonly prefix: string };

/** One entry of the list. Offsets are of the present text. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label, on one line; empty for none. Never a secret. */
  readonly detail: string;
  /** What is held against what has been typed; it begins with the likeliest. */
  readonly filter: string;
  /** The order of the list. */
  readonly sort: string;
  /** What it takes the place of. The offset that was asked about lies in it, or at its end. */
  readonly from: number;
  readonly to: number;
  /** LF between lines, one TAB a level, without the indentation of the line it stands on. */
  readonly text: string;
  /** Whether the text is one of LSP's snippets, in which `$1` is a place to go to. */
  readonly form: 'plain' | 'snippet';
  /** What changes with it elsewhere: the end tag of an element that gets another name. */
  readonly also?: TextEdit;
  readonly subject?: CompletionSubject;
}

export interface CompletionList {
  readonly items: readonly CompletionItem[];
  /** Whether some were left out, and typing on may bring others. */
  readonly isCut: boolean;
}

/** Before somebody looks at what an entry says: of ten thousand aliases only those that are shown are looked up. */
export interface Draft {
  readonly filter: string;
  readonly isEndTag?: true;
  readonly make: (sort: string) => CompletionItem;
}

/** More entries nobody scrolls through, and each costs the editor. */
export const mostItems = 200;

/**
 * The list, in the order in which the drafts come; where they are too many, those that what was typed can mean.
 *
 * @param isCut whether some were left out before
 */
export function listOf(
  drafts: readonly Draft[],
  { typed, isCut: wasCut }: { readonly typed: string; readonly isCut: boolean },
): CompletionList {
  const isCut = wasCut || drafts.length > mostItems;
  const fitting = isCut ? drafts.filter(({ filter }) => isSubsequence(typed, filter)) : drafts;
  const items = fitting.slice(0, mostItems).map(({ make }, i) => make(String(i).padStart(4, '0')));
  return { items, isCut };
}

/** Whether the letters of one text stand in another in that order, as editors filter; in any case. */
export function isSubsequence(letters: string, text: string): boolean {
  const [wanted, within] = [letters.toLowerCase(), text.toLowerCase()];
  let at = 0;
  for (const letter of wanted) {
    at = within.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
