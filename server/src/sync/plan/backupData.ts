import { isMap } from '../restore/receive.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';

/** Sections in which a backup with extra data carries files of the service, such as leases (globals.inc:backuppath). */
const withFiles = ['captiveportal', 'dhcpd', 'dhcpdv6', 'voucher'] as const;

/**
 * The sections of a file without the files that a backup carries in them: a restore of the whole file puts those in their
 * places and takes them out, and one of a section would leave them in config.xml. Where the node has some, they stay.
 */
export function withoutBackupData(file: SectionStates, node: SectionStates): SectionStates {
  const states = new Map(file);
  for (const name of withFiles) {
    const section = file.get(name);
    if (section !== undefined) states.set(name, withData(section, `${name}data`, node.get(name)));
  }
  return states;
}

function withData(section: SectionValue, key: string, held: SectionValue | undefined): SectionValue {
  const own = held !== undefined && isMap(held) ? held.get(key) : undefined;
  const before = isMap(section) ? section.get(key) : undefined;
  if (before === own) return section;
  const settings = new Map(isMap(section) ? section : []);
  if (own === undefined) settings.delete(key);
  else settings.set(key, own);
  return settings.size === 0 ? '' : settings;
}
