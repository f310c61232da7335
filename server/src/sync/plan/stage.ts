import type { ConfigVersion } from '../../model/version.ts';
import { areAccountsReliable, isMap, listIn, mapOf, receive, staysVip, textIn } from '../restore/receive.ts';
import { sectionsToSend } from '../restore/sectionsToSend.ts';
import { isSameSection } from '../sameSection.ts';
import type { SectionMap, SectionStates, SectionValue } from '../xmlRpc/value.ts';

/** What is done to one node in one go: from what it holds towards what it is to hold. */
export interface Stage {
  /** For a restore, by section. */
  readonly sent: SectionMap;
  /** For an exact replacement after it. */
  readonly replaced: SectionStates;
  /** What a restore makes of the sections that it is sent. */
  readonly restored: SectionStates;
  /** All sections as they are in the end. */
  readonly after: SectionStates;
  /** The sections that are not all as wanted then. */
  readonly unreached: readonly string[];
}

export interface StageOptions {
  readonly version: ConfigVersion;
  readonly execPhp: 'allowed' | 'forbidden';
}

/**
 * Never pushed: what a node writes by itself, a state that it is put into by hand, and what only a backup has, graphs and SSH
 * host keys: a restore of the whole file takes them out again, one of sections would write them into config.xml.
 */
const neverPushed: ReadonlySet<string> = new Set([
  'version',
  'revision',
  'lastchange',
  'virtualip_carp_maintenancemode',
  'rrddata',
  'sshdata',
]);

/** What cannot be brought by a push at all: packages install it, and vouchers are used while the firewall runs. */
export const byHandOnly: ReadonlySet<string> = new Set(['installedpackages', 'voucher']);

export function isPushed(name: string): boolean {
  return !neverPushed.has(name);
}

/** Works out what has to be sent, and what it comes to. */
export function stageOf(from: SectionStates, to: SectionStates, { version, execPhp }: StageOptions): Stage {
  const sent = new Map<string, SectionValue>();
  const replaced = new Map<string, SectionValue | undefined>();
  const restored = new Map<string, SectionValue | undefined>();
  const after = new Map(from);
  const unreached: string[] = [];
  for (const name of new Set([...to.keys(), ...from.keys()])) {
    const [before, wanted] = [from.get(name), to.get(name)];
    if (!isPushed(name) || isSameSection(name, before, wanted)) continue;
    if (byHandOnly.has(name)) {
      unreached.push(name);
      continue;
    }
    const sending = sendingOf(name, { before, wanted }, version);
    const result = sending === undefined ? before : receive(name, { local: before, sent: sending }, version);
    if (sending !== undefined && !isSameSection(name, before, result)) {
      sent.set(name, sending);
      restored.set(name, result);
      after.set(name, result);
    }
    if (isSameSection(name, after.get(name), wanted)) continue;
    if (execPhp === 'allowed') {
      // Sent first, it would have the primary synchronise by half of what it is to say.
      if (name === 'hasync') for (const states of [sent, restored]) states.delete(name);
      replaced.set(name, wanted);
      after.set(name, wanted);
    } else unreached.push(name);
  }
  return { sent, replaced, restored, after, unreached };
}

interface Change {
  readonly before: SectionValue | undefined;
  readonly wanted: SectionValue | undefined;
}

function sendingOf(name: string, { before, wanted }: Change, version: ConfigVersion): SectionValue | undefined {
  const sending = sectionsToSend(new Map([[name, before]]), new Map([[name, wanted]]), version).get(name);
  if (name === 'virtualip') return withNewOwnVips(sending, mapOf(before), mapOf(wanted));
  if (name === 'system' && sending !== undefined && isMap(sending))
    return reliableSystem(sending, mapOf(before), version);
  return sending;
}

/** A VIP of the node's own that it has not yet is taken in like any other; one that it has must not be sent, for it stays. */
function withNewOwnVips(sending: SectionValue | undefined, before: SectionMap, wanted: SectionMap): SectionValue {
  const addresses = new Set(
    listIn(before, 'vip')
      .filter(staysVip)
      .map(vip => textIn(vip, 'subnet')),
  );
  const fresh = listIn(wanted, 'vip').filter(vip => staysVip(vip) && !addresses.has(textIn(vip, 'subnet')));
  return new Map([['vip', [...fresh, ...listIn(mapOf(sending), 'vip').filter(vip => !staysVip(vip))]]]);
}

/** Users and groups are left out where pfSense would make something else of them. */
function reliableSystem(sending: SectionMap, before: SectionMap, version: ConfigVersion): SectionValue | undefined {
  if (!sending.has('user') || areAccountsReliable(before, sending, { version, systemUsers: 'kept' })) return sending;
  const rest = new Map([...sending].filter(([key]) => !['user', 'group', 'nextuid', 'nextgid'].includes(key)));
  return rest.size === 0 ? undefined : rest;
}
