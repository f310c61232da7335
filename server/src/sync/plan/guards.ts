import { XMLValidator } from 'fast-xml-parser';
import { parseAddress, sameAddress } from '../../model/address.ts';
import { readVersion } from '../../model/version.ts';
import { type Role, roles } from '../../pair/manifest.ts';
import { configOfSections } from '../liveConfig.ts';
import { mapOf, textIn } from '../restore/receive.ts';
import { readSection } from '../sectionValue.ts';
import { nodeKeyOf } from '../store/nodeKey.ts';
import { SoundSections } from '../xmlRpc/soundSections.ts';
import type { SectionMap } from '../xmlRpc/value.ts';
import type { PlanRefusal } from './plan.ts';
import type { PlanInput, PlanNode } from './planInput.ts';

/** More of one kind would be no help. */
const most = 20;

/** What stands against a push before anything of it is worked out. */
export function refusalsBefore(input: PlanInput): readonly PlanRefusal[] {
  return [...errorRefusals(input), ...roles.flatMap(role => nodeRefusals(role, input.nodes[role], input.ownAddresses))];
}

function errorRefusals({ errors }: PlanInput): readonly PlanRefusal[] {
  const shown = errors.slice(0, most).map(
    ({ role, line, rule, message }): PlanRefusal => ({
      reason: 'error finding',
      role,
      message: `Line ${line} of the file: ${message} (${rule})`,
    }),
  );
  const rest = errors.length - shown.length;
  if (rest === 0) return shown;
  return [
    ...shown,
    { reason: 'error finding', role: undefined, message: `There are ${rest} more errors in the files.` },
  ];
}

function nodeRefusals(role: Role, node: PlanNode, ownAddresses: readonly string[]): readonly PlanRefusal[] {
  const refuse = (reason: PlanRefusal['reason'], message: string): PlanRefusal => ({ reason, role, message });
  const { file, live, host, origin } = node;
  const found: PlanRefusal[] = [];
  const text = file.document.buffer.toString();
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    found.push(
      refuse(
        'not well-formed',
        `A second XML parser does not accept the file at line ${verdict.err.line}. Correct what stands there.`,
      ),
    );
  }
  const { platform, product } = live.firmware;
  if (platform !== undefined && !/^pfSense\b/i.test(platform)) {
    found.push(refuse('no pfSense', `What answers at ${origin} is no pfSense. Check the url of the node.`));
    return found;
  }
  const wanted = file.query(readVersion).text;
  const running = live.firmware.config ?? textOf(live.sections.get('version'));
  if (wanted !== running) {
    const release = product === undefined ? '' : ` (pfSense ${product})`;
    const message = `The file has config version ${wanted || 'none'}, and the firewall runs ${running || 'none'}${release}. Pull it, and make the changes in what comes.`;
    found.push(refuse('config version', message));
  }
  const there = nodeKeyOf(
    origin,
    configOfSections(new Map([['system', live.sections.get('system')]]), file.query(readVersion)),
  ).host;
  if (there !== host) {
    const message = `At ${origin} answers ${there || 'a firewall without a host name'}, and the file is of ${host || 'a firewall without a host name'}. Check the url of the node, and which file is whose; a host name is changed in the web interface.`;
    found.push(refuse('other host', message));
  }
  const target = textIn(mapOf(live.sections.get('hasync')), 'synchronizetoip');
  if (ownAddresses.some(address => isSameAddress(address, target))) {
    const message = `The firewall synchronises to ${target}, which is an address of this computer, and so takes nothing from it: it would answer as if it had. Push from another computer.`;
    found.push(refuse('loop guard', message));
  }
  return found;
}

function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a !== undefined && b !== undefined && sameAddress(a, b);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What of the files pfSense would refuse, or take and break on. */
export function unreadableSections(role: Role, { file }: PlanNode): readonly PlanRefusal[] {
  const names = new Set(file.document.tree.branches.map(branch => branch.nameAt(0)));
  return [...names].flatMap(name => {
    const reading = readSection(file, name);
    if (reading.kind !== 'refused') return [];
    return reading.refusals.map(({ message }): PlanRefusal => ({ reason: 'unsound section', role, message }));
  });
}

/** What of the sections that would be sent breaks a firewall of that version. */
export function unsoundSections(role: Role, node: PlanNode, sections: SectionMap): readonly PlanRefusal[] {
  const check = SoundSections.check(sections, node.file.query(readVersion));
  if (check.kind === 'sound') return [];
  return check.refusals
    .slice(0, most)
    .map(({ message }): PlanRefusal => ({ reason: 'unsound section', role, message }));
}
