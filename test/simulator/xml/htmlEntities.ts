/** The names of HTML 4.01 for the characters from U+00A0 to U+00FF, in order. */
const latin =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil
Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute
Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute
icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`.split(
    /\s+/,
  );

/** The Greek capitals from U+0391, without U+03A2, which is none, and the small letters from U+03B1. */
const capitals = `Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau
Upsilon Phi Chi Psi Omega`.split(/\s+/);
const smalls = `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau
upsilon phi chi psi omega`.split(/\s+/);

/** All the others: name and code point. */
const others =
  `quot 22 amp 26 lt 3C gt 3E OElig 152 oelig 153 Scaron 160 scaron 161 Yuml 178 fnof 192 circ 2C6 tilde 2DC
thetasym 3D1 upsih 3D2 piv 3D6 ensp 2002 emsp 2003 thinsp 2009 zwnj 200C zwj 200D lrm 200E rlm 200F ndash 2013 mdash 2014
lsquo 2018 rsquo 2019 sbquo 201A ldquo 201C rdquo 201D bdquo 201E dagger 2020 Dagger 2021 bull 2022 hellip 2026 permil 2030
prime 2032 Prime 2033 lsaquo 2039 rsaquo 203A oline 203E frasl 2044 euro 20AC image 2111 weierp 2118 real 211C trade 2122
alefsym 2135 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21B5 lArr 21D0 uArr 21D1 rArr 21D2 dArr 21D3 hArr 21D4
forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 ni 220B prod 220F sum 2211 minus 2212
lowast 2217 radic 221A prop 221D infin 221E ang 2220 and 2227 or 2228 cap 2229 cup 222A int 222B there4 2234 sim 223C
cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 nsub 2284 sube 2286 supe 2287 oplus 2295
otimes 2297 perp 22A5 sdot 22C5 lceil 2308 rceil 2309 lfloor 230A rfloor 230B lang 2329 rang 232A loz 25CA spades 2660
clubs 2663 hearts 2665 diams 2666`.split(/\s+/);

function table(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const run = (list: readonly string[], first: number) => {
    for (const [i, name] of list.entries()) if (name !== '-') names.set(name, String.fromCodePoint(first + i));
  };
  run(latin, 0xa0);
  run(capitals, 0x391);
  run(smalls, 0x3b1);
  for (let i = 0; i < others.length; i += 2) {
    names.set(others[i] ?? '', String.fromCodePoint(Number.parseInt(others[i + 1] ?? '', 16)));
  }
  return names;
}

/** The 252 named characters of HTML 4.01, by name. */
export const html4Characters = table();
const html4Names: ReadonlyMap<string, string> = new Map([...html4Characters].map(([name, text]) => [text, name]));

/**
 * How a release writes text: PHP 7.4 and PHP 8 with the names of HTML 4.01, which differ in the single quote, and since
 * config version 24.5 with the five names of XML (facts.md §3).
 */
export type TextEncoding = 'html, double quotes' | 'html, both quotes' | 'xml';

const xmlNames: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** What PHP's htmlentities makes of a text. */
export function encodeText(text: string, encoding: TextEncoding): string {
  if (encoding === 'xml') return text.replace(/[&<>"']/g, character => `&${xmlNames[character]};`);
  const named = text.replace(/[^\0-!#-%'-;=?-\u009F]/gu, character => {
    const name = html4Names.get(character);
    return name === undefined ? character : `&${name};`;
  });
  return encoding === 'html, both quotes' ? named.replaceAll("'", '&#039;') : named;
}

/** What PHP's html_entity_decode makes of a text: names that it does not know stay. */
export function decodeText(text: string, encoding: TextEncoding): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#[Xx]([\dA-Fa-f]+)|([A-Za-z][\dA-Za-z]*));/g, (whole, decimal, hex, name) => {
    const decoded = name === undefined ? fromCode(decimal, hex) : fromName(name, encoding);
    // Without ENT_QUOTES a single quote stays encoded.
    return decoded === undefined || (decoded === "'" && encoding === 'html, double quotes') ? whole : decoded;
  });
}

function fromName(name: string, encoding: TextEncoding): string | undefined {
  if (encoding !== 'xml') return html4Characters.get(name);
  return Object.entries(xmlNames).find(([, each]) => each === name)?.[0];
}

function fromCode(decimal: string | undefined, hexadecimal: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code < 127) || code >= 160;
  return isCharacter && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}
