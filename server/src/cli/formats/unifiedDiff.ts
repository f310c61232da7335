import { createTwoFilesPatch } from 'diff';
import { withoutSecrets } from '../../model/hiddenSecrets.ts';
import { type Paint, printable } from '../terminal.ts';

/** A file as it stands and as it would stand. */
export interface ChangedText {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The changes as a unified diff. Secrets are hidden: each different one has a number, so that a change of one shows
 * without showing it.
 */
export function unifiedDiff(changes: readonly ChangedText[], paint: Paint): string {
  const numbers = new Map<string, number>();
  return changes
    .map(({ name, before, after }) => {
      const [shownBefore, shownAfter] = [withoutSecrets(before, numbers), withoutSecrets(after, numbers)];
      return createTwoFilesPatch(name, name, shownBefore, shownAfter, undefined, undefined, {
        headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
      });
    })
    .join('')
    .split('\n')
    .map(line => coloured(line.split('\t').map(printable).join('\t'), paint))
    .join('\n');
}

function coloured(line: string, paint: Paint): string {
  if (line.startsWith('+++') || line.startsWith('---')) return paint('bold', line);
  if (line.startsWith('@@')) return paint('cyan', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
