import type { Config } from '../model/config.ts';
import type { Branch, Place, Tree } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';
import type { Fix, Related, Severity } from './finding.ts';

/** The parts of a configuration that rules are grouped by. */
export type Topic =
  | 'xml'
  | 'schema'
  | 'system'
  | 'interface'
  | 'gateway'
  | 'carp'
  | 'nat'
  | 'firewall'
  | 'dhcp'
  | 'kea'
  | 'dns'
  | 'vpn'
  | 'pfsync'
  | 'sync'
  | 'reference';

export type Role = 'primary' | 'secondary';

/** The names between braces in a message: `VHID {vhid}` has `vhid`. */
type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Messages = Readonly<Record<string, string>>;

/** What a rule's check yields: where, which message with which values, what it has to do with, and how to repair it. */
export type Report<M extends Messages> = {
  [Id in keyof M & string]: {
    readonly at: Place;
    readonly message: Id;
    readonly related?: readonly Related[];
    readonly fixes?: () => readonly Fix[];
    /** Where the finding weighs less or more than the rule usually does. */
    readonly severity?: Severity;
    readonly isUnnecessary?: true;
  } & ([Placeholder<M[Id]>] extends [never]
    ? unknown
    : { readonly data: Readonly<Record<Placeholder<M[Id]>, string | number>> });
}[keyof M & string];

interface Description<M extends Messages> {
  /** The public name, for ever: in findings, settings, documentation addresses and the file's name. */
  readonly id: string;
  readonly topic: Topic;
  readonly severity: Severity;
  /** It runs only where a manifest or a setting gives it a severity: a matter of plan or taste. */
  readonly isOffByDefault?: true;
  /** The version of this project that brought it. */
  readonly since: string;
  /** What holds when all is well, in one sentence. */
  readonly summary: string;
  /** Markdown: what breaks, how pfSense behaves, the known exceptions, the source. */
  readonly why: string;
  /** What is wrong, with values in braces: one sentence each. */
  readonly messages: M;
  /** A config with the mistake, the findings marked, and one without: in the notation of the tests (CONTRIBUTING.md). */
  readonly examples: { readonly wrong: string; readonly right: string };
  /** Which kinds of fix it offers, for its documentation page; absent where a person must decide. */
  readonly fix?: string;
}

/** The node that a rule looks at, and its peer where the file belongs to a pair. */
export interface NodeInput {
  readonly node: Config;
  readonly peer: Config | undefined;
  /** Absent for a node in no pair. */
  readonly role: Role | undefined;
}

/** One section of the node, by its name: all children of the root that are called so. */
export interface SectionInput extends NodeInput {
  readonly section: string;
}

export interface PairInput {
  readonly primary: Config;
  readonly secondary: Config;
}

/** Looks at the text of a file, whatever it is: once at the whole of it, and at each child of the root by itself. */
interface SyntaxChecks<M extends Messages> {
  checkDocument?(input: { readonly document: XmlDocument; readonly tree: Tree }): Iterable<Report<M>>;
  checkBranch?(input: { readonly branch: Branch }): Iterable<Report<M>>;
}

/**
 * Looks at a node: at the whole of it, or at each of its sections by itself. What looks at every section does the latter,
 * so that an edit costs one section, and a broken tag silences that one alone.
 */
interface NodeChecks<M extends Messages> {
  check?(input: NodeInput): Iterable<Report<M>>;
  checkSection?(input: SectionInput): Iterable<Report<M>>;
}

interface PairChecks<M extends Messages> {
  check(input: PairInput): Iterable<Report<M>>;
}

export type SyntaxRule = { readonly scope: 'syntax' } & Description<Messages> & SyntaxChecks<Messages>;
export type NodeRule = { readonly scope: 'node' } & Description<Messages> & NodeChecks<Messages>;
export type PairRule = { readonly scope: 'pair' } & Description<Messages> & PairChecks<Messages>;
export type Rule = SyntaxRule | NodeRule | PairRule;

/** A rule on the text of any file, also one that is broken. */
export function defineSyntaxRule<const M extends Messages>(rule: Description<M> & SyntaxChecks<M>): SyntaxRule {
  return { scope: 'syntax', ...rule } as unknown as SyntaxRule;
}

/** A rule for which one file is enough; it may look at the peer for its exceptions and fixes. */
export function defineNodeRule<const M extends Messages>(rule: Description<M> & NodeChecks<M>): NodeRule {
  return { scope: 'node', ...rule } as unknown as NodeRule;
}

/** A rule that needs both files. Its findings may stand in either. */
export function definePairRule<const M extends Messages>(rule: Description<M> & PairChecks<M>): PairRule {
  return { scope: 'pair', ...rule } as unknown as PairRule;
}
