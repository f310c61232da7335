/**
 * Whether pfSense takes a text for an address (util.inc:is_ipaddr): four decimal parts without leading zeros, or IPv6 in
 * any spelling, with a zone only behind a link-local address. The same texts as model/address.ts reads, without their
 * bits: it is asked of every address in a config.
 */
export function isAddress(text: string, family?: 4 | 6): boolean {
  if (text.includes(':')) return family !== 4 && isIpv6(text);
  return family !== 6 && isIpv4(text);
}

const part = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4 = new RegExp(`^${part}(?:\\.${part}){3}$`);

function isIpv4(text: string): boolean {
  return ipv4.test(text);
}

function isIpv6(text: string): boolean {
  const bare = /^fe80:/i.test(text) ? text.replace(/%[\w.-]+$/, '') : text;
  const halves = bare.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map(groupsIn);
  let count = 0;
  for (const [i, each] of groups.entries()) {
    // Four decimal parts may only stand at the very end.
    if (each === undefined || (each.hasIpv4 && i < halves.length - 1)) return false;
    count += each.count;
  }
  return halves.length === 2 ? count < 8 : count === 8;
}

/** How many groups of four hexadecimal digits stand between single colons; absent where something else does. */
function groupsIn(text: string): { readonly count: number; readonly hasIpv4: boolean } | undefined {
  if (text === '') return { count: 0, hasIpv4: false };
  const groups = text.split(':');
  const last = groups.at(-1) ?? '';
  const hasIpv4 = last.includes('.');
  if (hasIpv4 && !isIpv4(last)) return undefined;
  const hexadecimal = hasIpv4 ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every(group => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return { count: groups.length + (hasIpv4 ? 1 : 0), hasIpv4 };
}
