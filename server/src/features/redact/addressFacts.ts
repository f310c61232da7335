import {
  type Address,
  addressLength,
  contains,
  parseAddress,
  parsePrefixLength,
  parseSubnet,
  type Subnet,
  subnetOf,
} from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { Element } from '../../syntax/tree.ts';
import { type AddressFacts, leadLengths } from './addressMapping.ts';

/** What the files tell of the networks in them, without regard to what they are there for: one too many does no harm. */
export function addressFacts(configs: readonly Config[]): AddressFacts {
  const linked = new Map<string, Subnet>();
  const vast = new Map<string, Subnet>();
  const add = (subnet: Subnet) => {
    const found = subnet.prefixLength < leadLengths[subnet.family] ? vast : linked;
    found.set(`${subnet.family} ${subnet.first} ${subnet.prefixLength}`, subnet);
  };
  for (const config of configs) {
    for (const subnet of subnetsIn(config)) add(subnet);
    const text = config.document.buffer.toString();
    for (const [network] of text.matchAll(/(?:[\d.]{7,15}|[\da-f]{0,4}:[\da-f:.]*)\/\d\d?\b/gi)) {
      const subnet = parseSubnet(network);
      // Of what is no link it is enough that whoever is in it stays in it.
      if (subnet && subnet.prefixLength < leadLengths[subnet.family]) add(subnet);
    }
    for (const [, from = '', to = ''] of text.matchAll(/([\d.]{7,15}|[\da-f]{0,4}:[\da-f:.]*)-([\da-f:.]{3,})/gi)) {
      const range = spanning(parseAddress(from), parseAddress(to));
      if (range) add(range);
    }
  }
  return { linked: [...linked.values()], vast: [...vast.values()] };
}

/** A child that holds the length of a prefix. */
const lengthTag = /^(?:subnet|subnet_bits|subnetv6|netbits|bits|mask|netmask|prefixlen)$/;

/** The networks that elements beside each other tell: an address and the length of a prefix, or the ends of a range. */
function* subnetsIn(config: Config): Iterable<Subnet> {
  for (const branch of config.document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      if (!element.hasChildren) continue;
      const range = spanning(addressOf(config, element, 'from'), addressOf(config, element, 'to'));
      if (range) yield range;
      const children = element.children();
      if (children.length > mostChildren) continue;
      const lengths = children.filter(({ name }) => lengthTag.test(name)).map(child => config.text(child));
      if (lengths.length === 0) continue;
      for (const address of children.map(child => parseAddress(config.text(child)))) {
        for (const text of address ? lengths : []) {
          const length = address && parsePrefixLength(text, address.family);
          if (address && length) yield subnetOf(address, length);
        }
      }
    }
  }
}

/** An element with more children is a list, and no network. */
const mostChildren = 200;

function addressOf(config: Config, element: Element, name: string): Address | undefined {
  return parseAddress(config.text(element.child(name)));
}

/** The smallest network that holds both, so that they stay in order. */
function spanning(first: Address | undefined, last: Address | undefined): Subnet | undefined {
  if (!first || !last || first.family !== last.family) return undefined;
  for (let length = addressLength(first.family); length >= 0; length--) {
    const subnet = subnetOf(first, length);
    if (contains(subnet, last)) return subnet;
  }
  return undefined;
}
