import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { removeElement, renameElement, setText } from './write.ts';

/**
 * Makes of the `targetip` of an outbound NAT rule what pfSense's upgrade to config version 23.0 makes of it
 * (upgrade_config.inc:upgrade_229_to_230). Absent for any other element, and where the rule's target does not point at it: then it never counted.
 */
export function conversionOfTarget(config: Config, targetIp: Element): readonly TextEdit[] | undefined {
  const rule = targetIp.parent;
  const target = rule?.child('target');
  if (targetIp.name !== 'targetip' || !rule || !target || config.text(target) !== 'other-subnet') return undefined;
  const address = config.text(targetIp);
  const length = rule.child('targetip_subnet');
  const subnet = isInterfaceAddress(address) ? '' : config.text(length);
  const edits = [setText(config, target, address)];
  const present = rule.child('target_subnet');
  if (present) {
    const removed = [removeElement(targetIp), ...(length ? [removeElement(length)] : [])];
    return [...edits, setText(config, present, subnet), ...joined(removed)];
  }
  // The element that goes becomes the one that is missing, so that it stands where the upgrade would write it.
  const renamed = length ?? targetIp;
  const others = length ? [removeElement(targetIp)] : [];
  return [...edits, ...others, ...renameElement(renamed, 'target_subnet'), setText(config, renamed, subnet)];
}

/** Edits that meet, as of two lines behind each other, as one. */
function joined(edits: readonly TextEdit[]): TextEdit[] {
  const all: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    const before = all.at(-1);
    if (before?.to === edit.from) all[all.length - 1] = { ...edit, from: before.from, text: before.text + edit.text };
    else all.push(edit);
  }
  return all;
}

/** `wanip` and its like have no prefix length. */
function isInterfaceAddress(text: string): boolean {
  return /^(?:wan|lan|opt\d+)ip$/.test(text);
}
