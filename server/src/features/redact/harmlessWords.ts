import { orNew } from '../../model/grouping.ts';
import { type CompiledSchema, compiledSchema } from '../../schema/compiled.ts';
import type { ElementSchema } from '../../schema/elementSchema.ts';
import { referenceSources } from '../../schema/references.ts';

/** Whether a text is a word that pfSense itself gives a meaning, or a plain number: it tells nothing of whose the file is. */
export function isHarmlessWord(text: string): boolean {
  const lower = text.toLowerCase();
  return fixedWords.has(lower) || schemaWords().has(lower) || shapes.some(shape => shape.test(text));
}

/** A network card or a pseudo-interface as FreeBSD and pfSense name it, with a VLAN or a clone of it; for any place. */
export function isDevice(text: string): boolean {
  return device.test(text);
}

/** What looks like the name of a device, for the places where only devices are named. */
export function mayBeDevice(text: string): boolean {
  return /^(?:\/dev\/)?[a-z][a-z0-9]{0,11}\d{1,4}(?:[._][a-z0-9]+)*$/.test(text);
}

/** Accounts, groups and hosts that every pfSense has, words of its log, and of any program's settings. */
const fixedWords: ReadonlySet<string> = new Set(
  (
    'admin admins all any root system user users internal default none null auto address localhost localdomain pfsense ' +
    'pfsense.home.arpa home.arpa on off yes no true false enabled disabled enable disable 0 1 (system) local database ' +
    'easyrule unknown any6 inet inet6 tcp udp http https ssh dns ntp ldap radius udp4 tcp4 udp6 tcp6 lo0 floatingrules ' +
    'example.com example.net example.org'
  ).split(' '),
);

const shapes: readonly RegExp[] = [
  // A number, a version, a row, a size. A longer number, or two with a hyphen, may be somebody's telephone.
  /^[+-]?\d{1,5}(?:\.\d{1,6})?$/,
  /^\d{1,4}(?:\.\d{1,4}){2}(?:[_-]\d{1,4})?$/,
  /^fr-?\d{1,5}$/,
  /^\d{1,6}(?:[kmgt]i?b?|%|s|ms)$/i,
  /^1\d{9}(?:\.\d{1,6})?$/,
  /^\d{1,2}\/\d{1,2}\/\d{4}$/,
  /^\d{1,2}:\d{1,2}-\d{1,2}:\d{1,2}$/,
  /^(?:wan|lan|opt\d{1,4})(?:ip)?$/i,
  /^sep\d+$/,
  /^(?:\d\.)?pfsense\.pool\.ntp\.org$/i,
];

const device = new RegExp(
  `^(?:${[
    'em|igb|igc|ix|ixl|ixv|ice|iavf|vmx|vtnet|re|bge|bce|bxe|bnxt|cxgb|cxgbe|cxl|cxlv|cc|mlx|mlx4en|mce|hn|xn|axgbe|ax',
    'ena|qlxgb|qlxge|qlnx|oce|sfxge|mvneta|mvpp|dwc|genet|ue|sk|vr|ste|rl|fxp|xl|dc|nfe|msk|alc|ale|age|jme|et|sis|vge',
    'ath|run|iwn|lagg|bridge|gif|gre|vlan|vxlan|ovpns|ovpnc|ipsec|enc|lo|ppp|pppoe|pptp|l2tp|l2tps|poes|tun|tap|wg|tun_wg',
    'pfsync|pflog',
  ].join('|')})\\d{1,4}(?:[._](?:vlan|wlan)?\\d{1,4})*$`,
);

/** The words of the schema, which are gone through once. */
const wordsOf = new WeakMap<CompiledSchema, ReadonlySet<string>>();

function schemaWords(): ReadonlySet<string> {
  return orNew(wordsOf, compiledSchema(), readSchemaWords);
}

/** The words of every value that is a choice, and those that mean something among names. */
function readSchemaWords(): ReadonlySet<string> {
  const words = new Set<string>();
  const seen = new Set<ElementSchema>();
  const add = (text: string) => words.add(text.toLowerCase());
  const visit = (schema: ElementSchema): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    if (schema.kind === 'leaf') {
      Object.keys(schema.words ?? {}).forEach(add);
      return;
    }
    Object.values(schema.children()).forEach(visit);
    if (schema.keyed) visit(schema.keyed.of);
  };
  visit(compiledSchema().root.schema);
  for (const { slots } of referenceSources) for (const slot of slots) (slot.words ?? []).forEach(add);
  return words;
}
