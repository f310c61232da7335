import {
  broadcastAddress,
  contains,
  formatAddress,
  formatSubnet,
  networkAddress,
  sameAddress,
} from '../../model/address.ts';
import { formatStretch, readServedScopes, type ServedScope, stretchOf } from '../../model/dhcpPools.ts';
import { type TakenAddress, takenAddresses } from '../../model/dhcpTaken.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import type { StaticMapping } from '../../model/staticMappings.ts';
import type { Element } from '../../syntax/tree.ts';
import { defineNodeRule, type Role } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'dhcp-static-map-invalid',
  topic: 'dhcp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A static mapping has a client of its own, and an address in the subnet that nothing else gives or has.',
  why: `A static mapping gives one client always the same address. pfSense's page refuses one that cannot work, but asks no more once the
interface, a pool or a VIP is changed later, and nothing asks in a file that is written or merged by hand:

- **outside of the subnet** the client gets an address with which it reaches nobody, or another one from the pool;
- **in a pool** the address is given to somebody else while the client is away;
- the address of a **node, a virtual IP or the gateway** makes two holders of one address;
- without a MAC address or a client identifier the mapping is for nobody, and one that stands twice is for whichever comes first.

Several clients may share an address, such as a notebook's cable and its radio: pfSense only warns of it, and nothing is said here.
A mapping without an address, which only names a client, is well.

Source: pfSense \`src/usr/local/www/services_dhcp_edit.php\`.`,
  messages: {
    outside: 'The static mapping for {client} gives {address}, which lies outside of {subnet} on {interface}.',
    reserved: 'The static mapping for {client} gives {address}, the {word} address of {subnet} on {interface}.',
    pool: 'The static mapping for {client} gives {address}, which lies in the pool {pool} of {interface}.',
    taken: 'The static mapping for {client} gives {address}, the address of {word} on {interface}.',
    nobody: 'A static mapping on {interface} has neither a MAC address nor a client identifier.',
    twice: 'A static mapping for {client} stands twice on {interface}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
			<staticmap>
				<mac>00:00:5e:00:53:20</mac>
				<ipaddr>10.0.0.120</ipaddr>
				        ^^^^^^^^^^ warning: The static mapping for 00:00:5e:00:53:20 gives 10.0.0.120, which lies in the pool 10.0.0.100–10.0.0.199 of LAN.
			</staticmap>
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
			<staticmap>
				<mac>00:00:5e:00:53:20</mac>
				<ipaddr>10.0.0.20</ipaddr>
			</staticmap>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    for (const served of node.query(readServedScopes).values()) {
      const { scope, ipv4 } = served;
      if (scope.staticMappings.all.length === 0) continue;
      const taken = new Map(takenAddresses({ node, peer, served }).map(each => [each.address.bits, each]));
      const clients = new Map<string, Element>();
      for (const number of suspects(served, taken)) {
        const mapping = scope.staticMappings.all[number];
        const problem =
          mapping && (addressProblem(mapping, { served, taken, role }) ?? clientProblem(mapping, clients));
        if (!problem) continue;
        yield {
          at: childPlace(mapping.element, problem.child),
          message: problem.message,
          data: {
            client: (mapping.mac ?? mapping.clientIdentifier)?.value ?? 'no client',
            address: mapping.address ? formatAddress(mapping.address.value) : '',
            interface: interfaceName(node, scope.key),
            subnet: formatSubnet(ipv4.subnet),
            pool: problem.pool ?? '',
            word: problem.word ?? '',
          },
          related: problem.other ? [{ at: problem.other.namePlace, message: 'What it conflicts with.' }] : [],
        };
      }
    }
  },
});

/**
 * The numbers of the mappings that may have a problem, ascending: thousands have none. Among them are all that share a client, for
 * which of these is the first matters.
 */
function suspects({ scope, ipv4 }: ServedScope, taken: ReadonlyMap<bigint, TakenAddress>): readonly number[] {
  const { staticMappings, pools } = scope;
  const { first, last } = ipv4.subnet;
  const stretches = pools.flatMap(({ range }) => (range ? [stretchOf(range)] : []));
  const found = new Set(staticMappings.withoutOwnClient);
  const wanted = [
    { from: 0n, to: first },
    { from: last, to: highest },
    ...[...taken.keys()].map(bits => ({ from: bits, to: bits })),
    ...stretches,
  ];
  for (const { from, to } of wanted) for (const number of staticMappings.between(from, to)) found.add(number);
  return [...found].sort((one, other) => one - other);
}

/** 255.255.255.255. */
const highest = 0xffff_ffffn;

interface Problem {
  readonly message: 'outside' | 'reserved' | 'pool' | 'taken' | 'nobody' | 'twice';
  readonly child: 'ipaddr' | 'mac' | 'cid';
  readonly word?: string;
  readonly pool?: string;
  readonly other?: Element;
}

interface Around {
  readonly served: ServedScope;
  readonly taken: ReadonlyMap<bigint, TakenAddress>;
  readonly role: Role | undefined;
}

function addressProblem({ address }: StaticMapping, { served, taken, role }: Around): Problem | undefined {
  if (!address) return undefined;
  const { scope, ipv4 } = served;
  const { value } = address;
  const child = 'ipaddr';
  if (!contains(ipv4.subnet, value)) return { message: 'outside', child, other: ipv4.address.element };
  const [network, broadcast] = [networkAddress(ipv4.subnet), broadcastAddress(ipv4.subnet)];
  if (network && sameAddress(network, value)) return { message: 'reserved', child, word: 'network' };
  if (broadcast && sameAddress(broadcast, value)) return { message: 'reserved', child, word: 'broadcast' };
  const holder = taken.get(value.bits);
  if (holder) return { message: 'taken', child, word: holderName(holder, role), other: holder.element };
  for (const { range } of scope.pools) {
    const pool = range && stretchOf(range);
    if (!pool || value.bits < pool.from || value.bits > pool.to) continue;
    return { message: 'pool', child, pool: formatStretch(pool), other: range.element };
  }
  return undefined;
}

function holderName({ holder }: TakenAddress, role: Role | undefined): string {
  const names = { node: 'this node', peer: otherNode(role), vip: 'a virtual IP', gateway: 'a gateway' };
  return names[holder];
}

/** Remembers the client; the first mapping of each is well. */
function clientProblem(mapping: StaticMapping, clients: Map<string, Element>): Problem | undefined {
  const { clients: keys, element } = mapping;
  if (keys.length === 0) return { message: 'nobody', child: 'mac' };
  const twice = keys.find(({ key }) => clients.has(key));
  const other = twice && clients.get(twice.key);
  for (const { key } of keys) if (!clients.has(key)) clients.set(key, element);
  return twice && other ? { message: 'twice', child: twice.child, other } : undefined;
}
