/** Character classes of XML 1.0, as tables over the units below 128 and tests above. */

const nameStart = 1;
const nameRest = 2;
const space = 4;
const textStop = 8;
const control = 16;

const classes = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const letter = (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95 || unit === 58;
  const digit = unit >= 48 && unit <= 57;
  if (letter) classes[unit]! |= nameStart | nameRest;
  if (digit || unit === 45 || unit === 46) classes[unit]! |= nameRest;
  if (unit === 32 || unit === 9 || unit === 10 || unit === 13) classes[unit]! |= space;
  else if (unit < 32) classes[unit]! |= control | textStop;
  if (unit === 60 || unit === 38 || unit === 93) classes[unit]! |= textStop;
}

export function isSpace(unit: number): boolean {
  return unit < 128 && (classes[unit]! & space) !== 0;
}

/** Whether a run of text ends here for a look: markup, a reference, the end of CDATA, or a unit that may be no character. */
export function stopsText(unit: number): boolean {
  return unit < 128 ? (classes[unit]! & textStop) !== 0 : unit >= 0xd800 && (unit < 0xe000 || unit >= 0xfffe);
}

/** A unit that no XML text may hold by itself (control characters, U+FFFE, U+FFFF); surrogates are looked at in pairs. */
export function isForbidden(unit: number): boolean {
  return unit < 128 ? (classes[unit]! & control) !== 0 : unit >= 0xfffe;
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** NameStartChar of XML 1.0; surrogate pairs count as name characters, as U+10000 to U+EFFFF are. */
export function isNameStart(unit: number): boolean {
  if (unit < 128) return (classes[unit]! & nameStart) !== 0;
  return (
    (unit >= 0xc0 && unit <= 0x2ff && unit !== 0xd7 && unit !== 0xf7) ||
    (unit >= 0x370 && unit <= 0x1fff && unit !== 0x37e) ||
    unit === 0x200c ||
    unit === 0x200d ||
    (unit >= 0x2070 && unit <= 0x218f) ||
    (unit >= 0x2c00 && unit <= 0x2fef) ||
    (unit >= 0x3001 && unit <= 0xdfff) ||
    (unit >= 0xf900 && unit <= 0xfdcf) ||
    (unit >= 0xfdf0 && unit <= 0xfffd)
  );
}

/** NameChar of XML 1.0. */
export function isNameRest(unit: number): boolean {
  if (unit < 128) return (classes[unit]! & nameRest) !== 0;
  return unit === 0xb7 || (unit >= 0x300 && unit <= 0x36f) || unit === 0x203f || unit === 0x2040 || isNameStart(unit);
}
