/**
 * Character classes of XML 1.0, one byte of bits for each UTF-16 unit: a scan looks a unit up once and asks for a bit.
 *
 * Surrogates count as name characters (U+10000 to U+EFFFF are), and as odd, since one alone is no character.
 */
export const CharacterClass = {
  nameStart: 1,
  nameRest: 2,
  /** Space, TAB, LF, CR. */
  space: 4,
  /** Where a run of text stops for a look: `<`, `&`, `]` and odd units. */
  textStop: 8,
  /** A unit that may be no character: controls, surrogates, U+FFFE and U+FFFF. */
  odd: 16,
  /** Where a run of CDATA stops for a look: `]` and odd units. */
  cdataStop: 32,
  /** Where a run of a comment stops for a look: `-` and odd units. */
  commentStop: 64,
} as const;

export function isSpace(unit: number): boolean {
  return (classes[unit]! & CharacterClass.space) !== 0;
}

/** NameStartChar of XML 1.0. */
export function isNameStart(unit: number): boolean {
  return (classes[unit]! & CharacterClass.nameStart) !== 0;
}

/** NameChar of XML 1.0. */
export function isNameRest(unit: number): boolean {
  return (classes[unit]! & CharacterClass.nameRest) !== 0;
}

/** A unit that no XML text may hold by itself (control characters, U+FFFE, U+FFFF); surrogates are looked at in pairs. */
export function isForbidden(unit: number): boolean {
  return (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) || unit >= 0xfffe;
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

export function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Whether XML 1.0 allows this code point (production Char). */
export function isCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function characterClasses(): Uint8Array {
  const { nameStart, nameRest, space, textStop, odd, cdataStop, commentStop } = CharacterClass;
  const table = new Uint8Array(0x10000);
  const mark = (from: number, to: number, bits: number) => {
    for (let unit = from; unit <= to; unit++) table[unit]! |= bits;
  };
  for (const [from, to] of nameStarts) mark(from, to, nameStart | nameRest);
  for (const [from, to] of nameRests) mark(from, to, nameRest);
  for (const unit of [32, 9, 10, 13]) mark(unit, unit, space);
  for (const [from, to] of oddUnits) mark(from, to, odd | textStop | cdataStop | commentStop);
  for (const character of '<&]') mark(character.charCodeAt(0), character.charCodeAt(0), textStop);
  mark(93, 93, cdataStop);
  mark(45, 45, commentStop);
  return table;
}

type Range = readonly [from: number, to: number];

/** NameStartChar, https://www.w3.org/TR/xml/#NT-NameStartChar, with the surrogates for its last range. */
const nameStarts: readonly Range[] = [
  [58, 58],
  [65, 90],
  [95, 95],
  [97, 122],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xdfff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
];

const nameRests: readonly Range[] = [
  [45, 46],
  [48, 57],
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

const oddUnits: readonly Range[] = [
  [0, 8],
  [11, 12],
  [14, 31],
  [0xd800, 0xdfff],
  [0xfffe, 0xffff],
];

/** The bits of {@link CharacterClass} for every unit. */
export const classes = characterClasses();
