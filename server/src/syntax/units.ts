/** Characters that this file and its readers name, as UTF-16 units. */
export const Unit = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  exclamation: 33,
  quote: 34,
  hash: 35,
  ampersand: 38,
  apostrophe: 39,
  hyphen: 45,
  slash: 47,
  semicolon: 59,
  lessThan: 60,
  equals: 61,
  greaterThan: 62,
  question: 63,
  bracketOpen: 91,
  bracketClose: 93,
  smallX: 120,
  byteOrderMark: 0xfeff,
} as const;

/** Writes the text's units into `target` from `at` on. */
export function encodeUnits(text: string, target: Uint16Array, at: number): void {
  if (hasNativeUnits && text.length > worthNative) {
    Buffer.from(target.buffer, target.byteOffset + at * 2, text.length * 2).write(text, 'utf16le');
  } else for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i);
}

export function isLineEnd(unit: number): boolean {
  return unit === Unit.lineFeed || unit === Unit.carriageReturn;
}

/** Space or TAB. */
export function isBlank(unit: number): boolean {
  return unit === Unit.space || unit === Unit.tab;
}

/** The memory of units as bytes, for {@link decodeBytes}; absent where nothing native reads them. */
export function bytesOf(units: Uint16Array): Buffer | undefined {
  return hasNativeUnits ? Buffer.from(units.buffer, units.byteOffset, units.byteLength) : undefined;
}

/** The text of `units[start..end)`. Whoever reads often hands over {@link bytesOf} them, as all but the shortest texts are copied natively. */
export function decodeUnits(units: Uint16Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 4) return decodeFew(units, start, length);
  if (length <= 8) return decodeFew(units, start, 4) + decodeFew(units, start + 4, length - 4);
  if (length > worthNative) {
    const bytes = bytesOf(units.subarray(start, end));
    if (bytes) return bytes.toString('utf16le');
  }
  let text = '';
  for (let i = start; i < end; i += pieceLength) {
    text += String.fromCharCode.apply(null, units.subarray(i, Math.min(end, i + pieceLength)) as unknown as number[]);
  }
  return text;
}

/** As {@link decodeUnits}, of units whose bytes are at hand. */
export function decodeBytes(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf16le', start * 2, end * 2);
}

/** Up to four units. Most texts of a config are as short, and for these all that makes an object costs more than the text. */
function decodeFew(units: Uint16Array, at: number, count: number): string {
  switch (count) {
    case 0:
      return '';
    case 1:
      return String.fromCharCode(units[at]!);
    case 2:
      return String.fromCharCode(units[at]!, units[at + 1]!);
    case 3:
      return String.fromCharCode(units[at]!, units[at + 1]!, units[at + 2]!);
    default:
      return String.fromCharCode(units[at]!, units[at + 1]!, units[at + 2]!, units[at + 3]!);
  }
}

/** `String.fromCharCode.apply` takes its arguments on the stack, so long texts go in pieces. */
const pieceLength = 8192;

/** Below so many units the call of a native copy costs more than a loop. */
const worthNative = 256;

/**
 * Node copies between strings and little-endian UTF-16 natively, also unpaired surrogates: 1.5 ms for 5 MB where a
 * loop needs 11. A browser has no such call; there the loops do it.
 */
const hasNativeUnits = typeof Buffer !== 'undefined' && new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
