import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import { type PlannedPart, readSyncPlan, type SyncPart } from './areas.ts';
import { type Difference, drift } from './drift.ts';
import { isOwnVip, isSent } from './sent.ts';

/** How a section stands to the configuration sync of its pair. */
export interface SectionSync {
  /** What of the section the primary sends, mostly all of it in one piece; nothing of a section that is each node's own. */
  readonly parts: readonly PlannedPart[];
  /** Whether VIPs stand in it that each node keeps for itself. */
  readonly hasOwnVips: boolean;
  /** pfSense synchronises only between nodes of the same config version. */
  readonly isHeldBack: boolean;
  /** What the next synchronisation would change in it. */
  readonly differences: readonly Difference[];
}

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/** What the two files say of the section of that name. */
export function sectionSync({ primary, secondary }: Nodes, section: string): SectionSync {
  const parts = sentParts(primary, section);
  const isHeldBack = primary.query(readVersion).text !== secondary.query(readVersion).text;
  const differences =
    parts.length > 0 ? drift(primary, secondary).filter(each => sectionOf(each.part) === section) : [];
  const hasOwnVips = section === 'virtualip' && [primary, secondary].some(hasOwnVip);
  return { parts, hasOwnVips, isHeldBack, differences };
}

/** What of the section of that name the primary sends; nothing of a section that is each node's own. */
export function sentParts(primary: Config, section: string): readonly PlannedPart[] {
  return primary.query(readSyncPlan).filter(({ part }) => sectionOf(part) === section && isSent(primary, part));
}

/** The section that a part of the synchronisation is, or stands in. */
function sectionOf(part: SyncPart): string {
  return part === 'users' || part === 'authservers' ? 'system' : part;
}

function hasOwnVip(config: Config): boolean {
  return (
    config
      .top('virtualip')
      ?.childrenNamed('vip')
      .some(vip => isOwnVip(vip, config)) ?? false
  );
}
