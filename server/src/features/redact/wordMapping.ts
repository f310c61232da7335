import { type Address, formatAddress, parseAddress, parsePrefixLength } from '../../model/address.ts';
import type { AddressMapping } from './addressMapping.ts';
import { isDevice, isHarmlessWord } from './harmlessWords.ts';
import type { MacMapping } from './macMapping.ts';
import type { NameMapping } from './nameMapping.ts';

/** Names longer than this are refused in many places of pfSense, so that a stand-in is no longer than its name or than this. */
const longestName = 31;

/** What pfSense puts behind the name of an interface for a gateway of it (gwlb.inc:return_gateways_array). */
const gatewaySuffix = /^(.+)_(DHCP6?|PPPOE|PPTP|L2TP|PPP|VPNV[46]|VTIV[46]|SLAAC|6RD|6TO4|TRACK6|TUNNELV[46]|WG)$/i;

/** Maps one word: an address, a name, an identifier. The same word becomes the same everywhere, and another one another. */
export class WordMapping {
  private readonly words = new Map<string, string>();
  private readonly ids = new Map<string, string>();
  private readonly wrongAddresses = new Map<string, string>();
  private readonly paths = new Map<string, string>();
  /** The stand-ins of interfaces by their descriptions as the names of gateways have them. */
  private readonly interfaces = new Map<string, string>();

  constructor(
    private readonly parts: {
      readonly addresses: AddressMapping;
      readonly macs: MacMapping;
      readonly names: NameMapping;
    },
  ) {}

  /** Tells of an interface's description, of which pfSense makes the names of gateways. */
  defineInterface(descr: string): void {
    if (isHarmlessWord(descr)) return;
    this.interfaces.set(plain(descr), this.parts.names.standIn(descr, 'NET'));
  }

  map(word: string): string {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const mapped = this.mapAnew(word);
    this.words.set(word, mapped);
    return mapped;
  }

  /** A stand-in for all of a word, whatever it is made of. */
  whole(word: string): string {
    return this.parts.names.standIn(word);
  }

  /** Whether a word may be shown as it is, or is one that stands for something of its own beside other words. */
  isPlain(word: string): boolean {
    return (
      isHarmlessWord(word) ||
      isDevice(word) ||
      this.parts.names.isDefined(word) ||
      this.isAddress(word) ||
      this.parts.macs.mapText(word) !== undefined ||
      this.isIdentifier(word)
    );
  }

  isAddress(word: string): boolean {
    return this.mapAddress(word) !== undefined;
  }

  isIdentifier(word: string): boolean {
    return identifier.test(word);
  }

  private mapAnew(word: string): string {
    if (this.parts.names.hasStandIn(word)) return this.parts.names.standIn(word);
    if (isHarmlessWord(word) || isDevice(word)) return word;
    return (
      this.mapAddress(word) ??
      this.parts.macs.mapText(word) ??
      this.mapIdentifier(word) ??
      this.mapUrl(word) ??
      this.mapJoined(word) ??
      this.mapName(word)
    );
  }

  /** An address, a network, a range or an address with a port. */
  private mapAddress(word: string): string | undefined {
    const address = parseAddress(word);
    if (address) return this.written(word, address, this.parts.addresses.map(address));
    const [, host, end] = /^([\d.]+|[\da-f:]+:[\da-f:.]*)(?:\/(\d{1,3}))$/i.exec(word) ?? [];
    const network = host === undefined ? undefined : parseAddress(host);
    const length = network && parsePrefixLength(end ?? '', network.family);
    if (host !== undefined && network && length !== undefined) {
      return `${this.written(host, network, this.parts.addresses.mapSubnet(network, length))}/${end}`;
    }
    const [, from = '', to = ''] = /^([\da-f.:]+)-([\da-f.:]+)$/i.exec(word) ?? [];
    const [first, last] = [parseAddress(from), parseAddress(to)];
    if (first && last) return `${this.mapAddress(from)}-${this.mapAddress(to)}`;
    const [, v4, port] = /^([\d.]+)([:#@]\d+)$/.exec(word) ?? [];
    if (v4 !== undefined && parseAddress(v4)) return `${this.mapAddress(v4)}${port}`;
    if (!/^\d+(?:\.\d+){3,}(?:\/\d*)?$/.test(word)) return undefined;
    // Four numbers that are no address, and stay none.
    const wrong = this.wrongAddresses.get(word) ?? `999.0.0.${this.wrongAddresses.size + 1}`;
    this.wrongAddresses.set(word, wrong);
    return wrong;
  }

  /** In the way of writing that the address had: of IPv6 there are many, and a difference between the nodes stays one. */
  private written(text: string, before: Address, after: Address): string {
    if (before.bits === after.bits) return text;
    const zone = /%.*$/.exec(text)?.[0] ?? '';
    const bare = text.slice(0, text.length - zone.length);
    const short = formatAddress(after);
    if (bare === formatAddress(before)) return short + zone;
    if (bare.toLowerCase() === formatAddress(before)) return short.toUpperCase() + zone;
    const groups = Array.from({ length: 8 }, (_, i) => ((after.bits >> BigInt(16 * (7 - i))) & 0xffffn).toString(16));
    const full = groups.map(group => (bare.length > 30 ? group.padStart(4, '0') : group)).join(':');
    return (/[A-F]/.test(bare) ? full.toUpperCase() : full) + zone;
  }

  /** What PHP's uniqid() makes, alone or behind what it is an identifier of: refids, `_vip62a8…`, `nat_62a8….123`. */
  private mapIdentifier(word: string): string | undefined {
    const [, prefix = '', id, more = ''] = identifier.exec(word) ?? [];
    if (id === undefined) return undefined;
    const known = this.ids.get(id + more) ?? (this.ids.size + 1).toString(16).padStart(id.length - 1, '0');
    this.ids.set(id + more, known);
    return `${prefix}6${known.slice(-(id.length - 1))}${more === '' ? '' : '.00000000'}`;
  }

  private mapUrl(word: string): string | undefined {
    const [, scheme, authority = '', path = ''] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)(.*)$/i.exec(word) ?? [];
    if (scheme === undefined) return undefined;
    const host = authority.slice(authority.lastIndexOf('@') + 1);
    const [, name = host, port = ''] = /^(.*?)(:\d{1,5})?$/.exec(host) ?? [];
    const bare = /^\[(.*)\]$/.exec(name)?.[1];
    const mapped = bare === undefined ? this.map(name) : `[${this.map(bare)}]`;
    const rest = authority.slice(0, authority.length - host.length) + path;
    if (rest === '' || rest === '/') return `${scheme}${mapped}${port}${rest}`;
    const known = this.paths.get(rest) ?? `/path${this.paths.size + 1}`;
    this.paths.set(rest, known);
    return `${scheme}${mapped}${port}${known}`;
  }

  /** Several words with signs between them that are part of no name. */
  private mapJoined(word: string): string | undefined {
    if (!/[@,;|=()[\]{}<>"'!?:/\\&+*^$%#~`]/.test(word)) return undefined;
    return word
      .split(/([@,;|=()[\]{}<>"'!?:/\\&+*^$%#~`]+)/)
      .map((part, i) => (i % 2 === 1 || part === '' ? part : this.map(part)))
      .join('');
  }

  private mapName(word: string): string {
    const [, title, suffix] = gatewaySuffix.exec(word) ?? [];
    if (title !== undefined) {
      const net = this.interfaces.get(plain(title)) ?? this.map(title);
      return `${net}_${suffix}`;
    }
    const [, host, domain] = sharedDomain.exec(word) ?? [];
    if (host !== undefined) return `${this.map(host)}${domain}`;
    const [, marked, rest] = /^(pfb_)(\w+)$/i.exec(word) ?? /^()(\w+)(?=__network$)/i.exec(word) ?? [];
    if (rest !== undefined && marked !== '') return `${marked}${this.map(rest)}`;
    if (rest !== undefined) return `${this.map(rest)}${word.slice(rest.length)}`;
    const mapped = word.replace(/[\p{L}\p{N}]+/gu, run => this.mapRun(run));
    if (mapped === word) return /[\p{L}\p{N}]/u.test(word) && !isShort(word) ? this.parts.names.standIn(word) : word;
    return mapped.length > Math.max(longestName, word.length) ? this.parts.names.standIn(word) : mapped;
  }

  private mapRun(run: string): string {
    if (isShort(run) || /^(?:wan|lan|opt\d{1,4})$/i.test(run)) return run;
    return this.parts.names.standIn(run);
  }
}

/** Domains of documentation, of private networks, and of the time servers that pfSense comes with. */
const sharedDomain =
  /^(.+)(\.(?:example(?:\.(?:com|net|org))?|test|invalid|home\.arpa|localdomain|local|lan|internal|pool\.ntp\.org))$/i;

const identifier = /^(_vip|nat_|_lloc_?)?([\da-f]{13,14})(\.\d{6,8})?$/;

/** One or two digits number things, and say nothing else. */
function isShort(run: string): boolean {
  return /^\d{1,2}$/.test(run);
}

/** As the names of gateways have a description: its letters and digits alone. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
