import { createHash, randomBytes } from 'node:crypto';
import { canonicalText } from '../sameSection.ts';
import type { SectionValue } from '../xmlRpc/value.ts';

/** A new salt, in hexadecimal. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/** Tells sections apart without telling what is in them; undefined for one that holds nothing. The same for what is the same to pfSense. */
export function digestOf(name: string, value: SectionValue | undefined, salt: string): string | undefined {
  const text = canonicalText(name, value);
  return text === undefined ? undefined : createHash('sha256').update(`${salt}\n${name}\n${text}`).digest('hex');
}

/** The name of a run, which sorts by time: `20261129T145500123Z-1f3a`. */
export function newRunName(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(2).toString('hex')}`;
}
