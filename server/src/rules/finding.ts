import type { Place } from '../syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/**
 * How far a fix may be trusted. `safe`: what the file means to say is beyond doubt. `suggestion`: the value
 * is a good choice, but a person may want another. `dangerous`: something is lost, or traffic changes.
 */
export type Applicability = 'safe' | 'suggestion' | 'dangerous';

/** The edits of one document, in absolute offsets of its present text; they do not overlap. */
export interface DocumentEdit {
  readonly document: XmlDocument;
  readonly edits: readonly TextEdit[];
}

/** Edits that apply together or not at all, in one or both files. */
export interface Fix {
  /** What it does, as a verb phrase with the values in it. */
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly DocumentEdit[];
}

/** Another place that has to do with a finding, with a few words on what stands there. */
export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** A message before its values are put in: it stays the same where only our words for it change. */
export interface Wording {
  readonly id: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Something a rule reports, at the smallest text that is wrong. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, with the values in it: one sentence. Never a secret. */
  readonly message: string;
  /** Which of the rule's messages that is, and what stands in its braces. */
  readonly wording: Wording;
  readonly at: Place;
  readonly related: readonly Related[];
  /** Worked out when asked for, against the text as it then is. */
  readonly fixes: () => readonly Fix[];
  readonly isUnnecessary: boolean;
}
