import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { readVersion } from './version.ts';
import type { VirtualIp } from './virtualIps.ts';
import { dedented, insertChild, insertSection, setChildText, wrapped } from './write.ts';

/** The order in which pfSense's form writes a VIP's elements (facts.md §2.2). */
const fieldOrder = [
  'mode',
  'interface',
  'noexpand',
  'vhid',
  'advskew',
  'advbase',
  'password',
  'uniqid',
  'descr',
  'type',
  'subnet_bits',
  'subnet',
] as const;

export type VipField = (typeof fieldOrder)[number];

/** Gives a field of a VIP a text; a missing one is inserted where pfSense writes it. */
export function setVipField(
  config: Config,
  vip: VirtualIp,
  field: { readonly name: VipField; readonly text: string },
): TextEdit {
  return setChildText(config, vip.element, { ...field, after: before(field.name) });
}

/** Gives a VIP the password of another, in the very form in which that one's file writes it. */
export function copyPassword(
  config: Config,
  vip: VirtualIp,
  from: { readonly config: Config; readonly vip: VirtualIp },
): TextEdit {
  const source = from.vip.password?.element;
  const element = vip.element.child('password');
  const sameForm = config.query(readVersion).entities === from.config.query(readVersion).entities;
  if (!source || !sameForm) return setVipField(config, vip, { name: 'password', text: from.vip.password?.value ?? '' });
  if (element && !element.isSelfClosing) {
    return { from: element.contentStart, to: element.contentEnd, text: source.content };
  }
  const written = `<password>${source.content}</password>`;
  if (element) return { from: element.start, to: element.end, text: written };
  return insertChild(vip.element, { source: written, after: before('password') });
}

/**
 * Inserts a VIP of another node as it stands there, but for the texts of `changed`; the section `virtualip` comes
 * with it where it is missing. Absent where the file has no place for it.
 */
export function insertVip(
  config: Config,
  vip: VirtualIp,
  changed: Readonly<Partial<Record<VipField, string>>>,
): TextEdit | undefined {
  const source = changedSource(vip, changed);
  const section = config.top('virtualip');
  if (section) return insertChild(section, { source });
  return insertSection(config, wrapped('virtualip', source));
}

/** The source of a VIP with other plain texts (numbers, addresses, references) in some fields; one that it lacks is added at its end. */
function changedSource(vip: VirtualIp, changed: Readonly<Partial<Record<VipField, string>>>): string {
  let source = dedented(vip.element);
  for (const [name, text] of Object.entries(changed)) {
    const written = `<${name}>${text}</${name}>`;
    const present = new RegExp(`<${name}\\s*(?:/>|>[^<]*</${name}\\s*>)`, 'i');
    source = present.test(source)
      ? source.replace(present, written)
      : source.replace(/(\n?[\t ]*)<\/vip\s*>$/i, `\n\t${written}$1</vip>`);
  }
  return source;
}

function before(name: VipField): readonly string[] {
  return fieldOrder.slice(0, fieldOrder.indexOf(name)).reverse();
}
