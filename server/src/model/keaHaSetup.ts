import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, contains, formatAddress, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { readPfsyncAddress, readPfsyncInterface } from './hasync.ts';
import { isHostname, readHostname } from './hostname.ts';
import { interfaceName } from './interfaces.ts';
import { counterpartHa, hasOwnAddress, keaLocalName, keaPortOf, type RunningKeaHa } from './keaHa.ts';
import { insertPassRule, isLetInByNone } from './passRules.ts';
import { replaceElement } from './replaceElement.ts';
import { elementSource, insertChild, insertSection } from './write.ts';

/** One end of Kea's high availability as it is to be written. */
interface End {
  readonly name: string;
  readonly address: Address;
  readonly port: number;
}

interface Setup {
  readonly section: 'kea' | 'kea6';
  readonly role: 'primary' | 'standby';
  readonly local: End;
  readonly remote: End;
  /** Children that are taken over as they are: the delays and limits. */
  readonly further: readonly (readonly [name: string, text: string])[];
}

/** What is to be done to one file. */
export interface NodeEdits {
  readonly config: Config;
  readonly edits: readonly TextEdit[];
}

/** The edits of both files, and how a title goes on: `over SYNC`. */
export interface KeaHaPlan {
  readonly over: string;
  readonly nodes: readonly NodeEdits[];
}

/**
 * Sets up Kea's high availability for DHCP between the SYNC addresses of two nodes that have none, and lets each other in
 * where no rule does. Absent where their addresses or names do not tell them apart, and where something is set up by half.
 */
export function planKeaHa(primary: Config, secondary: Config): KeaHaPlan | undefined {
  const [here, there] = [syncEnd(primary), syncEnd(secondary)];
  if (!here || !there || here.name === there.name || sameAddress(here.address, there.address)) return undefined;
  const over = primary.query(readPfsyncInterface);
  if (!over?.ipv4 || !contains(over.ipv4.subnet, there.address)) return undefined;
  const section = 'kea';
  const nodes = [
    setupNode(primary, { section, role: 'primary', local: here, remote: there, further: [] }),
    setupNode(secondary, { section, role: 'standby', local: there, remote: here, further: [] }),
  ].filter(node => node !== undefined);
  return nodes.length === 2 ? { over: interfaceName(primary, over.key), nodes } : undefined;
}

/** Mirrors what one node has on its partner, which has none. Absent where its ends are not those of the two nodes. */
export function planKeaHaMirror(running: RunningKeaHa, other: Config): KeaHaPlan | undefined {
  const { config, ha, section } = running;
  const [local, remote] = [ha.local.address?.value, ha.remote.address?.value];
  const [localPort, remotePort] = [keaPortOf(running, 'local'), keaPortOf(running, 'remote')];
  const [name, partner] = [keaLocalName(running), ha.remote.name?.value.trim() ?? ''];
  const role = ha.role?.value ?? 'primary';
  if (!local || !remote || localPort === undefined || remotePort === undefined || ha.usesTls) return undefined;
  if (!isHostname(name) || !isHostname(partner) || name === partner || counterpartHa(other, running)) return undefined;
  if (role !== 'primary' && role !== 'standby') return undefined;
  if (sameAddress(local, remote) || !hasOwnAddress(config, local) || !hasOwnAddress(other, remote)) return undefined;
  const node = setupNode(other, {
    section,
    role: role === 'primary' ? 'standby' : 'primary',
    local: { name: partner, address: remote, port: remotePort },
    remote: { name, address: local, port: localPort },
    further: timers.flatMap(timer => {
      const text = config.text(ha.element.child(timer));
      return text === '' ? [] : [[timer, text] as const];
    }),
  });
  return node && { over: formatAddress(local), nodes: [node] };
}

const timers = ['heartbeatdelay', 'maxresponsedelay', 'maxackdelay', 'maxunackedclients', 'maxrejectedleaseupdates'];

function syncEnd(config: Config): End | undefined {
  const address = config.query(readPfsyncAddress)?.value;
  const name = config.query(readHostname);
  return address && isHostname(name) ? { name, address, port: 8765 } : undefined;
}

function setupNode(config: Config, setup: Setup): NodeEdits | undefined {
  const edit = haEdit(config, setup);
  if (!edit) return undefined;
  const rule = ruleEdit(config, setup);
  return rule === 'impossible' ? undefined : { config, edits: rule ? [edit, rule] : [edit] };
}

/** What a primary without high availability sends (role and name) is taken for nothing; anything else is left to a person. */
function haEdit(config: Config, setup: Setup): TextEdit | undefined {
  const source = haSource(config, setup);
  const section = config.top(setup.section);
  if (!section)
    return insertSection(config, `<${setup.section}>\n\t${source.replaceAll('\n', '\n\t')}\n</${setup.section}>`);
  const ha = section.child('ha');
  if (!ha) return insertChild(section, { source });
  const own = new Set(['role', 'localname', 'remotename']);
  const isUnused = ha.children().every(child => own.has(child.name) || config.text(child) === '');
  return isUnused && !ha.child('enable') && !ha.child('tls') ? replaceElement(ha, source) : undefined;
}

function haSource(config: Config, { role, local, remote, further }: Setup): string {
  const rows: readonly (readonly [name: string, text: string])[] = [
    ['enable', ''],
    ['role', role],
    ['localname', local.name],
    ['localip', formatAddress(local.address)],
    ['localport', String(local.port)],
    ['remotename', remote.name],
    ['remoteip', formatAddress(remote.address)],
    ['remoteport', String(remote.port)],
    ...further,
  ];
  return `<ha>\n${rows.map(([name, text]) => `\t${elementSource(config, name, text)}\n`).join('')}</ha>`;
}

/** The rule that lets the partner in where none does for sure; `impossible` where it is not known where it would have to stand. */
function ruleEdit(config: Config, { section, local, remote }: Setup): TextEdit | 'impossible' | undefined {
  const family = local.address.family;
  const over = config.query(readPfsyncInterface);
  const own = family === 4 ? over?.ipv4 : over?.ipv6;
  if (!over || !own || !sameAddress(own.address.value, local.address)) {
    return 'impossible';
  }
  const wanted = { interface: over.key, family, protocol: 'tcp', port: local.port } as const;
  if (!isLetInByNone(config, wanted)) return undefined;
  if (!contains(own.subnet, remote.address)) return 'impossible';
  const server = section === 'kea' ? 'DHCP' : 'DHCPv6';
  const descr = `Kea high availability, ${server}`;
  return insertPassRule(config, { ...wanted, destination: '(self)', descr }) ?? 'impossible';
}
