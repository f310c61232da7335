import { formatSubnet } from '../../model/address.ts';
import { definitionDetail, interfaceAddresses } from '../../model/definitionDetails.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { type Definition, definitionsOf, labelOf, type Slot, slotsAt } from '../../model/references/references.ts';
import type { ReferenceKind, ReferenceTarget } from '../../schema/references.ts';
import type { Candidate, Writing } from './writing.ts';

/** What may be named there: aliases, interfaces, gateways, certificates …, and the words that pfSense gives a meaning. */
export function namedValues(writing: Writing): readonly Candidate[] {
  const slots = slotsAt(writing.snapshot.config, writing.element).filter(
    ({ slot }) => slot.field === undefined || slot.field === writing.index,
  );
  return slots.flatMap(slot => [
    ...wordsOf(slot),
    ...slot.slot.targets.flatMap(target => namesOf(writing, slot, target)),
  ]);
}

/** What the web interface calls the words that it writes. Others, which old releases wrote, are not offered. */
const wordTitles: ReadonlyMap<string, string> = new Map([
  ['any', 'Any'],
  ['(self)', 'This firewall (self)'],
  ['l2tp', 'L2TP clients'],
  ['pppoe', 'PPPoE clients'],
  ['openvpn', 'OpenVPN'],
  ['enc0', 'IPsec'],
  ['wireguard', 'WireGuard'],
  ['lo0', 'Localhost'],
  ['all', 'All'],
  ['none', 'None'],
  ['default', 'Default'],
  ['address', 'The address of the interface'],
  ['pass', 'Pass without a rule'],
  ['Local Database', 'Local database'],
  ['Local Auth - Local Database', 'Local database'],
]);

function wordsOf({ slot }: Slot): readonly Candidate[] {
  return (slot.words ?? []).flatMap((value): Candidate[] => {
    const title = wordTitles.get(value);
    return title === undefined ? [] : [{ value, detail: () => title, kind: 'word' }];
  });
}

function namesOf(writing: Writing, slot: Slot, target: ReferenceTarget): readonly Candidate[] {
  const { config } = writing.snapshot;
  const candidates: Candidate[] = [];
  for (const [name, [definition]] of definitionsOf(config, target.kind)) {
    if (definition && fits(writing, slot, definition))
      candidates.push(...formsOf(writing, target, { ...definition, name }));
  }
  return candidates;
}

/** Ports are named by aliases of ports, addresses by all others, and nothing names itself. */
function fits({ snapshot, element }: Writing, slot: Slot, { kind, element: item }: Definition): boolean {
  if (kind === 'alias') {
    const type = snapshot.config.text(item.child('type'));
    if (/port/.test(type) !== takesPorts(slot)) return false;
  }
  // Only on a CARP VIP stands another VIP (facts.md §2.2).
  if (kind === 'vip' && slot.source.items === 'virtualip/vip') {
    if (snapshot.config.text(item.child('mode')) !== 'carp') return false;
  }
  return !(element.branch === item.branch && item.start <= element.start && element.end <= item.end);
}

function takesPorts({ slot }: Slot): boolean {
  if (/port$/.test(slot.at)) return true;
  const { onlyIf } = slot;
  return onlyIf?.child === 'type' && 'matches' in onlyIf && onlyIf.matches.test('port');
}

/** Kinds whose names are numbers or signs that say nothing to a person. */
const namelessKinds: ReadonlySet<ReferenceKind> = new Set([
  'certificate',
  'ca',
  'crl',
  'vip',
  'user',
  'openvpn-server',
  'phase1',
  'port-forward',
  'associated-rule',
]);

function formsOf(writing: Writing, target: ReferenceTarget, definition: Definition): readonly Candidate[] {
  const { config } = writing.snapshot;
  const { kind, name } = definition;
  const subject = { kind: 'definition', of: kind, name } as const;
  const base = { kind: 'reference', subject } as const;
  const value = prefixOf(writing, target, definition) + name;
  if (kind === 'interface' && target.suffixes) return networkForms(writing, name).map(each => ({ ...base, ...each }));
  if (!namelessKinds.has(kind)) return [{ ...base, value, detail: () => definitionDetail(config, definition) }];
  const label = labelOf(config, definition) ?? name;
  const detail = () => (kind === 'vip' ? definitionDetail(config, definition) : value);
  return [{ ...base, value, label, detail }];
}

/** `_vip`, or in front of an authentication server its type (facts.md §2.2; services_captiveportal.php). */
function prefixOf(
  { snapshot }: Writing,
  { kind, prefixes = [], isPrefixed }: ReferenceTarget,
  { element }: Definition,
): string {
  if (isPrefixed) return prefixes[0] ?? '';
  if (kind !== 'auth-server') return '';
  const type = snapshot.config.text(element.child('type'));
  return prefixes.find(prefix => prefix.startsWith(`${type} `)) ?? '';
}

/** An interface's network and its address (facts.md §2.6). */
function networkForms({ snapshot }: Writing, key: string): readonly Pick<Candidate, 'value' | 'detail'>[] {
  const { config } = snapshot;
  const found = config.query(readInterfaces).get(key);
  if (!found) return [];
  const subnets = [found.ipv4, found.ipv6].flatMap(each => (each ? [formatSubnet(each.subnet)] : []));
  const title = interfaceName(config, key);
  return [
    { value: key, detail: () => [`${title} network`, ...subnets].join(' ') },
    { value: `${key}ip`, detail: () => [`${title} address`, ...interfaceAddresses(config, found)].join(' ') },
  ];
}
