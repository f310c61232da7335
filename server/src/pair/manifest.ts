import type { ElementPath } from '../model/elementPath.ts';
import type { Place, TextSource } from '../syntax/tree.ts';

/** The name under which a manifest is found. */
export const manifestName = 'pfsense-ha.json';

export type Role = 'primary' | 'secondary';

/** Both, the primary first. */
export const roles: readonly Role[] = ['primary', 'secondary'];

/** What a manifest makes of a rule's findings. */
export type ManifestRuleSetting = 'off' | 'error' | 'warning' | 'info' | 'hint';

/** A firewall as the manifest names it. */
export interface ManifestNode {
  /** The config's address, worked out from the path. */
  readonly uri: string;
  /** The path as it is written. */
  readonly path: string;
  /** The path between its quotes. */
  readonly place: Place;
  /** Where its web interface answers, as it is written; only what talks to the firewall uses it and the two below. */
  readonly url: string | undefined;
  /** Whether it may be reached by plain HTTP, over which password and configuration can be read on the way. */
  readonly allowHttp: boolean;
  /** The SHA-256 fingerprint of the one certificate that counts, as it is written; empty where `tls` has none that is a text. */
  readonly sha256: string | undefined;
}

export interface ManifestPair {
  readonly name: string;
  readonly namePlace: Place;
  readonly primary: ManifestNode;
  readonly secondary: ManifestNode;
}

/** A file as the manifest names it. */
export interface NamedFile {
  /** The address, worked out from the path. */
  readonly uri: string;
  /** The path as it is written. */
  readonly path: string;
  /** The path between its quotes. */
  readonly place: Place;
}

/** Findings that somebody has looked at and does not want to see, for a reason that stands beside it. */
export interface ManifestSuppression {
  readonly rule: string;
  readonly rulePlace: Place;
  /** Absent for every file that the manifest speaks for. */
  readonly file: NamedFile | undefined;
  /** The element that a finding must stand at or in; absent for the whole file. */
  readonly element: { readonly path: ElementPath; readonly text: string; readonly place: Place } | undefined;
}

/** Something wrong with a manifest, at the text that is wrong. */
export interface ManifestFault {
  readonly at: Place;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
}

/** A manifest as it now stands. A new text makes a new one. */
export interface Manifest {
  readonly source: TextSource;
  /** The pairs that are complete enough to be read, in the order of the file. */
  readonly pairs: readonly ManifestPair[];
  /** By rule id or topic. */
  readonly rules: Readonly<Record<string, ManifestRuleSetting>>;
  /** Each key under `rules` with its place. */
  readonly ruleKeys: readonly { readonly id: string; readonly place: Place }[];
  /** Those that are complete: one without a reason, or with a path that is none, silences nothing. */
  readonly suppressions: readonly ManifestSuppression[];
  /** The file with the findings that were there when it was written; they are not shown. */
  readonly baseline: NamedFile | undefined;
  /** What is wrong with the text itself; what it names is judged by the workspace. */
  readonly faults: readonly ManifestFault[];
}
