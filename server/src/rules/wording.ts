import type { Role } from './rule.ts';

/** What a message about one node calls its peer. */
export function otherNode(role: Role | undefined): string {
  if (role === 'primary') return 'the secondary';
  return role === 'secondary' ? 'the primary' : 'the other node';
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} and ${last}` : last;
}
