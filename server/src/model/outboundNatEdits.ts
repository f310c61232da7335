import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, formatAddress, formatSubnet } from './address.ts';
import type { Config } from './config.ts';
import type { InternalNetwork } from './internalNetworks.ts';
import { type OutboundRule, readTargetSchema } from './outboundNat.ts';
import { elementSource, setChildText, setText } from './write.ts';

/** A translation of a network to an address on an interface. */
export interface Translation {
  readonly network: InternalNetwork;
  readonly interface: { readonly key: string; readonly title: string };
  readonly address: Address;
}

/** Makes a rule translate to an address, and empties what told of a network before, in the form of the file's version. */
export function targetEdits(config: Config, { element }: OutboundRule, address: Address): TextEdit[] {
  const target = { name: 'target', text: formatAddress(address), after: ['descr', 'sourceport', 'source'] };
  const parts = ['targetip', 'targetip_subnet', 'target_subnet'].flatMap(name => element.child(name) ?? []);
  const filled = parts.filter(part => config.text(part) !== '');
  return [setChildText(config, element, target), ...filled.map(part => setText(config, part, ''))];
}

/**
 * The two rules that automatic outbound NAT has for a network (filter.inc:filter_nat_rules_outbound_automatic), to an
 * address instead of the interface's own: IKE keeps its port, for IPsec clients behind the firewall depend on it, and all
 * else gets another one. In the order of elements in which pfSense's page writes a rule (facts.md §2.4).
 */
export function translationSources(config: Config, translation: Translation): readonly string[] {
  const { network, interface: through } = translation;
  const what = `${network.title} to ${through.title} VIP`;
  return [
    ruleSource(config, translation, { descr: `IKE from ${what}`, port: '500' }),
    ruleSource(config, translation, { descr: what }),
  ];
}

function ruleSource(
  config: Config,
  { network, interface: through, address }: Translation,
  { descr, port }: { readonly descr: string; readonly port?: string },
): string {
  const text = (tag: string, value = '') => elementSource(config, tag, value);
  const isOld = config.query(readTargetSchema) === 'targetip';
  const children = [
    `<source>\n\t\t${text('network', formatSubnet(network.subnet))}\n\t</source>`,
    text('sourceport'),
    text('descr', descr),
    text('target', formatAddress(address)),
    ...(isOld ? [text('targetip'), text('targetip_subnet')] : [text('target_subnet')]),
    text('interface', through.key),
    text('poolopts'),
    text('source_hash_key'),
    ...(port ? [text('staticnatport'), text('protocol', 'udp')] : []),
    '<destination>\n\t\t<any></any>\n\t</destination>',
    ...(port ? [text('dstport', port)] : []),
  ];
  return `<rule>\n\t${children.join('\n\t')}\n</rule>`;
}

/** Inserts sources of elements before an element, each on lines of its own. */
export function insertBefore(element: Element, sources: readonly string[]): TextEdit {
  const { buffer } = element.document;
  const lineStart = buffer.lineStart(buffer.positionAt(element.start).line);
  const lineEnd = lineStart > 1 && buffer.slice(lineStart - 2, lineStart) === '\r\n' ? '\r\n' : '\n';
  const indent = /^[\t ]*/.exec(buffer.slice(lineStart, element.start))?.[0] ?? '';
  const text = sources.map(source => `${source}\n`.replaceAll('\n', `${lineEnd}${indent}`)).join('');
  return { from: element.start, to: element.start, text };
}
