import { applyAccounts, hasAccountChanges } from '../../simulator/receiver/accounts.ts';
import { restoreSections } from '../../simulator/receiver/restore.ts';
import { type ReleaseName, releaseNamed } from '../../simulator/release.ts';
import { sectionsToSend } from '../../simulator/sync/sections.ts';
import { readConfig } from '../../simulator/xml/readConfig.ts';
import { writeConfig } from '../../simulator/xml/writeConfig.ts';
import type { Texts } from './livePair.ts';

/** The secondary's file after the primary has synchronised, as the simulator does it: a second opinion on what is wanted. */
export function synced({ primary, secondary }: Texts, version: ReleaseName): string {
  const release = releaseNamed(version);
  const sent = sectionsToSend(readConfig(primary, release), release);
  if (!sent) return secondary;
  const { config, accounts } = restoreSections(readConfig(secondary, release), sent, release);
  if (hasAccountChanges(accounts)) applyAccounts(config, accounts, release);
  return writeConfig(config, release);
}
