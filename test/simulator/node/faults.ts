/** Something that goes wrong with one call. */
export type Fault =
  /** The answer is late; the call is carried out only then. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** The connection ends before anything was done. */
  | { readonly kind: 'dropped before' }
  /** All is done, and the connection ends without an answer. */
  | { readonly kind: 'dropped after' }
  /** nginx gives up waiting, while PHP goes on and does it all (facts.md §1.1). */
  | { readonly kind: 'gateway timeout' }
  /** All is done; the connection ends in the middle of the answer. */
  | { readonly kind: 'half an answer' }
  /** All is done; the answer is whole for HTTP, but its XML is cut off. */
  | { readonly kind: 'cut XML' }
  /** The call is answered with true, and nothing is done. */
  | { readonly kind: 'lie' }
  /** A page of PHP's instead of an answer, with status 200; nothing is done. */
  | { readonly kind: 'fatal error' }
  /** A redirection to another address; nothing is done. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** All is done and answered; from the next connection on the node has another certificate. */
  | { readonly kind: 'certificate change' }
  /** Another administrator saves right before the call is carried out, or right after. */
  | {
      readonly kind: 'another administrator';
      readonly when: 'before' | 'after';
      readonly edit: (text: string) => string;
    };

/** Which calls a fault meets. */
export interface FaultOrder {
  /** A method of XMLRPC without its prefix, or a path of the GUI; absent for any. */
  readonly call?: string;
  /** Who calls: absent for anybody but the other node of the pair. */
  readonly caller?: 'client' | 'peer' | 'anybody';
  /** So many calls go well before; 0 when absent. */
  readonly after?: number;
  /** So many calls are met; 1 when absent. */
  readonly times?: number;
}

interface Ordered extends FaultOrder {
  readonly fault: Fault;
  toSpare: number;
  toMeet: number;
}

/** The faults that a test has ordered of one node. */
export class Faults {
  #ordered: Ordered[] = [];

  order(fault: Fault, order: FaultOrder = {}): void {
    this.#ordered.push({ ...order, fault, toSpare: order.after ?? 0, toMeet: order.times ?? 1 });
  }

  cancelAll(): void {
    this.#ordered = [];
  }

  /** Whether every fault has met its calls. */
  get areUsedUp(): boolean {
    return this.#ordered.length === 0;
  }

  /** The faults of this call, which are used up by it. */
  take({ call, isPeer }: { readonly call: string; readonly isPeer: boolean }): readonly Fault[] {
    const met: Fault[] = [];
    for (const ordered of this.#ordered) {
      const caller = ordered.caller ?? 'client';
      if (caller !== 'anybody' && (caller === 'peer') !== isPeer) continue;
      if (ordered.call !== undefined && ordered.call !== call) continue;
      if (ordered.toSpare > 0) ordered.toSpare--;
      else {
        ordered.toMeet--;
        met.push(ordered.fault);
      }
    }
    this.#ordered = this.#ordered.filter(({ toMeet }) => toMeet > 0);
    return met;
  }
}
