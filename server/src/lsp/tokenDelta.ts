import type { SemanticTokensEdit } from 'vscode-languageserver';

/** The edit that makes one list of numbers of another: what stands between what both begin and end with. */
export function deltaOf(before: readonly number[], now: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  if (start === before.length && start === now.length) return [];
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  return [{ start, deleteCount: before.length - end - start, data: now.slice(start, now.length - end) }];
}
