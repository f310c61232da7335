import assert from 'node:assert/strict';
import { type ConfigVersion, readVersion } from '../../../server/src/model/version.ts';
import type { HttpAnswer } from '../../../server/src/sync/xmlRpc/faults.ts';
import { SoundSections } from '../../../server/src/sync/xmlRpc/soundSections.ts';
import type { SectionMap } from '../../../server/src/sync/xmlRpc/value.ts';
import { configOf } from '../model/readers.ts';

export function version(text: string): ConfigVersion {
  return configOf(`<version>${text}</version>`).query(readVersion);
}

/** Sections that must be fit to be sent. */
export function soundSections(sections: SectionMap, of = '24.5'): SoundSections {
  const check = SoundSections.check(sections, version(of));
  assert.ok(check.kind === 'sound', JSON.stringify(check.kind === 'refused' && check.refusals));
  return check.sections;
}

export function answerOf(
  body: string | Uint8Array,
  { status = 200, type = 'text/xml; charset=utf-8', isWhole = true, location = '' } = {},
): HttpAnswer {
  const headers = new Map([['content-type', type]]);
  if (location !== '') headers.set('location', location);
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body) : body, isWhole };
}
