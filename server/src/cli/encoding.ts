import { type DocumentKind, documentKindOf } from '../model/documentKind.ts';

/** How a file's bytes became text, and how the text becomes bytes again. */
export interface Encoding {
  /** As it is called in sentences: `UTF-8`, `ISO-8859-1`. */
  readonly name: string;
  readonly hasByteOrderMark: boolean;
  /** Whether every byte was understood. Where not, the text holds U+FFFD and must not be written back. */
  readonly isFaithful: boolean;
}

export type Decoded =
  | { readonly isText: true; readonly text: string; readonly encoding: Encoding }
  /** Why the bytes cannot be checked and what to do, to be read behind the file's name; and what they would be otherwise. */
  | { readonly isText: false; readonly problem: string; readonly kind: DocumentKind };

/**
 * Decodes a file. pfSense writes UTF-8; what an XML declaration says otherwise is heard where it is an encoding of
 * single bytes. A byte order mark is no part of the text.
 */
export function decodeBytes(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const problem = `is ${wide}, and pfSense reads UTF-8 only; convert it, for instance with: iconv -f ${wide} -t UTF-8`;
    // To know what it is, the zeros between the letters can simply be left out.
    const start = new TextDecoder('latin1').decode(bytes.subarray(0, 8192)).replace(/[^\t\n\r -~]/g, '');
    return { isText: false, problem, kind: documentKindOf(start) };
  }
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = hasByteOrderMark ? bytes.subarray(3) : bytes;
  const declared = hasByteOrderMark ? undefined : declaredEncoding(body);
  if (declared !== undefined) {
    const text = decodeSingleBytes(body, declared);
    return { isText: true, text, encoding: { name: declared, hasByteOrderMark, isFaithful: !text.includes('\ufffd') } };
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const isFaithful = !text.includes('\ufffd') || isValidUtf8(body);
  return { isText: true, text, encoding: { name: 'UTF-8', hasByteOrderMark, isFaithful } };
}

/** The bytes of a text; absent where the encoding has no bytes for one of its characters. */
export function encodeText(text: string, { name, hasByteOrderMark }: Encoding): Uint8Array | undefined {
  if (name !== 'UTF-8') return encodeSingleBytes(text, name);
  return new TextEncoder().encode(hasByteOrderMark ? `\ufeff${text}` : text);
}

/** UTF-16 and UTF-32 by their byte order marks, and UTF-16 without one by the zero beside the first `<`. */
function wideEncoding([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (a === 0x3c && b === 0) return 'UTF-16LE';
  return a === 0 && b === 0x3c ? 'UTF-16BE' : undefined;
}

/** The encoding that the XML declaration names, where it is another one than UTF-8 and one of single bytes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const name = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  if (name === undefined || !/^(?:iso-?8859-\d+|windows-125\d|latin1|koi8-[ru]|macintosh)$/i.test(name))
    return undefined;
  try {
    return new TextDecoder(name) && name;
  } catch (error) {
    // A name that only looks like one (iso-8859-99): then the bytes are read as UTF-8.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The characters of windows-1252 from 0x80 on; those without one are the control characters that they are in ISO-8859-1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** `TextDecoder` takes ISO-8859-1 for windows-1252, which in XML it is not, and some versions of Node decode neither rightly. */
function decodeSingleBytes(bytes: Uint8Array, name: string): string {
  const isLatin1 = /^(?:iso-?8859-1|latin1)$/i.test(name);
  if (!isLatin1 && !/^windows-1252$/i.test(name)) return new TextDecoder(name).decode(bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return isLatin1 ? text : text.replace(/[\u0080-\u009f]/g, c => windows1252[c.charCodeAt(0) - 0x80] ?? c);
}

function encodeSingleBytes(text: string, name: string): Uint8Array | undefined {
  const all = decodeSingleBytes(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    name,
  );
  const byteOf = new Map([...all].map((character, i) => [character.charCodeAt(0), i]));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = byteOf.get(text.charCodeAt(i));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}
