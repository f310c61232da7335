import { isHarmlessWord } from './harmlessWords.ts';

/**
 * The stand-ins of names. The same name has the same one everywhere, and names that differ in the case of their letters
 * alone have stand-ins that do.
 */
export class NameMapping {
  private readonly bases = new Map<string, string>();
  private readonly spellings = new Map<string, string>();
  private readonly spelled = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  private readonly given = new Set<string>();
  private readonly defined = new Set<string>();

  /** Gives a thing that has a name a stand-in that tells what it is: `alias3`. One that has a stand-in already keeps it. */
  define(name: string, kind: string): void {
    if (isHarmlessWord(name)) return;
    this.defined.add(name);
    // What holds other signs keeps them, for pfSense may not take such a name; of a host it takes hyphens.
    if ((kind === 'host' ? /^[a-z](?:[a-z\d-]*[a-z\d])?$/i : /^[a-z][\w ]*$/i).test(name)) this.standIn(name, kind);
  }

  /** Whether a text is the name of something that was defined. */
  isDefined(name: string): boolean {
    return this.defined.has(name);
  }

  hasStandIn(name: string): boolean {
    return this.spellings.has(name);
  }

  /** The stand-in of a whole text, without regard to what it is made of. */
  standIn(name: string, kind = 'name'): string {
    const known = this.spellings.get(name);
    if (known !== undefined) return known;
    const key = name.toLowerCase();
    const base = this.bases.get(key) ?? this.newBase(kind);
    this.bases.set(key, base);
    const nth = this.spelled.get(key) ?? 0;
    this.spelled.set(key, nth + 1);
    const spelling = spelledAs(base, nth) ?? this.newBase(kind);
    this.spellings.set(name, spelling);
    return spelling;
  }

  private newBase(kind: string): string {
    for (;;) {
      const count = (this.counts.get(kind) ?? 0) + 1;
      this.counts.set(kind, count);
      const base = `${kind}${count}`;
      if (isHarmlessWord(base) || this.given.has(base)) continue;
      this.given.add(base);
      return base;
    }
  }
}

/** A word in its nth spelling, from 0: other letters of it are capitals in each. Absent where there are no more. */
function spelledAs(word: string, nth: number): string | undefined {
  const letters = word.replace(/\d+$/, '').length;
  if (nth >= 2 ** letters) return undefined;
  return word.replace(/[a-z]/g, (letter, at: number) => (((nth >> at) & 1) === 1 ? letter.toUpperCase() : letter));
}
