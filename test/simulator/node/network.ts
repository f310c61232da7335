import { arrayAt, isArray, type PhpArray, textAt } from '../php/value.ts';

/** Where a node listens, as it says so itself. */
export interface Endpoint {
  readonly protocol: 'http' | 'https';
  readonly address: string;
  readonly port: number;
}

/** A node as the others see it. */
export interface Reachable {
  readonly name: string;
  readonly config: () => PhpArray;
  /** Where it really listens on loopback. */
  readonly listensAt: () => { readonly protocol: 'http' | 'https'; readonly port: number };
}

/**
 * The network between the simulated nodes: it knows which node has which address, and as whom a connection on loopback
 * comes along.
 */
export class Network {
  readonly #nodes: Reachable[] = [];
  readonly #routes = new Map<string, string>();
  readonly #sources = new Map<number, string>();

  add(node: Reachable): void {
    this.#nodes.push(node);
  }

  /** Leads an address such as `http://127.0.0.1:18090` to a node that does not say that it has it. */
  route(url: string, name: string): void {
    this.#routes.set(url, name);
  }

  /** @returns the port on loopback and what is spoken there; undefined where nobody listens */
  find(endpoint: Endpoint): ReturnType<Reachable['listensAt']> | undefined {
    const url = `${endpoint.protocol}://${endpoint.address}:${endpoint.port}`;
    const named = this.#routes.get(url);
    const node = this.#nodes.find(each =>
      named === undefined ? hasEndpoint(each.config(), endpoint) : each.name === named,
    );
    return node?.listensAt();
  }

  /** Says under which address a connection from this port of loopback comes along. */
  announce(localPort: number, address: string): void {
    this.#sources.set(localPort, address);
  }

  forget(localPort: number): void {
    this.#sources.delete(localPort);
  }

  /** The address of a node behind a port of loopback; undefined for a caller that is no node. */
  sourceOf(remotePort: number | undefined): string | undefined {
    return remotePort === undefined ? undefined : this.#sources.get(remotePort);
  }
}

/** Protocol and port of a node's GUI, which are those that it uses for its peer too (facts.md §1.8). */
export function guiEndpoint(config: PhpArray): Pick<Endpoint, 'protocol' | 'port'> {
  const isHttp = textAt(config, 'system/webgui/protocol') === 'http';
  const port = Number(textAt(config, 'system/webgui/port')) || (isHttp ? 80 : 443);
  return { protocol: isHttp && port !== 443 ? 'http' : 'https', port };
}

function hasEndpoint(config: PhpArray, { protocol, address, port }: Endpoint): boolean {
  const gui = guiEndpoint(config);
  return gui.protocol === protocol && gui.port === port && addressesOf(config).includes(address);
}

function addressesOf(config: PhpArray): readonly string[] {
  return [...arrayAt(config, 'interfaces').values()]
    .filter(isArray)
    .flatMap(each => [textAt(each, 'ipaddr'), textAt(each, 'ipaddrv6')])
    .filter(address => address !== '');
}

/** The address with which a node calls another: that of the interface in whose network the other one is. */
export function sourceTowards(config: PhpArray, target: string): string {
  // On loopback both ends are the same.
  if (target.startsWith('127.')) return target;
  const interfaces = [...arrayAt(config, 'interfaces').values()].filter(isArray);
  const near = interfaces.find(each => isInNetwork(target, textAt(each, 'ipaddr'), Number(textAt(each, 'subnet'))));
  if (near) return textAt(near, 'ipaddr');
  const family = target.includes(':') ? 'ipaddrv6' : 'ipaddr';
  const sync = arrayAt(config, `interfaces/${textAt(config, 'hasync/pfsyncinterface')}`);
  return textAt(sync, family) || addressesOf(config)[0] || target;
}

function isInNetwork(address: string, network: string, bits: number): boolean {
  const [one, other] = [toNumber(address), toNumber(network)];
  if (one === undefined || other === undefined || !(bits >= 0 && bits <= 32)) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(one / size) === Math.floor(other / size);
}

function toNumber(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some(part => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}
