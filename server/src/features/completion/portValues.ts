import { readBridges } from '../../model/bridges.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { readLaggs } from '../../model/laggs.ts';
import { peerElementOf } from '../../model/peerElement.ts';
import { readCards, readPorts } from '../../model/ports.ts';
import { readVlans } from '../../model/vlans.ts';
import type { Candidate, Writing } from './writing.ts';

/** The network ports that may stand there, the likeliest first. The config knows those that it makes, and the cards that it names. */
export function portValues(writing: Writing): readonly Candidate[] {
  return portsFor[writing.place.path]?.(writing) ?? [];
}

const assigned = 'interfaces/*/if';

const portsFor: Readonly<Record<string, (writing: Writing) => readonly Candidate[]>> = {
  [assigned]: assignablePorts,
  'vlans/vlan/if': parentPorts,
  'qinqs/qinqentry/if': parentPorts,
  'laggs/lagg/members': laggMembers,
  'laggs/lagg/failovermaster': failoverMasters,
};

/**
 * Whether pfSense would refuse a port for the interface that is being written: another interface or a LAGG has it
 * (interfaces_assign.php).
 */
export function isRefusedPort({ snapshot: { config }, element, place }: Writing, name: string): boolean {
  if (place.path !== assigned) return false;
  const key = element.parent?.name;
  const isTaken = [...config.query(readInterfaces).values()].some(each => each.key !== key && each.nic?.value === name);
  return isTaken || isLaggMember(config, name);
}

function assignablePorts(writing: Writing): readonly Candidate[] {
  const { snapshot, element } = writing;
  const { config } = snapshot;
  const key = element.parent?.name ?? '';
  // No interface stands on a bridge that it is itself in.
  const around = config.query(readBridges).filter(({ members }) => members.includes(key));
  const isAround = (name: string) => around.some(bridge => bridge.name?.value === name);
  return [
    ...config.query(readPorts).map(({ name, title }) => candidate(name, title)),
    ...config.query(readCards).map(name => candidate(name, cardTitle(config, name))),
  ].filter(({ value }) => !isRefusedPort(writing, value) && !isAround(value));
}

/** What carries VLANs: a card or a LAGG, but no card in a LAGG; those first that carry some already (interfaces_vlan_edit.php). */
function parentPorts({ snapshot: { config } }: Writing): readonly Candidate[] {
  const parents = config.query(readVlans).map(({ parent }) => parent.value);
  const laggs = config.query(readLaggs).flatMap(({ name }) => name?.value ?? []);
  const all = [...laggs, ...config.query(readCards)].filter(name => !isLaggMember(config, name));
  const titles = new Map(config.query(readPorts).map(({ name, title }) => [name, title]));
  const sorted = [...all.filter(name => parents.includes(name)), ...all.filter(name => !parents.includes(name))];
  return sorted.map(name => candidate(name, titles.get(name) ?? cardTitle(config, name)));
}

/** Cards that no interface and no other LAGG has, those of the other node's LAGG first (interfaces_lagg_edit.php). */
function laggMembers({ snapshot: { config, peer }, element }: Writing): readonly Candidate[] {
  const there = peer && peerElementOf(element, { node: config, peer });
  const theirs =
    there && peer
      ? peer
          .text(there)
          .split(',')
          .filter(name => name !== '')
      : [];
  const used = new Set([
    ...[...config.query(readInterfaces).values()].map(({ nic }) => nic?.value),
    ...config.query(readLaggs).flatMap(lagg => (lagg.element.is(element.parent) ? [] : lagg.members)),
  ]);
  const free = [...new Set([...theirs, ...config.query(readCards)])].filter(name => !used.has(name));
  return free.map(name => candidate(name, cardTitle(config, name)));
}

function failoverMasters({ snapshot: { config }, element }: Writing): readonly Candidate[] {
  const lagg = config.query(readLaggs).find(each => each.element.is(element.parent));
  return [candidate('auto', 'The first member'), ...(lagg?.members ?? []).map(name => candidate(name, ''))];
}

function isLaggMember(config: Config, name: string): boolean {
  return config.query(readLaggs).some(({ members }) => members.includes(name));
}

/** The interface that is on a card, or the VLANs that it carries. */
function cardTitle(config: Config, name: string): string {
  const own = [...config.query(readInterfaces).values()].find(({ nic }) => nic?.value === name);
  if (own) return interfaceName(config, own.key);
  const tags = config.query(readVlans).filter(({ parent }) => parent.value === name);
  return tags.length > 0 ? `Carries VLAN ${tags.map(({ tag }) => tag.value).join(', ')}` : '';
}

function candidate(value: string, title: string): Candidate {
  return { value, detail: () => title, kind: 'value' };
}
