import {
  type Address,
  addressLength,
  broadcastAddress,
  contains,
  containsSubnet,
  formatAddress,
  formatSubnet,
  hostRange,
  networkAddress,
  overlaps,
  parseAddress,
  parseSubnet,
  type Subnet,
  subnetOf,
} from '../../model/address.ts';
import { fromBase64 } from '../../model/certificate.ts';
import type { Config } from '../../model/config.ts';
import { isInCdata } from '../../model/textForm.ts';
import { readVersion } from '../../model/version.ts';
import { setText } from '../../model/write.ts';
import { compiledSchema } from '../../schema/compiled.ts';
import type { LeafSchema, ValueType } from '../../schema/elementSchema.ts';
import type { SchemaPlace } from '../../schema/schemaPlace.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';

/** From which network to which. */
export interface Networks {
  readonly from: Subnet;
  readonly to: Subnet;
}

export type RenumberedTexts =
  | { readonly edits: readonly TextEdit[]; readonly left: number }
  | { readonly refusal: string };

/** Gives every address of the old network in a file, where the schema says that addresses stand, its place in the new one. */
export function renumberTexts(config: Config, networks: Networks): RenumberedTexts {
  const walk = new Walk(config, networks);
  const { root } = compiledSchema();
  for (const { top } of config.document.tree.branches) walk.visit(top, root.child(top.name));
  return walk.refusal === undefined ? { edits: walk.edits, left: walk.left } : { refusal: walk.refusal };
}

/** The child that holds the length of a network's prefix, by the one that holds an address of the network. */
const lengthsBeside: Readonly<Record<string, string>> = {
  ipaddr: 'subnet',
  ipaddrv6: 'subnetv6',
  subnet: 'subnet_bits',
  address: 'netbits',
  acl_network: 'mask',
  target: 'target_subnet',
  ip: 'sn',
  pool_address: 'pool_netbits',
};

/** Those that hold an address in a network; the others name a network by its first address, as one of it says nothing of how long its prefix is. */
const inNetwork: ReadonlySet<string> = new Set(['ipaddr', 'ipaddrv6', 'subnet']);

class Walk {
  readonly edits: TextEdit[] = [];
  left = 0;
  refusal: string | undefined;

  constructor(
    private readonly config: Config,
    private readonly networks: Networks,
  ) {}

  visit(element: Element, place: SchemaPlace | undefined): void {
    if (element.hasChildren) {
      for (const child of element.children()) this.visit(child, place?.child(child.name));
      return;
    }
    const leaf = place?.schema.kind === 'leaf' ? place.schema : undefined;
    const text = this.config.text(element);
    if (text === '') return;
    const isAddress = leaf && (mayHoldAddress(leaf.value) || this.isWhollyAddress(element, leaf));
    if (!isAddress) {
      if (this.isMentionedIn(leaf?.value?.type === 'base64' ? (fromBase64(text) ?? '') : text)) this.left++;
      return;
    }
    if (element.name === 'from' || element.name === 'to') this.lookAtRange(element.parent);
    const mapped = this.mapPartBeside(element, text) ?? this.mapText(text, leaf);
    if (mapped !== text) this.edits.push(setText(this.config, element, mapped));
    this.setLengthBeside(element, text);
  }

  /**
   * Whether a known element that takes any text holds an address and nothing else, as `nextserver` may. What people write
   * for each other stands in tags with CDATA, and is left alone.
   */
  private isWhollyAddress(element: Element, { value, words }: LeafSchema): boolean {
    if (value || words || isInCdata(element.name, this.config.query(readVersion))) return false;
    const text = this.config.text(element).trim();
    return (parseAddress(text) ?? parseSubnet(text)) !== undefined || partsBeside(text) !== undefined;
  }

  private mapText(text: string, { separator }: LeafSchema): string {
    if (separator === undefined) return this.mapWord(text);
    return text
      .split(separator)
      .map(word => this.mapWord(word))
      .join(separator);
  }

  private mapWord(word: string): string {
    const text = word.trim();
    const mapped = this.mapAddress(text) ?? this.mapNetwork(text) ?? this.mapRange(text) ?? this.mapBeside(text);
    return mapped === undefined ? word : word.replace(text, () => mapped);
  }

  /** Absent where the text is no address, or none of the network. */
  private mapAddress(text: string): string | undefined {
    const address = parseAddress(text);
    if (!address || !contains(this.networks.from, address)) return undefined;
    const mapped = this.map(address);
    return mapped.bits === address.bits ? text : formatAddress(mapped);
  }

  private mapNetwork(text: string): string | undefined {
    const { from, to } = this.networks;
    const subnet = parseSubnet(text);
    if (!subnet || !containsSubnet(from, subnet)) return undefined;
    const address = parseAddress(text.slice(0, text.indexOf('/')))!;
    // One of full length is a host, also where the interface has no more than that.
    const isWhole = subnet.prefixLength === from.prefixLength && subnet.first !== subnet.last;
    const length = isWhole ? to.prefixLength : subnet.prefixLength;
    // The first address of a part of the network is that of the part.
    const isFirst = address.bits === subnet.first && !isWhole;
    const mapped = isFirst ? this.mapPart(subnet) : this.map(address);
    return `${formatAddress(mapped)}/${length}`;
  }

  /** The first address of a part of the network whose length stands in an element of its own. */
  private mapPartBeside(element: Element, text: string): string | undefined {
    const { from } = this.networks;
    const address = parseAddress(text.trim());
    const length = Number(this.config.text(this.lengthElement(element)) || undefined);
    if (!address || !contains(from, address)) return undefined;
    if (!(length > from.prefixLength && length < addressLength(address.family))) return undefined;
    const part = subnetOf(address, length);
    if (part.first !== address.bits) return undefined;
    const mapped = this.mapPart(part);
    return mapped.bits === address.bits ? text : formatAddress(mapped);
  }

  private lengthElement(element: Element): Element | undefined {
    const beside = lengthsBeside[element.name];
    return beside === undefined ? undefined : element.parent?.child(beside);
  }

  private mapBeside(text: string): string | undefined {
    const parts = partsBeside(text);
    return parts?.map(part => this.mapAddress(part) ?? part).join('');
  }

  private mapRange(text: string): string | undefined {
    const [from = '', to = ''] = text.split('-');
    const [first, last] = [this.mapAddress(from), this.mapAddress(to)];
    if (first === undefined && last === undefined) return undefined;
    if (first === undefined || last === undefined) {
      this.refuse(`The range ${text} reaches beyond ${formatSubnet(this.networks.from)}.`);
      return undefined;
    }
    return `${first}-${last}`;
  }

  /** The ends of a pool are elements of their own. */
  private lookAtRange(range: Element | undefined): void {
    const ends = ['from', 'to'].map(name => this.config.text(range?.child(name)).trim());
    const inside = ends.filter(text => {
      const address = parseAddress(text);
      return address && contains(this.networks.from, address);
    });
    if (inside.length === 1 && ends.every(text => parseAddress(text))) {
      this.refuse(`The range ${ends.join('–')} reaches beyond ${formatSubnet(this.networks.from)}.`);
    }
  }

  private mapPart(part: Subnet): Address {
    const { to } = this.networks;
    const { family } = part;
    const first: Address = { family, bits: this.shifted(part.first) };
    const moved = subnetOf(first, part.prefixLength);
    if (moved.first !== first.bits || !containsSubnet(to, moved)) {
      this.refuse(`${formatSubnet(part)}, which is a part of it, has no place in ${formatSubnet(to)}.`);
    }
    return first;
  }

  private map(address: Address): Address {
    const { from, to } = this.networks;
    const { family } = address;
    if (address.bits === networkAddress(from)?.bits) return { family, bits: to.first };
    if (address.bits === broadcastAddress(from)?.bits) return { family, bits: to.last };
    const mapped: Address = { family, bits: this.shifted(address.bits) };
    const { first, last } = hostRange(to);
    if (mapped.bits < first.bits || last.bits < mapped.bits) {
      this.refuse(`${formatAddress(address)} has no place in ${formatSubnet(to)}.`);
    }
    return mapped;
  }

  /** A host keeps its number in the network; where one network holds the other, its address. */
  private shifted(bits: bigint): bigint {
    const { from, to } = this.networks;
    return overlaps(from, to) ? bits : bits - from.first + to.first;
  }

  /** The length of the prefix where it stands in an element of its own. */
  private setLengthBeside(element: Element, text: string): void {
    const { from, to } = this.networks;
    const address = parseAddress(text.trim());
    if (!address || !contains(from, address)) return;
    const length = this.lengthElement(element);
    if (!length || this.config.text(length).trim() !== String(from.prefixLength)) return;
    if (!inNetwork.has(element.name) && address.bits !== from.first) return;
    if (to.prefixLength !== from.prefixLength) {
      this.edits.push(setText(this.config, length, String(to.prefixLength)));
    }
  }

  private isMentionedIn(text: string): boolean {
    for (const [word] of text.matchAll(/[\da-f]*[.:][\da-f.:]+/gi)) {
      const address = parseAddress(word);
      if (address && contains(this.networks.from, address)) return true;
    }
    return [...text.matchAll(reverseZone)].some(([, labels = '']) => this.isZoneOf(labels.split('.').slice(0, -1)));
  }

  /** Whether the network's names by address are, or some of them, in the zone of these numbers, the last one first. */
  private isZoneOf(labels: readonly string[]): boolean {
    const octets = [...labels].reverse();
    const zone = parseSubnet(`${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${8 * octets.length}`);
    return zone !== undefined && zone.family === this.networks.from.family && overlaps(zone, this.networks.from);
  }

  private refuse(sentence: string): void {
    this.refusal ??= sentence;
  }
}

const reverseZone = /((?:\d{1,3}\.){1,4})in-addr\.arpa/gi;

/** How a log host and a DNS server stand with their ports, and a DNS server with the address to ask it from. */
const withBeside: readonly RegExp[] = [
  /^([\d.]+)(:\d{1,5})$/,
  /^(\[)([\da-f:.]+)(\]:\d{1,5})$/i,
  /^([\da-f:.]+)(@)([\da-f:.]+)$/i,
];

/** The parts of an address with something beside it, one of which is the address; absent for any other text. */
function partsBeside(text: string): readonly string[] | undefined {
  const parts = withBeside.flatMap(form => form.exec(text)?.slice(1) ?? []);
  return parts.some(part => parseAddress(part)) ? parts : undefined;
}

function mayHoldAddress(type: ValueType | undefined): boolean {
  if (type?.type === 'either') return type.of.some(mayHoldAddress);
  return type?.type === 'address' || type?.type === 'addressRange' || type?.type === 'host';
}
