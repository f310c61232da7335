import {
  append,
  arrayAt,
  copyOf,
  deleteAt,
  isArray,
  isTrue,
  type PhpArray,
  phpMap,
  setAt,
  textAt,
  valueAt,
} from '../php/value.ts';
import type { Release } from '../release.ts';
import { type AccountChanges, takeAccounts } from './accounts.ts';
import { addRolls, keepOwnVoucherSettings } from './vouchers.ts';

/** What restore_config_section makes of a config. */
export interface Restored {
  readonly config: PhpArray;
  /** The names that go into the description of the revision, in pfSense's order. */
  readonly mergedSections: readonly string[];
  /** What is done to users and groups in a second save. */
  readonly accounts: AccountChanges;
}

/**
 * What a node's config becomes when these sections are sent to it (facts.md §1.5). Nothing is validated: what is wrong
 * shows when the result is written.
 */
export function restoreSections(local: PhpArray, sent: PhpArray, release: Release): Restored {
  const config = copyOf(local);
  const sections = copyOf(sent);
  const copied: string[] = [];
  for (const name of release.fullCopySections) {
    const value = sections.get(name);
    if (value === undefined || (value === null && !release.hasConfigPaths)) continue;
    config.set(name, value);
    sections.delete(name);
    copied.push(name);
  }
  forgetZones(config, sections);
  const accounts = takeAccounts(config, sections);
  const vouchers = keepOwnVoucherSettings(config, sections);
  takeZones(config, sections);
  const ownVips = vipsThatStay(config, sections);
  if (release.knowsKea) sections.delete('installedpackages');
  const merged = mergeTwoLevels(config, sections);
  if (release.knowsKea) keepOwnKea(merged, local);
  addRolls(merged, vouchers);
  putInFront(merged, ownVips);
  return { config: merged, mergedSections: [...[...sections.keys()].map(String), ...copied], accounts };
}

/** Zones that are not sent go, with their vouchers, as soon as any captive portal is sent. */
function forgetZones(config: PhpArray, sections: PhpArray): void {
  const sent = sections.get('captiveportal');
  if (!isArray(sent)) return;
  for (const zone of [...arrayAt(config, 'captiveportal').keys()]) {
    if (sent.has(zone)) continue;
    deleteAt(config, `captiveportal/${zone}`);
    deleteAt(config, `voucher/${zone}`);
  }
}

const backwardKeys = ['enablebackwardsync', 'backwardsyncip', 'backwardsyncuser'];

/** What a zone says about synchronising back stays each node's own; a password that is sent without one here stays too. */
function takeZones(config: PhpArray, sections: PhpArray): void {
  const sent = sections.get('captiveportal');
  if (!isArray(sent)) return;
  for (const [name, zone] of sent) {
    if (!isArray(zone)) continue;
    for (const key of [...backwardKeys, 'backwardsyncpassword']) {
      const own = valueAt(config, `captiveportal/${name}/${key}`);
      if (own !== undefined) zone.set(key, own);
      else if (key === 'backwardsyncpassword') zone.delete('vouchersyncpass');
      else zone.delete(key);
    }
  }
  config.set('captiveportal', sent);
  sections.delete('captiveportal');
}

/** IP aliases and proxy ARP on an interface: never sent by a primary, never taken away by it. */
function vipsThatStay(config: PhpArray, sections: PhpArray): readonly PhpArray[] {
  if (!sections.has('virtualip')) return [];
  return [...arrayAt(config, 'virtualip/vip').values()].flatMap(vip => {
    if (!isArray(vip)) return [];
    const [mode, on] = [textAt(vip, 'mode'), textAt(vip, 'interface')];
    const isOnCarp = on.startsWith('_vip');
    if (mode === 'carp' || (mode === 'ipalias' && (isOnCarp || on.includes('lo0')))) return [];
    return ((mode === 'ipalias' || mode === 'proxyarp') && !isOnCarp) || on.includes('lo0') ? [vip] : [];
  });
}

/** One after the other to the front, so that they come out in the other order. */
function putInFront(config: PhpArray, vips: readonly PhpArray[]): void {
  if (vips.length === 0) return;
  const all: PhpArray = new Map();
  for (const vip of vips.toReversed()) append(all, copyOf(vip));
  for (const vip of arrayAt(config, 'virtualip/vip').values()) append(all, vip);
  setAt(config, 'virtualip/vip', all);
}

/**
 * Lays what is sent over a config: a key of a section replaces the key, a key that is not sent stays. A section that is an
 * empty array on one side says nothing, and one that is empty on both is gone (facts.md §1.5, points 6 and 7).
 */
function mergeTwoLevels(config: PhpArray, sections: PhpArray): PhpArray {
  const result: PhpArray = new Map();
  for (const source of [config, sections]) {
    for (const [name, value] of source) {
      if (!isArray(value)) {
        result.set(name, value);
        continue;
      }
      for (const [key, inner] of value) {
        let section = result.get(name);
        if (!isArray(section)) {
          section = phpMap({});
          result.set(name, section);
        }
        section.set(key, inner);
      }
    }
  }
  return result;
}

/** A node keeps its own name and its own certificates in Kea's high availability. */
function keepOwnKea(config: PhpArray, before: PhpArray): void {
  for (const ha of ['kea/ha', 'kea6/ha']) {
    const keep = (key: string, isKept = true) => {
      const own = isKept ? valueAt(before, `${ha}/${key}`) : undefined;
      if (own !== undefined && own !== '') setAt(config, `${ha}/${key}`, own);
      else deleteAt(config, `${ha}/${key}`);
    };
    const keepFlag = (key: string, isKept: boolean) => {
      if (isKept) setAt(config, `${ha}/${key}`, true);
      else deleteAt(config, `${ha}/${key}`);
    };
    const hasTls = isFlag(before, `${ha}/tls`);
    const isMutual = hasTls && isFlag(before, `${ha}/mutualtls`);
    keepFlag('tls', hasTls);
    keep('scertref', hasTls);
    keepFlag('mutualtls', isMutual);
    keep('ccertref', isMutual);
    keep('localname', isTrue(valueAt(before, `${ha}/localname`)));
  }
}

function isFlag(config: PhpArray, path: string): boolean {
  const value = valueAt(config, path);
  return value !== undefined && value !== null && value !== false;
}
