/** What a person asks of a certificate (RFC 5280). */
export interface CertificateFacts {
  /** The common name of who it is for; absent where it has none. */
  readonly subject: string | undefined;
  /** The common name of who has signed it. */
  readonly issuer: string | undefined;
  /** In milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** One value of DER: its tag, and where its content lies among the bytes. */
interface Der {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a certificate as pfSense stores it in `crt`: the base64 of a PEM text (certs.inc). Of a chain the first. Absent
 * where the text is none.
 */
export function readCertificate(text: string): CertificateFacts | undefined {
  const pem = fromBase64(text);
  const body = pem && /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END/.exec(pem)?.[1];
  const bytes = body && fromBase64(body);
  return bytes ? factsOf(bytes) : undefined;
}

/** `Certificate ::= SEQUENCE { SEQUENCE { [0] version, serial, algorithm, issuer, validity, subject …` */
function factsOf(bytes: string): CertificateFacts | undefined {
  const [certificate] = valuesIn(bytes, { from: 0, to: bytes.length });
  const [signed] = certificate ? valuesIn(bytes, certificate) : [];
  const fields = signed ? valuesIn(bytes, signed) : [];
  const [, , issuer, validity, subject] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const [notBefore, notAfter] = (validity ? valuesIn(bytes, validity) : []).map(each => timeOf(bytes, each));
  if (!issuer || !subject || notBefore === undefined || notAfter === undefined) return undefined;
  return { subject: commonName(bytes, subject), issuer: commonName(bytes, issuer), notBefore, notAfter };
}

/** The object identifier 2.5.4.3. */
const commonNameId = '\x55\x04\x03';

/** A name is a sequence of sets of pairs of an identifier and a text. */
function commonName(bytes: string, name: Der): string | undefined {
  for (const set of valuesIn(bytes, name)) {
    for (const pair of valuesIn(bytes, set)) {
      const [id, text] = valuesIn(bytes, pair);
      if (id && text && bytes.slice(id.from, id.to) === commonNameId) return textOf(bytes, text);
    }
  }
  return undefined;
}

/** UTF-8 and what is a part of it; of the older kinds with two bytes a character, BMPString. */
function textOf(bytes: string, { tag, from, to }: Der): string {
  const units = Array.from(bytes.slice(from, to), each => each.charCodeAt(0));
  const encoding = tag === 0x1e ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(Uint8Array.from(units));
}

/** UTCTime has two digits of the year, of 1950 to 2049; GeneralizedTime four. */
function timeOf(bytes: string, { tag, from, to }: Der): number | undefined {
  const text = bytes.slice(from, to);
  const full = tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text : text;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full)?.map(Number) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(time) ? undefined : time;
}

/** The values that stand one after the other in a stretch of DER; the first that is cut off or too long ends them. */
function valuesIn(bytes: string, { from, to }: Pick<Der, 'from' | 'to'>): readonly Der[] {
  const found: Der[] = [];
  for (let at = from; at + 2 <= to && found.length < mostValues; ) {
    const tag = bytes.charCodeAt(at);
    const length = lengthAt(bytes, at + 1);
    if (!length || length.from + length.value > to) break;
    found.push({ tag, from: length.from, to: length.from + length.value });
    at = length.from + length.value;
  }
  return found;
}

/** A name has a handful of parts, and a certificate eleven. */
const mostValues = 100;

/** A length of up to 127 stands there itself, a longer one behind the number of its bytes. */
function lengthAt(bytes: string, at: number): { readonly value: number; readonly from: number } | undefined {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { value: first, from: at + 1 };
  const count = first - 0x80;
  if (count === 0 || count > 4 || at + 1 + count > bytes.length) return undefined;
  let value = 0;
  for (let i = 1; i <= count; i++) value = value * 256 + bytes.charCodeAt(at + i);
  return { value, from: at + 1 + count };
}

/** One character a byte; absent where it is no base64. */
export function fromBase64(text: string): string | undefined {
  const digits = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (digits === '' || digits.length > longest || /[^\d+/A-Za-z]/.test(digits) || digits.length % 4 === 1)
    return undefined;
  return atob(digits);
}

/** A chain of a few certificates has some thousand. */
const longest = 1_000_000;
