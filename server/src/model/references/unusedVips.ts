import { parseAddress, parseSubnet } from '../address.ts';
import { type AddressRange, aliasContent } from '../aliases.ts';
import type { Config } from '../config.ts';
import { readOneToOne } from '../oneToOne.ts';
import { type NatPeer, readPortForwards } from '../portForwards.ts';
import { readVirtualIps, type VirtualIp } from '../virtualIps.ts';
import { textsBelow, wordsElsewhere } from './words.ts';

/**
 * Proxy ARP and other VIPs whose addresses no NAT rule uses: they are there for nothing else, as the firewall itself does
 * not answer on them. CARP VIPs and IP aliases do, whoever names them. None on an interface whose NAT takes any address.
 */
export function readUnusedVips(config: Config): readonly VirtualIp[] {
  const vips = config.query(readVirtualIps).filter(vip => isForNat(vip) && vip.address);
  if (vips.length === 0) return [];
  const ranges = config.query(readNatRanges);
  const greedy = config.query(readGreedyInterfaces);
  if (!ranges) return [];
  const isWord = wordsElsewhere(config);
  return vips.filter(vip => {
    const own = rangeOf(vip);
    if (!own || greedy.has(vip.interfaceKey ?? '') || isWord(config.text(vip.element.child('subnet')))) return false;
    return !ranges.some(each => each.family === own.family && each.first <= own.last && own.first <= each.last);
  });
}

function isForNat({ mode }: VirtualIp): boolean {
  return mode === 'proxyarp' || mode === 'other';
}

function rangeOf({ address, subnet, type }: VirtualIp): AddressRange | undefined {
  if (!address) return undefined;
  const { family, bits } = address.value;
  return type?.value === 'network' && subnet ? subnet : { family, first: bits, last: bits };
}

/** Every address and network that NAT names, itself or by an alias; absent where an alias holds what the file does not tell. */
function readNatRanges(config: Config): readonly AddressRange[] | undefined {
  const ranges: AddressRange[] = [];
  for (const branch of config.section('nat')) {
    for (const text of textsBelow(branch)) {
      const address = parseAddress(text);
      const range = address ? { family: address.family, first: address.bits, last: address.bits } : parseSubnet(text);
      if (range) ranges.push(range);
      const content = aliasContent(config, text);
      if (content && !content.isComplete) return undefined;
      ranges.push(...(content?.ranges ?? []));
    }
  }
  return ranges;
}

/** The interfaces on which some rule takes addresses that it does not name one by one. */
function readGreedyInterfaces(config: Config): ReadonlySet<string> {
  const forwards = config.query(readPortForwards).filter(rule => isGreedy(rule.destination));
  // A network is mapped address by address, beginning with `external`.
  const mappings = config.query(readOneToOne).filter(({ source }) => source.value?.value.includes('/') !== false);
  return new Set([...forwards, ...mappings].map(rule => rule.interface?.value ?? 'wan'));
}

function isGreedy({ kind, value, isInverted }: NatPeer): boolean {
  return kind === 'any' || isInverted || (kind === 'network' && !value?.value.endsWith('ip'));
}
