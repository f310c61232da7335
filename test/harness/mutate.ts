import { removeElement } from '../../server/src/model/write.ts';
import { Element, spanOf } from '../../server/src/syntax/tree.ts';
import { type TextEdit, XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import fc from './fastCheck.ts';

/** The texts of two nodes. */
export interface PairTexts {
  readonly primary: string;
  readonly secondary: string;
}

export type Side = keyof PairTexts;

/** One mistake to put into one file, or the same into both: what is done, and numbers that choose where and with what. */
export interface Mutation {
  readonly kind: ValueKind | BreakKind;
  readonly sides: readonly Side[];
  readonly target: number;
  readonly value: number;
}

export interface Mutated {
  readonly texts: PairTexts;
  /** The texts as they were each time before their markup was broken. */
  readonly unbroken: readonly PairTexts[];
  /** What was done, in words. */
  readonly log: readonly string[];
}

type ValueKind = keyof typeof changes;
type BreakKind = keyof typeof breaks;

/** What an operator works on. */
interface Input {
  readonly document: XmlDocument;
  readonly peer: XmlDocument;
  readonly target: number;
  readonly value: number;
}

/** What an operator does; absent where the file has nothing to do it to. */
interface Change {
  readonly edits: readonly TextEdit[];
  readonly words: string;
}

const sides = fc.constantFrom<readonly Side[]>(['primary'], ['secondary'], ['primary', 'secondary']);

function mutation<K extends Mutation['kind']>(kinds: fc.Arbitrary<K>): fc.Arbitrary<Mutation> {
  const number = fc.nat({ max: 0xffff });
  return fc.record({ kind: kinds, sides, target: number, value: number });
}

/** One to four mistakes of values and structure; now and then the last of them breaks the markup. */
export function mutations(): fc.Arbitrary<readonly Mutation[]> {
  // A value is what people get wrong most often.
  const weighted: ValueKind[] = ['setValue', 'setValue', 'setValue', 'setAddress', 'setAddress', 'copyFromPeer'];
  const kinds = fc.constantFrom<ValueKind>(...weighted, ...(Object.keys(changes) as ValueKind[]));
  const some = fc.array(mutation(kinds), { minLength: 1, maxLength: 4 });
  const broken = fc
    .tuple(
      fc.array(mutation(kinds), { maxLength: 2 }),
      fc.array(mutation(fc.constantFrom(...(Object.keys(breaks) as BreakKind[]))), { minLength: 1, maxLength: 2 }),
    )
    .map(([first, last]) => [...first, ...last]);
  return fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: broken });
}

/** Puts the mistakes in, one after the other. */
export function mutate(texts: PairTexts, list: readonly Mutation[]): Mutated {
  let current = texts;
  const unbroken: PairTexts[] = [];
  const log: string[] = [];
  for (const { kind, sides: where, target, value } of list) {
    for (const side of where) {
      const document = new XmlDocument(side, current[side]);
      const other = side === 'primary' ? 'secondary' : 'primary';
      const peer = new XmlDocument(other, current[other]);
      const change = { ...changes, ...breaks }[kind]({ document, peer, target, value });
      if (!change) continue;
      // A capital in one of two tags breaks the markup too.
      if (kind in breaks || kind === 'capitals') unbroken.push(current);
      current = { ...current, [side]: splice(current[side], change.edits) };
      log.push(`${side}: ${kind}: ${change.words}`);
    }
  }
  return { texts: current, unbroken, log };
}

/** The text with the edits done, whose offsets all count in the text as it is given. */
export function splice(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { from, to, text: inserted } of [...edits].sort((a, b) => a.from - b.from)) {
    result += text.slice(done, from) + inserted;
    done = to;
  }
  return result + text.slice(done);
}

/** Values that people and programs write into an element of that name, right ones and wrong ones. */
const values: Readonly<Record<string, readonly string[]>> = {
  version: ['22.2', '23.3', '24.0', '9.8', '99.9', ''],
  subnet_bits: ['8', '24', '32', '28', '64', '128', '0', '33', ''],
  vhid: ['1', '2', '3', '10', '255', '256', '300', '0', '', 'x'],
  advskew: ['0', '100', '101', '1', '50', '240', '254', '255', '', 'x'],
  advbase: ['1', '2', '0', '254', '255', '', 'x'],
  password: ['', '<![CDATA[one]]>', '<![CDATA[two]]>', 'one', '<![CDATA[a &amp; b]]>'],
  mode: ['carp', 'ipalias', 'proxyarp', 'other', 'automatic', 'hybrid', 'advanced', 'disabled', ''],
  uniqid: ['1', '68761a40a1c30', '62a84e3a5d2f1', ''],
  interface: ['wan', 'lan', 'opt1', 'opt2', 'opt9', 'lo0', '_vip68761a40a1c30', ''],
  if: ['vmx0', 'vmx1', 'vmx2', 'em0', 'igb3', 'ix1.10', 'ix1.20', 'ovpns1', 'gif0', 'lagg0', 'WAN', ''],
  descr: ['<![CDATA[LAN]]>', '<![CDATA[PFSYNC]]>', '<![CDATA[WAN &amp; more]]>', 'LAN', ''],
  type: ['single', 'network', ''],
  tag: ['10', '20', '30', '4094'],
  vlanif: ['ix1.10', 'ix1.20', 'ix1.30'],
  pfsyncenabled: ['on', 'off', ''],
  pfsyncinterface: ['opt1', 'opt2', 'lan', 'wan', 'opt9', ''],
  synchronizedhcpd: ['on', ''],
  synchronizevirtualip: ['on', ''],
  synchronizenat: ['on', ''],
  dhcpbackend: ['kea', 'isc', ''],
  role: ['primary', 'standby', 'secondary', ''],
  natip: ['', 'any'],
  target: ['', 'other-subnet', 'any'],
  network: ['10.0.0.0/8', 'lan', 'wanip', 'any', '127.0.0.0/8', '192.168.1.0/24', '2001:db8:100:10::/64', '(self)', ''],
  protocol: ['tcp', 'udp', 'esp', 'ipv6', ''],
  ipprotocol: ['inet', 'inet6', 'inet46'],
  gateway: ['none', '', 'WANGW', 'dynamic'],
  disabled: ['', 'on'],
};

/** Elements that hold an address; `subnet` does within a VIP, and a prefix length within an interface. */
const addressNames: ReadonlySet<string> = new Set([
  'ipaddr',
  'ipaddrv6',
  'subnet',
  'from',
  'to',
  'gateway',
  'failover_peerip',
  'pfsyncpeerip',
  'synchronizetoip',
  'target',
  'targetip',
  'natip',
  'localip',
  'remoteip',
]);

const prefixLengths = ['8', '16', '24', '26', '28', '30', '31', '32', '64', '0', '33', '', 'x'];

/** What may stand where an address is wanted, beside all the addresses of both files. */
const oddAddresses = ['', 'dhcp', 'dhcp6', 'track6', 'pppoe', 'x', '192.168.1.255', '10.0.0.0', '10.0.1.77', '0.0.0.0'];

const sections = new Set([
  ...['version', 'interfaces', 'virtualip', 'hasync', 'nat', 'dhcpd', 'dhcpbackend', 'kea', 'vlans', 'gateways'],
  ...['laggs', 'bridges', 'system', 'aliases'],
]);

const changes = {
  setValue: ({ document, target, value }: Input) => {
    const leaf = pick(
      leaves(document).filter(each => wanted(each).length > 0),
      target,
    );
    return leaf && setContent(leaf, pick(wanted(leaf), value));
  },
  setAddress: ({ document, peer, target, value }: Input) => {
    const leaf = pick(leaves(document).filter(isAddress), target);
    return leaf && setContent(leaf, pick([...addressesOf(document, peer), ...oddAddresses], value));
  },
  /** The peer's value at the same path, or a whole row or section of it. */
  copyFromPeer: ({ document, peer, target }: Input) => {
    const here = pick(relevant(document), target);
    const there = here && relevant(peer).find(each => pathOf(each) === pathOf(here) && each.content !== here.content);
    return here && there && setContent(here, there.content);
  },
  remove: ({ document, target }: Input) => {
    const element = pick(relevant(document), target);
    return element && { edits: [removeElement(element)], words: pathOf(element) };
  },
  duplicate: ({ document, target }: Input) => {
    const element = pick(relevant(document), target);
    return element && { edits: [insert(element.end, element.source)], words: pathOf(element) };
  },
  swapValues: ({ document, target, value }: Input) => {
    const one = pick(leaves(document), target);
    const other = one && pick(namesakes(one), value);
    return one && other && swap(one, other);
  },
  swapRows: ({ document, target, value }: Input) => {
    const one = pick(relevant(document), target);
    const other = one && pick(namesakes(one), value);
    if (!one || !other) return undefined;
    const edits = [
      { from: one.start, to: one.end, text: other.source },
      { from: other.start, to: other.end, text: one.source },
    ];
    return { edits, words: `${pathOf(one)} with ${pathOf(other)}` };
  },
  renameKey: ({ document, target, value }: Input) => {
    const interfaces = [document.find('interfaces'), document.find('dhcpd')].flatMap(each => each?.children() ?? []);
    const element = pick(interfaces, target);
    const name = pick(['wan', 'lan', 'opt1', 'opt2', 'opt7'], value) ?? 'opt7';
    return element && { edits: renameElement(element, name), words: `${pathOf(element)} to ${name}` };
  },
  capitals: ({ document, target, value }: Input) => {
    const element = pick(elements(document), target);
    const edits =
      element &&
      renameElement(
        element,
        element.tag.replace(/^./, first => first.toUpperCase()),
      );
    const chosen = edits && pick([edits, edits.slice(0, 1), edits.slice(1)], value);
    return element && chosen && { edits: chosen, words: pathOf(element) };
  },
  selfClose: ({ document, target }: Input) => {
    const element = pick(leaves(document), target);
    if (!element) return undefined;
    return { edits: [{ from: element.start, to: element.end, text: `<${element.tag}/>` }], words: pathOf(element) };
  },
  /** All on one line, with CRLF, indented by blanks, or with a comment in each place. */
  rewrite: ({ document, value }: Input) => {
    const text = document.buffer.toString();
    const form = pick(['one line', 'CRLF', 'blanks', 'comments'] as const, value) ?? 'CRLF';
    const written = {
      'one line': text.replaceAll(/>\s+</g, '><'),
      CRLF: text.replaceAll(/\r?\n/g, '\r\n'),
      blanks: text.replaceAll('\t', '  '),
      comments: text.replaceAll(/(<vip>|<lan>|<hasync>)/g, '$1<!-- note -->'),
    }[form];
    return { edits: [{ from: 0, to: text.length, text: written }], words: form };
  },
} satisfies Record<string, (input: Input) => Change | undefined>;

const breaks = {
  dropEndTag: ({ document, target }: Input) => {
    const element = pick(elements(document), target);
    return element?.isClosed ? cut(element, { from: element.contentEnd, to: element.end }) : undefined;
  },
  dropStartTag: ({ document, target }: Input) => {
    const element = pick(elements(document), target);
    return element && cut(element, { from: element.start, to: element.contentStart });
  },
  dropMark: ({ document, target, value }: Input) => {
    const element = pick(elements(document), target);
    if (!element) return undefined;
    const at = pick([element.start, element.contentStart - 1, element.contentEnd + 1, element.end - 1], value) ?? 0;
    return cut(element, { from: at, to: at + 1 });
  },
  misspellEndTag: ({ document, target, value }: Input) => {
    const element = pick(elements(document), target);
    const place = element && renameElement(element, `${pick(['x', 'Y', '', ' '], value)}${element.tag}`)[1];
    return place && { edits: [place], words: pathOf(element) };
  },
  strayText: ({ document, target, value }: Input) => {
    const element = pick(elements(document), target);
    const text = pick(strayTexts, value) ?? '';
    return element && { edits: [insert(element.contentStart, text)], words: `${text} in ${pathOf(element)}` };
  },
  badAttribute: ({ document, target, value }: Input) => {
    const element = pick(elements(document), target);
    const text = pick([' a="1" a="2"', ' a=1', ' a="<"', ' a', ' a="1"b="2"'], value) ?? '';
    if (!element) return undefined;
    return { edits: [insert(spanOf(element.namePlace).end, text)], words: `${text} in ${pathOf(element)}` };
  },
  cutOff: ({ document, target }: Input) => {
    const { length } = document.buffer;
    const from = Math.floor((target / 0x10000) * length);
    return { edits: [{ from, to: length, text: '' }], words: `at ${from}` };
  },
} satisfies Record<string, (input: Input) => Change | undefined>;

const strayTexts = [
  ...[' & ', '&amp', '&nothing;', '&#0;', '&#x110000;', ' < 5', '<', '<5>', ']]>', '\u0007', '\ufffe', '</x>', '< /x>'],
  ...[
    '<!-- a -- b -->',
    '<!-- never ends',
    '<![CDATA[never ends',
    '<?never ends',
    '<!DOCTYPE',
    '</>',
    '<x',
    '</x',
    '<x>',
  ],
];

function wanted(leaf: Element): readonly string[] {
  if (leaf.name === 'subnet') return leaf.parent?.name === 'vip' ? [] : prefixLengths;
  return values[leaf.name] ?? [];
}

function isAddress(leaf: Element): boolean {
  return addressNames.has(leaf.name) && (leaf.name !== 'subnet' || leaf.parent?.name === 'vip');
}

/** Every address of both files, each once: those that matter meet each other there. */
function addressesOf(...documents: readonly XmlDocument[]): readonly string[] {
  const found = documents.flatMap(document => leaves(document).filter(isAddress)).map(leaf => leaf.content);
  return [...new Set(found)].filter(text => /^[\da-f:.]{7,}$/.test(text));
}

/** Every element below the root. */
function elements(document: XmlDocument): Element[] {
  return document.tree.branches.flatMap(branch =>
    Array.from({ length: branch.rows }, (_, row) => new Element(branch, row)),
  );
}

/** The elements of the sections that the rules look at. */
function relevant(document: XmlDocument): Element[] {
  return elements(document).filter(element => sections.has(element.branch.nameAt(0)));
}

function leaves(document: XmlDocument): Element[] {
  return relevant(document).filter(element => !element.hasChildren);
}

/** The other elements of that name in the section, beside and below none of which it stands. */
function namesakes(element: Element): Element[] {
  return relevant(element.document).filter(
    other => other.name === element.name && (other.end <= element.start || element.end <= other.start),
  );
}

function pathOf(element: Element): string {
  const parent = element.parent;
  const row = parent?.childrenNamed(element.name).findIndex(each => each.is(element)) ?? 0;
  return `${parent ? `${pathOf(parent)}/` : ''}${element.tag}${row > 0 ? `[${row + 1}]` : ''}`;
}

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list.length === 0 ? undefined : list[number % list.length];
}

function insert(at: number, text: string): TextEdit {
  return { from: at, to: at, text };
}

function cut(element: Element, { from, to }: { readonly from: number; readonly to: number }): Change {
  return { edits: [{ from, to, text: '' }], words: `${element.document.buffer.slice(from, to)} of ${pathOf(element)}` };
}

/** Gives an element another name: an edit for the start tag, and one for the end tag where there is one. */
function renameElement(element: Element, tag: string): readonly TextEdit[] {
  return [element.namePlace, element.endTagNamePlace]
    .filter(place => place !== undefined)
    .map(place => ({ from: spanOf(place).start, to: spanOf(place).end, text: tag }));
}

function setContent(element: Element, text = ''): Change {
  const words = `${pathOf(element)} = ${text.length > 60 ? 'the peer’s' : text}`;
  if (!element.isSelfClosing) return { edits: [{ from: element.contentStart, to: element.contentEnd, text }], words };
  return { edits: [{ from: element.start, to: element.end, text: `<${element.tag}>${text}</${element.tag}>` }], words };
}

function swap(one: Element, other: Element): Change | undefined {
  if (one.isSelfClosing || other.isSelfClosing) return undefined;
  const edits = [
    { from: one.contentStart, to: one.contentEnd, text: other.content },
    { from: other.contentStart, to: other.contentEnd, text: one.content },
  ];
  return { edits, words: `${pathOf(one)} with ${pathOf(other)}` };
}
