import { isForbidden, isHighSurrogate, isLowSurrogate } from './characters.ts';
import { FaultLog } from './faultLog.ts';
import type { FaultKind } from './faults.ts';
import { decodeUnits } from './units.ts';

/** A stretch of a scan's input, in its indices. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a scan reads, and what it finds wrong with it; shared by the functions that read text, markup and tags. */
export class ScanInput {
  units: Uint16Array = new Uint16Array(0);
  /** Where reading ends. */
  limit = 0;
  /** Where reading begins. */
  first = 0;
  log = new FaultLog();
  /** Bits of Flag that the open element earned by what was read last. */
  seen = 0;
  /** Whether a comment, CDATA or an instruction without an end took the rest of the text. */
  isSwallowed = false;

  startsWith(text: string, at: number): boolean {
    if (at + text.length > this.limit) return false;
    for (let i = 0; i < text.length; i++) if (this.units[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  fault(kind: FaultKind, from: number, to: number): void {
    this.log.add({ kind, from, to });
  }

  /** A fault that tells the name standing at `name`, and for an end tag the one that should stand there. */
  namedFault(kind: FaultKind, at: Stretch, names: { readonly name: Stretch; readonly expected?: string }): void {
    if (this.log.isFull) {
      this.log.hidden++;
      return;
    }
    const name = decodeUnits(this.units, names.name.from, names.name.to);
    this.log.add({ kind, ...at, name, ...(names.expected !== undefined && { expected: names.expected }) });
  }

  /** Looks at an odd unit, faults it if it is no character, and gives the index behind it, or behind the surrogate pair that it begins. */
  odd(at: number): number {
    const unit = this.units[at]!;
    if (isHighSurrogate(unit) && at + 1 < this.limit && isLowSurrogate(this.units[at + 1]!)) return at + 2;
    if (isForbidden(unit) || (unit >= 0xd800 && unit < 0xe000)) this.fault('bad-character', at, at + 1);
    return at + 1;
  }

  /** Takes the rest of the text for markup that has no end. */
  swallow(kind: FaultKind, from: number, to: number): number {
    this.fault(kind, from, to);
    this.isSwallowed = true;
    return this.limit;
  }
}
