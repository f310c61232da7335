/** What sshguard does with callers whose logins fail: a few, and their packets get no answer any more (facts.md §1.1). */
export class Lockout {
  readonly #limit: number;
  readonly #failures = new Map<string, number>();

  /** @param limit so many failures lock an address out; Infinity for never */
  constructor(limit: number) {
    this.#limit = limit;
  }

  recordFailure(address: string): void {
    this.#failures.set(address, this.failuresOf(address) + 1);
  }

  failuresOf(address: string): number {
    return this.#failures.get(address) ?? 0;
  }

  /** All failures, whoever called. */
  get failures(): number {
    return [...this.#failures.values()].reduce((sum, each) => sum + each, 0);
  }

  isLockedOut(address: string): boolean {
    return this.failuresOf(address) >= this.#limit;
  }

  reset(): void {
    this.#failures.clear();
  }
}
