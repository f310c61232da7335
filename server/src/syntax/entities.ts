/**
 * Which named references a reader knows: pfSense up to config version 24.4 decodes those of HTML 4.01,
 * from 24.5 the five of XML (facts.md §3).
 */
export type EntitySet = 'html' | 'xml';

const xmlEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces references by the characters that they mean; unknown ones stay as they are. One pass: what comes out is not decoded again. */
export function decodeReferences(text: string, _entities: EntitySet): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return xmlEntities[name] ?? whole;
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
