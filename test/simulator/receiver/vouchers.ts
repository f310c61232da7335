import {
  append,
  arrayAt,
  copyOf,
  isArray,
  isTrue,
  looseEqual,
  type PhpArray,
  phpMap,
  setAt,
  valueAt,
} from '../php/value.ts';

const ownKeys = ['vouchersyncdbip', 'vouchersyncusername', 'vouchersyncpass'];

/**
 * Takes the rolls out of the vouchers that were sent, and puts a node's own settings into them.
 * @returns the vouchers as they were sent, rolls and all
 */
export function keepOwnVoucherSettings(config: PhpArray, sections: PhpArray): PhpArray {
  const vouchers = sections.get('voucher');
  if (!isArray(vouchers)) return phpMap({});
  const sent = copyOf(vouchers);
  for (const [name, zone] of vouchers) {
    if (!isArray(zone)) continue;
    zone.delete('roll');
    for (const key of ownKeys) {
      const own = valueAt(config, `voucher/${name}/${key}`);
      if (own === undefined) zone.delete(key);
      else zone.set(key, own);
    }
  }
  return sent;
}

/** Adds the rolls that were sent to those that a zone still has: by number, a newer `lastsync` in the old one's place. */
export function addRolls(config: PhpArray, sent: PhpArray): void {
  for (const [name, zone] of sent) {
    const path = `voucher/${name}/roll`;
    const rolls = isArray(zone) ? zone.get('roll') : undefined;
    if (!isArray(rolls)) continue;
    const own = new Map(arrayAt(config, path));
    const byNumber = new Map([...own].map(([key, roll]) => [isArray(roll) ? roll.get('number') : undefined, key]));
    for (const roll of rolls.values()) {
      if (!isArray(roll)) continue;
      const key = byNumber.get(roll.get('number'));
      const before = key === undefined ? undefined : own.get(key);
      if (key === undefined || !isArray(before)) append(own, roll);
      else if (isTrue(roll.has('lastsync')) && !looseEqual(roll.get('lastsync'), before.get('lastsync') ?? 0)) {
        own.set(key, roll);
      }
    }
    setAt(config, path, own);
  }
}
