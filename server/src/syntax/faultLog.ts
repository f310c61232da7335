import type { Fault, FaultKind } from './faults.ts';
import type { Anchor } from './tree.ts';

/** Faults kept for one branch, and for what stands outside all branches; further ones are only counted. */
export const faultLimit = 1000;

/** A fault in the scanner's indices, which become offsets when its anchor is known. */
export interface FoundFault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly to: number;
  readonly name?: string;
  readonly expected?: string;
}

/** The faults of one branch, or of the text outside all branches, in the order of their finding. */
export class FaultLog {
  private found: FoundFault[] = [];
  /** Faults beyond {@link faultLimit}. */
  hidden = 0;

  /** Whether a further fault would only be counted, so that its names need not be read. */
  get isFull(): boolean {
    return this.found.length >= faultLimit;
  }

  add(fault: FoundFault): void {
    if (this.isFull) this.hidden++;
    else this.found.push(fault);
  }

  /** How many faults were found so far, for {@link rewind}. */
  get count(): number {
    return this.found.length + this.hidden;
  }

  /** Forgets what was found since the log had that `count`. */
  rewind(count: number): void {
    if (this.found.length > count) this.found.length = count;
    this.hidden = Math.max(0, count - this.found.length);
  }

  /** Forgets the faults of a kind. */
  drop(kind: FaultKind): void {
    this.found = this.found.filter(fault => fault.kind !== kind);
  }

  clear(): void {
    this.found.length = 0;
    this.hidden = 0;
  }

  /** The faults in the order of their places, with offsets from the anchor, which begins at index `origin`. */
  placed(anchor: Anchor, origin: number): Fault[] {
    const faults = this.found.map(({ from, to, ...rest }) => ({
      ...rest,
      at: { anchor, from: from - origin, to: to - origin },
    }));
    return faults.sort(byPlace);
  }
}

/** The order in which faults are kept and told: as they stand in the text. */
export function byPlace(a: Fault, b: Fault): number {
  return a.at.from - b.at.from || a.at.to - b.at.to || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);
}
