/** The outside of the command line, so that a test can stand in for it. */
export interface Terminal {
  /** What was asked for. */
  readonly print: (text: string) => void;
  /** What is said beside it: problems, notes, progress. */
  readonly tell: (text: string) => void;
  readonly cwd: string;
  /** Whether `print` reaches a terminal that shows colours. */
  readonly hasColours: boolean;
  /** Whether `tell` reaches a terminal, where a line can be written over. */
  readonly showsProgress: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks the person at the terminal; absent where there is none, as in a pipeline. Gives nothing where the input ends. */
  readonly ask?: ((question: string, answer: 'shown' | 'hidden') => Promise<string | undefined>) | undefined;
  /**
   * Aborted by Ctrl+C. From the first call on, the first Ctrl+C no longer ends the program: what is under way on a
   * firewall is brought to an end. The second one does.
   */
  readonly interrupted: () => AbortSignal;
}

/**
 * What the process ends with. `refused`: something stands against it, and no node was changed. `restored`: it failed,
 * and what had been changed is as it was. `partly`: some of it stands on the nodes, or nobody knows.
 */
export const exitStatus = { clean: 0, errors: 1, usage: 2, failure: 3, refused: 4, restored: 5, partly: 6 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

export type Colour = 'red' | 'yellow' | 'blue' | 'cyan' | 'green' | 'dim' | 'bold';

export type Paint = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  green: [32, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export function painter({ hasColours }: Pick<Terminal, 'hasColours'>): Paint {
  if (!hasColours) return (_, text) => text;
  return (colour, text) => `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`;
}

/**
 * A text from a file as it may be shown: what would steer a terminal, or turn the reading direction round, is shown as
 * a symbol. Tabs and line ends become spaces, one for one.
 */
export function printable(text: string): string {
  let shown = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 9 || unit === 10 || unit === 13) shown += ' ';
    else if (unit < 32) shown += String.fromCharCode(0x2400 + unit);
    else if (steers(unit)) shown += '\ufffd';
    else shown += text[i];
  }
  return shown;
}

function steers(unit: number): boolean {
  return (
    (unit >= 0x7f && unit <= 0x9f) ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2066 && unit <= 0x2069) ||
    unit === 0x2028 ||
    unit === 0x2029
  );
}
