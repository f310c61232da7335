import type { Config } from '../model/config.ts';
import type { Element } from '../syntax/tree.ts';

/** A rule of its own that speaks of what an element takes, with more to say than the schema has. */
export interface Teller {
  readonly rule: string;
  /** It speaks only where a sibling has that text, or, without a text, is there at all. */
  readonly sibling?: { readonly name: string; readonly text?: string };
  /** It compares the nodes of a pair. */
  readonly needsPeer?: true;
}

const onCarp = { sibling: { name: 'mode', text: 'carp' } };
const withHa = { sibling: { name: 'enable' } };
const haNames = ['localname', 'localip', 'localport', 'remotename', 'remoteip', 'remoteport'];

/** The elements of whose wrong values other rules speak, by their path in the schema: the schema's own rule is silent there. */
export const tellers: ReadonlyMap<string, Teller> = new Map<string, Teller>([
  ['virtualip/vip/vhid', { rule: 'carp-vhid-invalid', ...onCarp }],
  ['virtualip/vip/type', { rule: 'carp-type', ...onCarp }],
  ['virtualip/vip/subnet_bits', { rule: 'carp-mask-mismatch', ...onCarp }],
  ['hasync/pfsyncpeerip', { rule: 'pfsync-peer-invalid', sibling: { name: 'pfsyncenabled', text: 'on' } }],
  ['hasync/pfhostid', { rule: 'pfsync-host-id', sibling: { name: 'pfsyncenabled', text: 'on' }, needsPeer: true }],
  ['hasync/synchronizetoip', { rule: 'sync-target-mismatch', needsPeer: true }],
  ...['kea', 'kea6'].flatMap(server => [
    ...haNames.map(name => [`${server}/ha/${name}`, { rule: 'kea-ha-name-invalid', ...withHa }] as const),
    [`${server}/ha/role`, { rule: 'kea-ha-role', ...withHa, needsPeer: true as const }] as const,
  ]),
]);

/** Whether another rule speaks of that element's wrong value. */
export function isToldElsewhere(
  path: string,
  element: Element,
  { node, peer }: { readonly node: Config; readonly peer: Config | undefined },
): boolean {
  const teller = tellers.get(path);
  if (!teller || (teller.needsPeer && !peer)) return false;
  if (!teller.sibling) return true;
  const { name, text } = teller.sibling;
  const sibling = element.parent?.child(name);
  return sibling !== undefined && (text === undefined || node.text(sibling) === text);
}
