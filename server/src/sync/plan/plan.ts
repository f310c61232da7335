import type { Role } from '../../pair/manifest.ts';
import type { SectionMap, SectionStates } from '../xmlRpc/value.ts';

/**
 * What a push would do, as plain data: it can be shown, tested and run. Values of sections stand in `steps` and in
 * `wanted` alone, and are for sending and comparing; everything else may be shown to anybody.
 */
export interface Plan {
  /** What the manifest calls the pair, or the names of its files. */
  readonly pair: string;
  readonly nodes: Readonly<Record<Role, NodePlan>>;
  /** In the order in which they are done. None where there is nothing to do, or where something stands against it. */
  readonly steps: readonly PlanStep[];
  /** What stands against any push. While there is one, nothing can be pushed. */
  readonly refusals: readonly PlanRefusal[];
  /** What a person must agree to first. */
  readonly consents: readonly Consent[];
  /** What a person should know, in sentences; nothing stops for it. */
  readonly warnings: readonly string[];
}

export interface NodePlan {
  readonly role: Role;
  /** As people know it: host name and domain of the file. */
  readonly host: string;
  /** Where it is reached, such as `https://172.16.1.2`. */
  readonly origin: string;
  /** In the order of the file. None where nothing would change on the node. */
  readonly sections: readonly SectionPlan[];
}

/** How a section of a file comes to its node. */
export type SectionWay =
  /** Sent to this node by restore_config_section. */
  | 'sent'
  /** Written exactly by exec_php, because a restore could not: only where a person has allowed that. */
  | 'replaced'
  /** Of the secondary: the primary copies it on by itself. */
  | 'by the primary'
  /** Not sent at all; `byHand` says how to do it. */
  | 'left out';

/** When pfSense acts on what it was sent (facts.md §1.5.11). */
export type SectionEffect = 'at once' | 'after a reboot or a save in the GUI' | 'when the primary has copied it';

/** One section that is not as its file says. A section may stand twice, where a part of it comes another way. */
export interface SectionPlan {
  /** Such as `filter`. */
  readonly name: string;
  readonly way: SectionWay;
  readonly effect: SectionEffect;
  readonly changes: readonly ItemChange[];
  /** Of what is left out: why, and how to do it in the GUI, in one or two sentences. */
  readonly byHand: string | undefined;
}

/** One thing in a section that a push changes. */
export interface ItemChange {
  readonly kind: 'added' | 'changed' | 'removed' | 'moved';
  /** As a message calls it: `alias WEB`, `interface opt3 (DMZ)`, `setting hostname`. Never a secret. */
  readonly title: string;
  /** Of `changed`: the names of the settings that differ, sorted. */
  readonly settings: readonly string[];
}

/** What is done in one go, and what must be there afterwards. */
export type PlanStep =
  | {
      readonly kind: 'send';
      readonly role: Role;
      /** For restore_config_section, all in one call. */
      readonly sections: SectionMap;
      /** What the node held when the plan was made, of each section in `expected`: a push goes no further where that is another. */
      readonly seen: SectionStates;
      /** What the node must hold afterwards, by section: what it keeps of its own is in it (facts.md §1.5). */
      readonly expected: SectionStates;
    }
  | {
      readonly kind: 'replace';
      readonly role: Role;
      /** Written as it is; absent for a section that is taken out. */
      readonly sections: SectionStates;
      readonly seen: SectionStates;
      readonly expected: SectionStates;
    }
  /** Until the secondary holds what the primary sends it, by `drift`: of the sections in `seen`. */
  | { readonly kind: 'wait'; readonly role: 'secondary'; readonly seen: SectionStates };

export type RefusalReason =
  | 'error finding'
  | 'not well-formed'
  | 'unsound section'
  | 'config version'
  | 'other host'
  | 'no pfSense'
  | 'loop guard'
  | 'live changes';

export interface PlanRefusal {
  readonly reason: RefusalReason;
  /** Absent where it is about both. */
  readonly role: Role | undefined;
  /** One or two sentences: what is wrong and what to do. No value of a config. */
  readonly message: string;
}

/** Something that would be lost on a node, and that a person has to agree to. */
export interface Consent {
  readonly role: Role;
  /** `no base`: nothing is known of how the node was when the file was made, so any difference may be somebody's work. */
  readonly reason: 'no base';
  /** What would be lost: by section, in the words of {@link ItemChange}. */
  readonly lost: readonly { readonly section: string; readonly title: string }[];
}

/** Whether there is nothing to push, and nothing stands against saying so. */
export function isNothingToDo({ nodes, refusals }: Plan): boolean {
  return refusals.length === 0 && nodes.primary.sections.length === 0 && nodes.secondary.sections.length === 0;
}
