import { type Role, roles } from '../../pair/manifest.ts';
import type { CarpStatus } from '../node/phpCode.ts';
import type { NodeKey } from '../store/store.ts';
import type { NodeOutcome, Outcome, SectionState } from './outcome.ts';

/** How each section of a run stands, as far as the run knows by now. */
export class Ledger {
  readonly notes: string[] = [];
  private readonly sections: Readonly<Record<Role, Map<string, SectionState>>> = {
    primary: new Map(),
    secondary: new Map(),
  };
  private readonly backups: Partial<Record<Role, string>> = {};
  private readonly carp: Partial<Record<Role, CarpStatus>> = {};

  constructor(private readonly keys: Readonly<Record<Role, NodeKey>>) {}

  set(role: Role, states: ReadonlyMap<string, SectionState>): void {
    for (const [name, state] of states) this.sections[role].set(name, state);
  }

  setAll(role: Role, names: Iterable<string>, state: SectionState): void {
    for (const name of names) this.sections[role].set(name, state);
  }

  setBackup(role: Role, path: string): void {
    this.backups[role] = path;
  }

  backupOf(role: Role): string | undefined {
    return this.backups[role];
  }

  setCarp(role: Role, status: CarpStatus): void {
    this.carp[role] = status;
  }

  isAll(role: Role, ...states: readonly SectionState[]): boolean {
    return [...this.sections[role].values()].every(state => states.includes(state));
  }

  /** Whether every section of both nodes is in one of these states. */
  areAll(...states: readonly SectionState[]): boolean {
    return roles.every(role => this.isAll(role, ...states));
  }

  outcome(kind: Outcome['kind'], { cause, run, why }: Pick<Outcome, 'cause' | 'run' | 'why'>): Outcome {
    return {
      kind,
      cause,
      ...(why !== undefined && { why }),
      nodes: { primary: this.node('primary'), secondary: this.node('secondary') },
      run,
      notes: this.notes,
    };
  }

  private node(role: Role): NodeOutcome {
    const { host, origin } = this.keys[role];
    const sections = [...this.sections[role]].map(([name, state]) => ({ name, state }));
    return { host, origin, sections, backup: this.backups[role], carp: this.carp[role] };
  }
}
