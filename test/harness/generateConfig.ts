/**
 * A config.xml of about that many characters, as pfSense writes it, for benchmarks: the same text for the same size
 * and seed. Half of it are small elements (rules, aliases, static maps, VIPs), half is base64 (certificates, RRD data).
 */
export function generateConfig(size: number, seed = 1): string {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const words = ['web', 'mail', 'guest', 'backup', 'office', 'Zürich', 'printer', 'camera', 'voice', 'lab', 'old'];
  const description = () => `${pick(words)} ${pick(words)}${below(12) === 0 ? ' &amp; ' : ' '}${pick(words)}`;
  const address = () => `10.${below(256)}.${below(256)}.${1 + below(254)}`;
  const base64 = (length: number) => Array.from({ length: length / 8 }, () => letters(below(0x7fffffff))).join('');

  const rule = () =>
    element(2, 'rule', [
      ...['id', 'tag', 'tagged', 'max', 'statetimeout', 'os'].map(name => leaf(3, name, '')),
      leaf(3, 'tracker', `16${below(100_000_000)}`),
      leaf(3, 'type', pick(['pass', 'block', 'reject'])),
      leaf(3, 'interface', pick(['wan', 'lan', 'opt1', 'opt2'])),
      leaf(3, 'ipprotocol', 'inet'),
      leaf(3, 'protocol', pick(['tcp', 'udp', 'icmp'])),
      element(3, 'source', [leaf(4, 'address', address())]),
      element(3, 'destination', [leaf(4, 'address', address()), leaf(4, 'port', `${1 + below(65535)}`)]),
      cdata(3, 'descr', description()),
      element(3, 'updated', [leaf(4, 'time', '1700000000'), cdata(4, 'username', 'admin@192.0.2.1 (Local Database)')]),
    ]);
  const alias = () =>
    element(2, 'alias', [
      leaf(3, 'name', `A_${below(1_000_000)}`),
      leaf(3, 'type', 'host'),
      leaf(3, 'address', Array.from({ length: 1 + below(10) }, address).join(' ')),
      cdata(3, 'descr', description()),
    ]);
  const staticMap = () =>
    element(3, 'staticmap', [
      leaf(4, 'mac', `00:00:5e:00:53:${below(256).toString(16).padStart(2, '0')}`),
      leaf(4, 'ipaddr', address()),
      leaf(4, 'hostname', `${pick(['web', 'mail', 'lab'])}-${below(1000)}`),
      ...['cid', 'filename', 'rootpath', 'gateway', 'domain'].map(name => leaf(4, name, '')),
      cdata(4, 'descr', description()),
    ]);
  const vip = () =>
    element(2, 'vip', [
      leaf(3, 'mode', 'carp'),
      leaf(3, 'interface', 'lan'),
      leaf(3, 'vhid', `${1 + below(255)}`),
      leaf(3, 'advskew', '0'),
      cdata(3, 'descr', description()),
      leaf(3, 'subnet_bits', '24'),
      leaf(3, 'subnet', address()),
    ]);
  const certificate = () =>
    element(1, 'cert', [
      leaf(2, 'refid', letters(below(0x7fffffff))),
      cdata(2, 'descr', description()),
      leaf(2, 'crt', base64(1600 + below(1200))),
      leaf(2, 'prv', base64(2200)),
    ]);
  const rrd = () => element(2, 'rrddatafile', [leaf(3, 'filename', 'wan.rrd'), leaf(3, 'xmldata', base64(60_000))]);

  /** As many of them as it takes to fill that share of the size. */
  const fill = (make: () => string, share: number): string[] => {
    const parts: string[] = [];
    for (let length = 0; length < share * size; length += parts.at(-1)!.length) parts.push(make());
    return parts;
  };
  return [
    '<?xml version="1.0"?>\n<pfsense>\n',
    leaf(1, 'version', '23.3'),
    element(1, 'system', [leaf(2, 'hostname', 'fw01'), leaf(2, 'domain', 'example.org')]),
    element(1, 'dhcpd', [element(2, 'lan', fill(staticMap, 0.08))]),
    element(1, 'filter', fill(rule, 0.3)),
    element(1, 'aliases', fill(alias, 0.12)),
    element(1, 'virtualip', fill(vip, 0.02)),
    element(1, 'rrd', fill(rrd, 0.25)),
    ...fill(certificate, 0.23),
    '</pfsense>\n',
  ].join('');
}

function leaf(depth: number, name: string, value: string): string {
  return `${'\t'.repeat(depth)}<${name}>${value}</${name}>\n`;
}

function cdata(depth: number, name: string, value: string): string {
  return leaf(depth, name, `<![CDATA[${value}]]>`);
}

function element(depth: number, name: string, children: readonly string[]): string {
  const tabs = '\t'.repeat(depth);
  return `${tabs}<${name}>\n${children.join('')}${tabs}</${name}>\n`;
}

/** Eight letters that look like base64. */
function letters(number: number): string {
  return (number * 1_048_583).toString(36).padEnd(8, 'A').slice(0, 8);
}

/** Numbers from 0 up to but not 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
