import type { XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * What a file is. Only a `pfsense` one is checked; the others are said to be what they are, or left alone.
 * `encrypted`: a backup that pfSense encrypted with a password. `area`: one area of pfSense's backup page, with that
 * area's element as root (facts.md §5). `other`: any other XML. `none`: no XML at all, or nothing yet.
 */
export type DocumentKind = 'pfsense' | 'opnsense' | 'encrypted' | 'area' | 'other' | 'none';

/**
 * What a file is, from its text, from the first few thousand characters of it, or from a document that has been scanned
 * already. Of a text it reads no further than the root's start tag (for an area: its first child's), so it is quick on
 * any file, also on one that is no XML at all.
 */
export function documentKindOf(source: string | XmlDocument): DocumentKind {
  if (typeof source === 'string') return kindOfText(source);
  const { root, branches } = source.tree;
  const start = source.buffer.slice(0, 1000);
  return root
    ? unlessText(
        start,
        kindOfRoot(root.tag, () => branches[0]?.top.tag),
      )
    : kindOfText(start);
}

/** In one sentence, for a person, what a file is that is no pfSense config; it fits a note in an editor and an error alike. */
export const documentKindTexts = {
  opnsense: 'This is an OPNsense config; only pfSense configs are checked.',
  encrypted:
    'This is an encrypted pfSense backup; export the config again without encryption, or decrypt it, to have it checked.',
  area: 'This is a pfSense backup of the area <{root}> alone; only a whole config.xml is checked.',
  other: 'The root element is <{root}>, not <pfsense>: this is no pfSense config.',
  none: 'This is no XML, so it is no pfSense config.',
} as const satisfies Record<Exclude<DocumentKind, 'pfsense'>, string>;

/** The sentence about a file that is no pfSense config; absent for one that is. */
export function describeDocument(document: XmlDocument): string | undefined {
  const kind = documentKindOf(document);
  return kind === 'pfsense' ? undefined : documentKindTexts[kind].replace('{root}', document.tree.root?.tag ?? '');
}

function kindOfText(text: string): DocumentKind {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  if (/^\s*-{4} BEGIN config\.xml -{4}/.test(text.slice(start, start + 1000))) return 'encrypted';
  const root = nextTag(text, start);
  if (!root) return 'none';
  return unlessText(
    text,
    kindOfRoot(root.name, () => nextTag(text, root.end)?.name),
  );
}

/**
 * Of text with a tag somewhere in it only what names a firewall is taken for one, with a slip before its root. Where much
 * stands before the first tag, it is no slip: JSON or prose that speaks of `<pfsense>` is no config.
 */
function unlessText(text: string, kind: DocumentKind): DocumentKind {
  const head = text.slice(0, 1000);
  if (kind === 'other') return /^\ufeff?\s*</.test(head) ? kind : 'none';
  const tag = head.indexOf('<');
  return (tag < 0 ? head : head.slice(0, tag)).trim().length > 500 ? 'none' : kind;
}

/** pfSense lower-cases the root's name as it does every other (xmlparse.inc:startElement). */
function kindOfRoot(root: string, firstChild: () => string | undefined): DocumentKind {
  const name = root.toLowerCase();
  if (name === 'pfsense' || name === 'opnsense') return name;
  const children = areas.get(name);
  const child = children && firstChild()?.toLowerCase();
  return child !== undefined && children?.test(child) === true ? 'area' : 'other';
}

/**
 * The areas of pfSense's backup page whose export is beyond doubt, with what their first child is named.
 * Names such as `<system>`, `<filter>` and `<cron>` are also the roots of other programs' files, so a root alone is not enough.
 */
const areas: ReadonlyMap<string, RegExp> = new Map([
  ['aliases', /^alias$/],
  ['dhcpd', /^(?:wan|lan|opt\d+)$/],
  ['dhcpdv6', /^(?:wan|lan|opt\d+)$/],
  ['dnshaper', /^queue$/],
  ['filter', /^(?:rule|separator|bypassstaticroutes)$/],
  ['interfaces', /^(?:wan|lan|opt\d+)$/],
  ['ipsec', /^(?:client|phase1|phase2|mobilekey)$/],
  ['nat', /^(?:outbound|onetoone|npt|separator)$/],
  ['openvpn', /^openvpn-(?:server|client|csc)$/],
  ['staticroutes', /^route$/],
  ['unbound', /^(?:active_interface|outgoing_interface|custom_options|hideidentity|dnssec)$/],
  ['vlans', /^vlan$/],
  ['wol', /^wolentry$/],
]);

/** The first start tag at or behind `from`: past the declaration, comments, a document type, and text that has no business there. */
function nextTag(text: string, from: number): { readonly name: string; readonly end: number } | undefined {
  const markup =
    /<!--[\s\S]*?(?:-->|$)|<\?(?:(?!\?>).)*\?>|<\?(?:[^?<]|\?(?!>))*(?:\?>)?|<!DOCTYPE(?:[^<>[\]"']|"[^"]*"|'[^']*'|\[[\s\S]*?\]\s*(?=>))*>?/y;
  for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at)) {
    markup.lastIndex = at;
    const skipped = markup.exec(text)?.[0].length;
    if (skipped !== undefined) {
      at += skipped;
      continue;
    }
    const name = /^<([\p{L}_:][\p{L}\p{N}_:.-]*)/u.exec(text.slice(at, at + 200))?.[1];
    if (name !== undefined) return { name, end: at + 1 + name.length };
    at++;
  }
  return undefined;
}
