/**
 * The date that a number of seconds since 1970 means, as pfSense stores times: `2026-11-22 14:03:05 UTC`. Absent where the
 * text is no such number, or beyond the year 9999.
 */
export function formatEpoch(text: string): string | undefined {
  if (!/^\d{1,12}(?:\.\d+)?$/.test(text)) return undefined;
  const seconds = Math.floor(Number(text));
  return seconds < lastSecond ? formatTime(seconds * 1000) : undefined;
}

/** @param time in milliseconds since 1970 */
export function formatTime(time: number): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/** Of the year 10000. */
const lastSecond = 253_402_300_800;
