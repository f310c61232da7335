import type { Config } from '../model/config.ts';
import { encode } from '../model/textForm.ts';
import { type ConfigVersion, readVersion } from '../model/version.ts';
import { listTagsOf } from '../schema/listTags.ts';
import type { Element } from '../syntax/tree.ts';
import type { Refusal } from './xmlRpc/soundSections.ts';
import { isList, type SectionMap, type SectionValue } from './xmlRpc/value.ts';

export type SectionReading =
  /** The file has no such section. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: SectionValue }
  /** pfSense would refuse the file. */
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * What pfSense's parser makes of a section, or of the top-level list of that name such as `cert` (xmlparse.inc:startElement;
 * facts.md §2.1): list tags as lists, even with one item; what is empty as the empty text; texts decoded as the file's
 * version decodes them. Attributes, comments and the text of an element with children are not kept.
 */
export function readSection(config: Config, name: string): SectionReading {
  const tops = config.section(name).map(branch => branch.top);
  if (tops.length === 0) return { kind: 'absent' };
  const reader = new Reader(config);
  const value = reader.child(name, tops, name);
  const { refusals } = reader;
  return refusals.length === 0 ? { kind: 'value', value } : { kind: 'refused', refusals };
}

/** The same, where a section that pfSense would refuse counts as one that the file does not have. */
export function sectionValueOf(config: Config, name: string): SectionValue | undefined {
  const reading = readSection(config, name);
  return reading.kind === 'value' ? reading.value : undefined;
}

/**
 * The text of a section as pfSense of that version writes it into config.xml (xmlparse.inc:dump_xml_config_sub; facts.md §3):
 * lines with LF, one TAB a level, from the level below the root on. Of a list all items; the empty text for an empty list.
 */
export function sectionSource(name: string, value: SectionValue, version: ConfigVersion): string {
  return sourceOf(name, value, { version, indent: '\t' });
}

/** From 22.8 on the parser drops items that hold nothing (xmlparse.inc:endElement, change 63a0efce7e); before, it kept them. */
const dropsEmptyItems = 22.8;

class Reader {
  readonly refusals: Refusal[] = [];
  private readonly listTags: ReadonlySet<string>;
  private readonly keepsEmptyItems: boolean;

  constructor(private readonly config: Config) {
    const { number } = config.query(readVersion);
    this.listTags = new Set(listTagsOf(number));
    this.keepsEmptyItems = number !== undefined && number < dropsEmptyItems;
  }

  /** The value of all children of one name. */
  child(name: string, elements: readonly Element[], path: string): SectionValue {
    if (this.listTags.has(name)) {
      const items = elements.map((element, index) => this.value(element, `${path}[${index + 1}]`));
      return this.keepsEmptyItems ? items : items.filter(item => item !== '');
    }
    const [first] = elements;
    if (elements.length > 1) {
      const message = `${path} stands ${elements.length} times, and pfSense refuses a file in which it stands more than once.`;
      this.refusals.push({ kind: 'twice', path, message });
    }
    return first ? this.value(first, path) : '';
  }

  private value(element: Element, path: string): SectionValue {
    if (!element.hasChildren) return this.config.text(element);
    const grouped = new Map<string, Element[]>();
    for (const child of element.children()) {
      const group = grouped.get(child.name);
      if (group) group.push(child);
      else grouped.set(child.name, [child]);
    }
    const map = new Map<string, SectionValue>();
    for (const [name, children] of grouped) map.set(name, this.child(name, children, `${path}/${name}`));
    return map;
  }
}

interface Form {
  readonly version: ConfigVersion;
  readonly indent: string;
}

function sourceOf(name: string, value: SectionValue, form: Form): string {
  if (isList(value)) return value.map(item => sourceOf(name, item, form)).join('');
  const { version, indent } = form;
  if (typeof value === 'string') return `${indent}<${name}>${encode(name, value, version)}</${name}>\n`;
  return `${indent}<${name}>\n${childrenSource(value, { version, indent: `${indent}\t` })}${indent}</${name}>\n`;
}

function childrenSource(map: SectionMap, form: Form): string {
  return [...map].map(([name, value]) => sourceOf(name, value, form)).join('');
}
