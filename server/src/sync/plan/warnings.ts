import { readVersion } from '../../model/version.ts';
import { type Role, roles } from '../../pair/manifest.ts';
import { mapOf } from '../restore/receive.ts';
import { isReplacedWhole } from '../restore/replacedWhole.ts';
import { isSameSection } from '../sameSection.ts';
import { sectionValueOf } from '../sectionValue.ts';
import { isList, type SectionStates } from '../xmlRpc/value.ts';
import { shortened } from './conflicts.ts';
import { driftBySection } from './drifted.ts';
import type { PlanNode } from './planInput.ts';
import { copiedUsersWords } from './sectionWords.ts';
import type { Stage } from './stage.ts';

interface WarningInput {
  readonly nodes: Readonly<Record<Role, PlanNode>>;
  readonly execPhp: 'allowed' | 'forbidden';
  readonly wanted: Readonly<Record<Role, SectionStates>>;
  readonly stages: Readonly<Record<Role, readonly Stage[]>>;
  /** The primary is made to save once more. */
  readonly isNudged: boolean;
  readonly driftedNames: readonly string[];
  /** Whether users and groups of the secondary may not become what the primary has. */
  readonly areUsersLeft: boolean;
}

/** What a person should know before a push, in sentences. */
export function warningsOf(input: WarningInput): readonly string[] {
  return [
    ...roles.flatMap(role => carpWarnings(role, input)),
    ...roles.flatMap(role => diskWarnings(role, input)),
    ...fileWarnings(input),
    ...(input.areUsersLeft ? [`Users and groups of the secondary are not waited for. ${copiedUsersWords}`] : []),
    ...(input.isNudged ? [nudgeWarning(input)] : []),
    ...roles.flatMap(role => additionWarnings(role, input)),
    ...roles.flatMap(role => zoneWarnings(role, input)),
  ];
}

function carpWarnings(role: Role, { nodes, stages }: WarningInput): readonly string[] {
  const { carp } = nodes[role].live;
  const sendsVips = stages[role].some(({ sent }) => sent.has('virtualip'));
  if (carp && !carp.isEnabled) {
    const then = sendsVips ? ', and sending virtual IPs enables it again' : '';
    return [`CARP is disabled on the ${role}${then}.`];
  }
  const isInMaintenance = carp?.isInMaintenance ?? nodes[role].live.sections.has('virtualip_carp_maintenancemode');
  return isInMaintenance
    ? [`The ${role} is in persistent CARP maintenance mode: it stays in it, and so is no master.`]
    : [];
}

/** pfSense works with what it has in memory; a file that was edited by hand it may not have read. */
function diskWarnings(role: Role, { nodes, stages }: WarningInput): readonly string[] {
  const { sections, disk } = nodes[role].live;
  const touched = stages[role].flatMap(({ sent, replaced }) => [...sent.keys(), ...replaced.keys()]);
  const names = [...new Set(touched)].filter(
    name => !isSameSection(name, sections.get(name), sectionValueOf(disk, name)),
  );
  if (names.length === 0) return [];
  return [
    `On the ${role} config.xml was edited without pfSense reading it: ${shortened(names)} is another there than in its memory, and what is in the file is overwritten.`,
  ];
}

function fileWarnings({ nodes }: WarningInput): readonly string[] {
  const differing = driftBySection({ primary: nodes.primary.file, secondary: nodes.secondary.file });
  const names = [...differing.values()].flatMap(({ changes }) => changes.map(({ title }) => title));
  if (names.length === 0) return [];
  return [`The secondary's file is not what the primary would send it: ${shortened(names)}. The primary's counts.`];
}

function nudgeWarning({ driftedNames }: WarningInput): string {
  return `The secondary is not what the primary sends it (${shortened(driftedNames)}), though nothing changes on the primary: it is made to save once, so that it synchronises.`;
}

/** A restore cannot take a key away again. */
function additionWarnings(role: Role, { nodes, stages, execPhp }: WarningInput): readonly string[] {
  if (execPhp === 'allowed') return [];
  const { live, file } = nodes[role];
  const version = file.query(readVersion);
  const added = stages[role].flatMap(({ sent }) =>
    [...sent].flatMap(([name, section]) => {
      if (isReplacedWhole(name, version)) return [];
      const before = mapOf(live.sections.get(name));
      return [...mapOf(section)]
        .filter(([key, value]) => !before.has(key) && !isList(value))
        .map(([key]) => `${name}/${key}`);
    }),
  );
  if (added.length === 0) return [];
  return [
    `Should the push fail, this could not be taken back on the ${role}: ${shortened(added)}. A restore adds it, and takes nothing away.`,
  ];
}

function zoneWarnings(role: Role, { nodes, stages }: WarningInput): readonly string[] {
  const before = mapOf(nodes[role].live.sections.get('captiveportal'));
  const gone = stages[role].flatMap(({ sent }) => {
    const zones = sent.get('captiveportal');
    return zones === undefined ? [] : [...before.keys()].filter(zone => !mapOf(zones).has(zone));
  });
  if (gone.length === 0) return [];
  return [`With a captive portal zone go its vouchers and its sessions on the ${role}: ${shortened(gone)}.`];
}
