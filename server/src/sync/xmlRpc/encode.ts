import { XMLBuilder } from 'fast-xml-parser';
import { everReplacedWhole } from '../restore/replacedWhole.ts';
import type { SoundSections } from './soundSections.ts';
import { isList, type SectionMap, type SectionValue } from './value.ts';

/** The methods of pfSense's XMLRPC that are used here (facts.md §1.2). */
export type Method = 'host_firmware_version' | 'backup_config_section' | 'restore_config_section' | 'exec_php';

/** A text, names of sections, or sections that were found harmless to send. */
export type CallArgument = string | readonly string[] | SoundSections;

export interface Call {
  readonly method: Method;
  readonly argument: CallArgument;
  /** Seconds that pfSense may wait for others on our behalf. Sent always: since 2.5 most methods demand it, before it is ignored. */
  readonly timeout: number;
}

/**
 * The body of a request, byte for byte as pfSense's own client writes it (facts.md §1.4): no white space between tags, every
 * value a string but the numbers `advskew` and `advbase`.
 */
export function encodeCall({ method, argument, timeout }: Call): string {
  const parameters = [argumentNode(argument), { int: String(timeout) }];
  const call = {
    methodCall: { methodName: `pfsense.${method}`, params: { param: parameters.map(value => ({ value })) } },
  };
  return declaration + builder.build(call);
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

/** Characters are escaped here, and only those that pfSense's client escapes: the builder's own way writes `&quot;` for `"`, too. */
const builder = new XMLBuilder({ processEntities: false, ignoreAttributes: true, format: false });

type XmlNode = Readonly<Record<string, unknown>>;

const emptyArray: XmlNode = { array: { data: '' } };

function argumentNode(argument: CallArgument): XmlNode {
  if (typeof argument === 'string') return { string: escaped(argument) };
  if (Array.isArray(argument)) return arrayNode(argument.map(name => ({ string: escaped(name) })));
  return structNode((argument as SoundSections).sections, sectionNode);
}

/**
 * An empty section goes as pfSense's own client sends it: as an empty array where it is one that the receiver replaces whole.
 * An empty `virtualip` goes as an empty list of VIPs, since an empty array there doubles the VIPs of the receiver
 * (facts.md §1.5, no. 7).
 */
function sectionNode(name: string, value: SectionValue): XmlNode {
  if (value !== '') return valueNode(name, value);
  if (name === 'virtualip') return structNode(new Map([['vip', []]]), valueNode);
  return everReplacedWhole.has(name) ? emptyArray : valueNode(name, value);
}

function valueNode(name: string, value: SectionValue): XmlNode {
  if (typeof value === 'string') {
    return isSentAsNumber(name, value) ? { int: value } : { string: escaped(value) };
  }
  return isList(value) ? arrayNode(value.map(item => valueNode(name, item))) : structNode(value, valueNode);
}

/** rc.filter_synchronize works out both, and what PHP works out is a number. */
function isSentAsNumber(name: string, text: string): boolean {
  return (name === 'advskew' || name === 'advbase') && /^(?:0|[1-9]\d{0,2})$/.test(text);
}

function arrayNode(items: readonly XmlNode[]): XmlNode {
  return items.length === 0 ? emptyArray : { array: { data: { value: items } } };
}

function structNode(map: SectionMap, node: (name: string, value: SectionValue) => XmlNode): XmlNode {
  const members = [...map].map(([name, value]) => ({ name: escaped(name), value: node(name, value) }));
  return members.length === 0 ? emptyArray : { struct: { member: members } };
}

/** A CR is written as a reference, since a reader of XML takes a bare one for a line end. */
function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, character => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
