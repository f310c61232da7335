import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

/** How much of each there is, beside what the tutorial has. */
export interface SiteSize {
  readonly vlans: number;
  /** CARP VIPs, each on a VLAN of its own. */
  readonly vips: number;
  readonly rules: number;
  readonly aliases: number;
  readonly staticMaps: number;
}

/** A site as large as they come: what one hundred VLANs, fifty VIPs and thousands of rules make of a firewall. */
export const largeSite: SiteSize = { vlans: 97, vips: 50, rules: 5000, aliases: 3000, staticMaps: 4000 };

export function timesAsLarge(size: SiteSize, times: number): SiteSize {
  const { vlans, vips, rules, aliases, staticMaps } = size;
  return {
    vlans: vlans * times,
    vips: vips * times,
    rules: rules * times,
    aliases: aliases * times,
    staticMaps: staticMaps * times,
  };
}

/**
 * The tutorial's pair grown to that size, with nothing wrong in it: VLANs 172.20.n.0/24 on the LAN's NIC, half of them
 * with a VIP and its DHCP, rules between aliases, static maps in the LAN.
 *
 * @returns the primary's text and the secondary's
 */
export function siteTexts(size: SiteSize): readonly [primary: string, secondary: string] {
  return [
    grown('main-pfSense.xml', size, { host: 2, peer: 3, skew: 0 }),
    grown('second-pfSense.xml', size, { host: 3, peer: 2, skew: 100 }),
  ];
}

interface NodeNumbers {
  /** The last octet of its addresses, and of the other node's. */
  readonly host: number;
  readonly peer: number;
  readonly skew: number;
}

function grown(file: string, size: SiteSize, node: NodeNumbers): string {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  const vlans = numbers(size.vlans);
  const served = numbers(Math.min(size.vips, size.vlans));
  let text = readFileSync(resolve('samples/tutorial', file), 'utf8');
  const put = (path: string, items: readonly string[]) => {
    const end = new XmlDocument('untitled:site', text).find(path)?.contentEnd;
    if (end === undefined) throw new Error(`The sample has no ${path}.`);
    const lineStart = text.lastIndexOf('\n', end - 1) + 1;
    // An empty element has its end tag on its own line.
    const at = text.slice(lineStart, end).trim() === '' ? lineStart : end;
    text = `${text.slice(0, at)}${at === end ? '\n' : ''}${items.join('')}${at === end ? '\t' : ''}${text.slice(at)}`;
  };
  put(
    'interfaces',
    vlans.map(n => vlanInterface(n, node)),
  );
  put(
    'virtualip',
    served.map(n => vip(n, node)),
  );
  put(
    'dhcpd',
    served.map(n => dhcp(n, node)),
  );
  put('dhcpd/lan', numbers(size.staticMaps).map(staticMap));
  put('aliases', numbers(size.aliases).map(alias));
  put(
    'filter',
    numbers(size.rules).map(n => rule(n, size)),
  );
  put('nat/outbound', vlans.map(outbound));
  put('vlans', vlans.map(vlan));
  return text;
}

function vlanInterface(n: number, { host }: NodeNumbers): string {
  return `\t\t<opt${n + 2}>\n\t\t\t<descr><![CDATA[VLAN${n + 10}]]></descr>\n\t\t\t<if>vmx1.${n + 10}</if>\n\t\t\t<enable></enable>\n\t\t\t<ipaddr>${network(n)}.${host}</ipaddr>\n\t\t\t<subnet>24</subnet>\n\t\t\t<spoofmac></spoofmac>\n\t\t</opt${n + 2}>\n`;
}

function vlan(n: number): string {
  return `\t\t<vlan>\n\t\t\t<if>vmx1</if>\n\t\t\t<tag>${n + 10}</tag>\n\t\t\t<pcp></pcp>\n\t\t\t<descr></descr>\n\t\t\t<vlanif>vmx1.${n + 10}</vlanif>\n\t\t</vlan>\n`;
}

function vip(n: number, { skew }: NodeNumbers): string {
  return `\t\t<vip>\n\t\t\t<mode>carp</mode>\n\t\t\t<interface>opt${n + 2}</interface>\n\t\t\t<vhid>${(n % 250) + 5}</vhid>\n\t\t\t<advskew>${skew}</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<password><![CDATA[shared-${n}]]></password>\n\t\t\t<uniqid>62b0000000${n.toString(16).padStart(3, '0')}</uniqid>\n\t\t\t<descr><![CDATA[VLAN${n + 10} VIP]]></descr>\n\t\t\t<type>single</type>\n\t\t\t<subnet_bits>24</subnet_bits>\n\t\t\t<subnet>${network(n)}.1</subnet>\n\t\t</vip>\n`;
}

function dhcp(n: number, { peer }: NodeNumbers): string {
  return `\t\t<opt${n + 2}>\n\t\t\t<enable></enable>\n\t\t\t<range>\n\t\t\t\t<from>${network(n)}.100</from>\n\t\t\t\t<to>${network(n)}.199</to>\n\t\t\t</range>\n\t\t\t<failover_peerip>${network(n)}.${peer}</failover_peerip>\n\t\t\t<dnsserver>${network(n)}.1</dnsserver>\n\t\t\t<gateway>${network(n)}.1</gateway>\n\t\t</opt${n + 2}>\n`;
}

function staticMap(n: number): string {
  const mac = [n >> 16, n >> 8, n].map(part => (part & 255).toString(16).padStart(2, '0')).join(':');
  return `\t\t\t<staticmap>\n\t\t\t\t<mac>02:00:5e:${mac}</mac>\n\t\t\t\t<cid></cid>\n\t\t\t\t<ipaddr>10.1.${n >> 7}.${(n & 127) + 10}</ipaddr>\n\t\t\t\t<hostname>host-${n}</hostname>\n\t\t\t\t<descr><![CDATA[Host ${n}]]></descr>\n\t\t\t\t<filename></filename>\n\t\t\t\t<rootpath></rootpath>\n\t\t\t\t<gateway></gateway>\n\t\t\t\t<domain></domain>\n\t\t\t</staticmap>\n`;
}

function alias(n: number): string {
  const addresses = Array.from({ length: 1 + (n % 5) }, (_, i) => `10.${100 + (n % 100)}.${n % 250}.${i + 1}`);
  return `\t\t<alias>\n\t\t\t<name>site_${n}</name>\n\t\t\t<type>host</type>\n\t\t\t<address>${addresses.join(' ')}</address>\n\t\t\t<descr><![CDATA[Hosts ${n}]]></descr>\n\t\t\t<detail><![CDATA[${addresses.map(() => 'host').join('||')}]]></detail>\n\t\t</alias>\n`;
}

function rule(n: number, { vlans, aliases }: SiteSize): string {
  const end = (name: string, inner: string) => `\t\t\t<${name}>\n${inner}\t\t\t</${name}>\n`;
  return `\t\t<rule>\n\t\t\t<id></id>\n\t\t\t<tracker>${1_700_000_000 + n}</tracker>\n\t\t\t<type>${n % 7 === 0 ? 'block' : 'pass'}</type>\n\t\t\t<interface>opt${(n % vlans) + 2}</interface>\n\t\t\t<ipprotocol>inet</ipprotocol>\n\t\t\t<tag></tag>\n\t\t\t<tagged></tagged>\n\t\t\t<statetype><![CDATA[keep state]]></statetype>\n\t\t\t<os></os>\n\t\t\t<protocol>tcp</protocol>\n${end('source', `\t\t\t\t<address>site_${n % aliases}</address>\n`)}${end('destination', `\t\t\t\t<address>site_${(n * 7 + 1) % aliases}</address>\n\t\t\t\t<port>${1 + (n % 60_000)}</port>\n`)}\t\t\t<descr><![CDATA[Rule ${n}]]></descr>\n\t\t</rule>\n`;
}

function outbound(n: number): string {
  return `\t\t\t<rule>\n\t\t\t\t<source>\n\t\t\t\t\t<network>${network(n)}.0/24</network>\n\t\t\t\t</source>\n\t\t\t\t<sourceport></sourceport>\n\t\t\t\t<descr><![CDATA[VLAN${n + 10} to WAN VIP]]></descr>\n\t\t\t\t<target>192.168.1.10</target>\n\t\t\t\t<targetip></targetip>\n\t\t\t\t<targetip_subnet></targetip_subnet>\n\t\t\t\t<interface>wan</interface>\n\t\t\t\t<poolopts></poolopts>\n\t\t\t\t<source_hash_key></source_hash_key>\n\t\t\t\t<destination>\n\t\t\t\t\t<any></any>\n\t\t\t\t</destination>\n\t\t\t</rule>\n`;
}

function network(n: number): string {
  return `172.${20 + (n >> 8)}.${n & 255}`;
}
