/**
 * What this server and its client say to each other beyond LSP. The client imports this file, so it holds names and
 * types alone; every address is a URI as VS Code writes it, and nothing here ever carries a secret.
 */
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver';

/** The languages of the documents that the server wants to be told of. */
export const documentLanguages = ['pfsense-config', 'xml', 'json', 'jsonc'] as const;

/** The section of the settings that the server asks for, by `workspace/configuration`, for each folder. */
export const settingsSection = 'pfsenseHa';

/** The settings below {@link settingsSection}; all of scope `resource`. They win over a manifest's `rules`. */
export interface Settings {
  /** Rule id or topic → what its findings weigh; an id wins over its topic. Unknown names and values are left alone. */
  readonly rules?: Readonly<Record<string, 'off' | 'error' | 'warning' | 'info' | 'hint'>>;
  /** Whether lines above sections and items tell of references and of the synchronisation; they do by default. */
  readonly codeLens?: boolean;
  /** Which words are shown within the text; all are by default. */
  readonly inlayHints?: Partial<Readonly<Record<InlayHintKind, boolean>>>;
}

/** What the words within the text tell of: `inlayHints.interfaces` and so on in the settings. */
export type InlayHintKind = 'interfaces' | 'aliases' | 'names' | 'vips' | 'dates' | 'release';

/** `initializationOptions`; every part may be absent. */
export interface InitializationOptions {
  /**
   * The address of the folder in which the rules' pages lie, one `<rule id>.md` each; findings link there. Without it
   * the server links to `docs/rules` beside its own bundle, where that exists.
   */
  readonly documentationBase?: string;
  /**
   * The commands of ours that the client runs ({@link suppressCommand}). Actions that need another one are offered in a
   * form that does without it.
   */
  readonly commands?: readonly string[];
  /** Whether another extension says all there is to say of documents of the language `xml` as XML ({@link otherXmlNotification}). */
  readonly otherXml?: boolean;
  /** Whether the client asks for closing tags itself ({@link closingTagRequest}); otherwise on-type formatting gives them. */
  readonly closesTags?: boolean;
  /** For clients that cannot answer `workspace/configuration`: what holds for every folder. */
  readonly settings?: Settings;
}

/** Notification, server → client: sent once the folders have been searched, and whenever something in it has changed. */
export const stateNotification = 'pfsense-ha/state';

/** Request, client → server: which file is the other half of this one's pair. */
export const peerRequest = 'pfsense-ha/peer';

/** Request, client → server: where the element at a position is in the other node's file. */
export const peerElementRequest = 'pfsense-ha/peerElement';

/** Request, client → server: read every folder and open file anew, check all, and count. */
export const checkWorkspaceRequest = 'pfsense-ha/checkWorkspace';

/** Request, client → server: the edit that writes a pair into a manifest. The client applies it. */
export const editManifestRequest = 'pfsense-ha/editManifest';

/** Request, client → server: the edit that writes a node's certificate into a manifest. The client applies it. */
export const pinCertificateRequest = 'pfsense-ha/pinCertificate';

/** Request, client → server: the edit that writes a suppression into a manifest. The client applies it. */
export const suppressRequest = 'pfsense-ha/suppress';

/**
 * Request, client → server: the pairs whose firewalls can be talked to, with what must be known for that. Every
 * folder is read anew first and all is checked, so what it says of errors is true of the versions that it names.
 */
export const livePairsRequest = 'pfsense-ha/livePairs';

/** Command of the client, in code actions: it asks for the reason and sends {@link suppressRequest}. Its one argument is a {@link Suppression}. */
export const suppressCommand = 'pfsenseHa.suppress';

/**
 * Notification, client → server: whether another extension for XML is at work now. It shows syntax faults, folds, links tags,
 * closes and formats documents of the language `xml`, so this server does not.
 */
export const otherXmlNotification = 'pfsense-ha/otherXml';

export interface OtherXmlParams {
  readonly isActive: boolean;
}

/** Request, client → server: what closes an element, once `</` or the `>` of its start tag has been typed. */
export const closingTagRequest = 'pfsense-ha/closingTag';

export interface ClosingTagParams {
  readonly uri: string;
  /** Behind what was typed. */
  readonly position: Position;
}

/** Answer to {@link closingTagRequest}; null where nothing is to be closed. */
export interface ClosingTagAnswer {
  readonly text: string;
  /** Where the cursor goes on. */
  readonly cursor: 'behind' | 'in front';
}

/** Request, client → server: copies of a config and of its peer that can be shown to others. */
export const redactRequest = 'pfsense-ha/redact';

/** Command of the client, in code lenses: shows the places that name the thing whose name stands at a place, a {@link LensPlace}. */
export const showReferencesCommand = 'pfsenseHa.showReferences';

/** Command of the client, in code lenses: compares both nodes' files, with the element at a place in view, a {@link LensPlace}. */
export const compareWithPeerCommand = 'pfsenseHa.compareWithPeer';

/** The one argument of the commands of code lenses. */
export interface LensPlace {
  readonly uri: string;
  readonly position: Position;
}

/** Request, client → server: the edit that gives the network of an interface another number. The client applies it. */
export const renumberRequest = 'pfsense-ha/renumber';

/** Command of the client, in code actions: it asks for the new network and sends {@link renumberRequest}. Its one argument is a {@link RenumberedInterface}. */
export const renumberCommand = 'pfsenseHa.renumberInterface';

export type Role = 'primary' | 'secondary';

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
}

/** One half of a pair. */
export interface NodeState {
  readonly uri: string;
  readonly counts: Counts;
  /** How many findings are not shown: suppressed, or in the baseline. */
  readonly hidden: number;
}

export interface PairState {
  /** As the manifest has it; a pair that was found by facts is named by its files. */
  readonly name: string;
  readonly primary: NodeState;
  readonly secondary: NodeState;
  /** The manifest that names the pair; absent for a pair that was found by facts. */
  readonly manifest?: string;
  /** How the two were found to belong together and who is who, in one sentence. */
  readonly reason: string;
}

/** A config in no pair. */
export interface SingleState {
  readonly uri: string;
  readonly counts: Counts;
  readonly hidden: number;
  /** Why it is in none, and what would settle it, in one sentence. */
  readonly reason: string;
}

/** A file that the server does not check although it looks like one of ours, or something that keeps it from its work. */
export interface Problem {
  /** The file it is about; absent for what concerns the whole workspace. */
  readonly uri?: string;
  readonly message: string;
}

/** A `pfsense-ha.json`. */
export interface ManifestState {
  readonly uri: string;
  /** The names of its pairs, in its order. */
  readonly pairs: readonly string[];
  readonly counts: Counts;
}

/** `params` of {@link stateNotification}: all that the status item shows. */
export interface WorkspaceState {
  /** Whether the folders are still being searched; what is missing may yet appear. */
  readonly isSearching: boolean;
  readonly pairs: readonly PairState[];
  readonly singles: readonly SingleState[];
  readonly manifests: readonly ManifestState[];
  readonly problems: readonly Problem[];
}

export interface PeerParams {
  readonly uri: string;
}

/** Answer to {@link peerRequest}; null for a file in no pair. */
export interface Peer {
  readonly uri: string;
  /** The role of the file at `uri`: the peer's, not that of the file asked about. Absent where nothing says who is primary. */
  readonly role?: Role;
}

export interface PeerElementParams {
  readonly uri: string;
  readonly position: Position;
}

/** Answer to {@link peerElementRequest}; null for a file in no pair. */
export interface PeerElement {
  /** Of the peer's file. */
  readonly uri: string;
  /** The element's value, or its name where it holds elements. */
  readonly range: Range;
  /** Why it is another element than the one asked for, in one sentence for a person; absent where it is the very one. */
  readonly note?: string;
}

/** Answer to {@link checkWorkspaceRequest}, which has no params. */
export interface WorkspaceSummary {
  readonly counts: Counts;
  /** How many findings are not shown: suppressed, or in a baseline. */
  readonly hidden: number;
  /** How many configs were checked, manifests not counted. */
  readonly files: number;
  readonly pairs: number;
}

export interface EditManifestParams {
  readonly name: string;
  /** The addresses of the two configs. */
  readonly primary: string;
  readonly secondary: string;
  /** The manifest to write; absent for the one that names either file, else the nearest above both, else a new one beside them. */
  readonly manifest?: string;
}

export interface PinCertificateParams extends EditManifestParams {
  /** Whose certificate it is. */
  readonly role: Role;
  /** Its SHA-256 fingerprint. */
  readonly sha256: string;
}

/** Of the answer to {@link livePairsRequest}, which has no params and is a list of these: two firewalls and their files. */
export interface LivePair {
  readonly name: string;
  /** The manifest that names the pair; absent for a pair that was found by facts. */
  readonly manifest?: string;
  readonly nodes: Readonly<Record<Role, LiveNode>>;
}

export interface LiveNode {
  readonly uri: string;
  /** Of the open document that was checked; null for a file that was read from disk, absent where there is no such config. */
  readonly version?: number | null;
  /** As the manifest has them. */
  readonly url?: string;
  readonly allowHttp?: boolean;
  /** The SHA-256 fingerprint of the pinned certificate, as it is written. */
  readonly sha256?: string;
  /** What keeps the file from being pushed, in its order. */
  readonly errors: readonly LiveError[];
}

export interface LiveError {
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** What is to be suppressed. */
export interface Suppression {
  /** The config's address. */
  readonly uri: string;
  readonly rule: string;
  /** The path of the element; empty for the whole file. */
  readonly element: string;
}

export interface SuppressParams extends Suppression {
  readonly reason: string;
}

/** Answer to {@link editManifestRequest}, {@link pinCertificateRequest} and {@link suppressRequest}. */
export type EditManifestResult =
  | { readonly manifest: string; readonly edit: WorkspaceEdit }
  /** Why there is no such edit, in one sentence for a person. */
  | { readonly problem: string };

/** Asks the editor for the first bytes of a file; sent by a server without a disk. The answer is null where there is no such file. */
export const readFileRequest = 'pfsenseHa/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** In bytes. */
  readonly most: number;
}

/** Answer to {@link readFileRequest}. The bytes travel as they are: the messages of a worker are no text. */
export interface ReadFile {
  readonly bytes: Uint8Array;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

/** Asks the editor for the addresses of configs and manifests in a folder; sent by a server without a disk. */
export const listFolderRequest = 'pfsenseHa/listFolder';

export interface FolderParams {
  readonly folder: string;
  readonly depth: 'folder' | 'all';
}

/** What is to be renumbered. */
export interface RenumberedInterface {
  /** The config's address. */
  readonly uri: string;
  /** The interface's key, such as `lan`. */
  readonly interface: string;
  /** What people call it. */
  readonly name: string;
  /** The network that it has, such as `10.0.0.0/24`. */
  readonly subnet: string;
}

export interface RenumberParams {
  readonly uri: string;
  readonly interface: string;
  /** The new network, as a person has written it. */
  readonly subnet: string;
}

/** Answer to {@link renumberRequest}. */
export type RenumberResult =
  | {
      readonly edit: WorkspaceEdit;
      /** How many texts mention addresses of the old network and stay as they are: descriptions, settings of packages. */
      readonly left: number;
    }
  /** Why there is no such edit, in one sentence for a person. */
  | { readonly problem: string };

export interface RedactParams {
  readonly uri: string;
}

/** Answer to {@link redactRequest}: the config that was asked about first, then its peer where it has one. */
export type RedactResult =
  | { readonly copies: readonly RedactedCopy[] }
  /** Why there are none, in one sentence for a person. */
  | { readonly problem: string };

/** A copy without secrets, public addresses and names. */
export interface RedactedCopy {
  /** The original's address. */
  readonly uri: string;
  readonly text: string;
}
