import type { Config } from '../model/config.ts';
import type { DocumentKind } from '../model/documentKind.ts';
import type { TextSource } from '../syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';
import { type Baseline, baselineName } from './baseline.ts';
import { type Manifest, manifestName } from './manifest.ts';
import { type PairFacts, readPairFacts } from './pairFacts.ts';
import { type Membership, namedNodes, type Pair, type Pairing, type PairingProblem, workOutPairing } from './pairs.ts';
import { fileName, folderOf, normalUri } from './uri.ts';
import { BaselineFile, ManifestFile, type WorkspaceNode, XmlFile } from './workspaceFile.ts';

export interface WorkspaceOptions {
  /** The address of a manifest that speaks for every file, wherever it lies; no other manifest is heard then. */
  readonly manifest?: string;
  /** The address of a baseline that counts for every file, whatever manifests say. */
  readonly baseline?: string;
}

type KnownFile = XmlFile | ManifestFile | BaselineFile;

interface Remembered {
  readonly texts: number;
  readonly structure: number;
  /** What the files of nodes in no manifest said when the pairing was worked out. */
  readonly facts: readonly PairFacts[];
  readonly pairing: Pairing;
}

interface ManifestList {
  readonly structure: number;
  readonly manifests: readonly Manifest[];
  /** Which of them speaks for a file, as far as it has been asked. */
  readonly byFile: Map<string, Manifest | undefined>;
}

/**
 * Every file that has to do with pairs, and what belongs together.
 *
 * It is told of texts and asks for none: a file may have a text on disk and one in an editor, and an open editor
 * wins. A config lives as long as its file is known, so that what was worked out from it is kept over edits.
 * Text on disk is parsed when first asked for. Addresses are compared in one spelling ({@link normalUri}).
 */
export class Workspace {
  private readonly xml = new Map<string, XmlFile>();
  private readonly manifestFiles = new Map<string, ManifestFile>();
  private readonly baselineFiles = new Map<string, BaselineFile>();
  private readonly ownManifest: string | undefined;
  private readonly ownBaseline: string | undefined;
  /** Grows with every change of what files there are, what kind they are, or what a manifest says. */
  private structure = 0;
  /** Grows with every change of any text. */
  private texts = 0;
  private remembered: Remembered | undefined;
  private manifestList: ManifestList | undefined;
  private nodeList: { readonly structure: number; readonly nodes: readonly WorkspaceNode[] } | undefined;

  constructor({ manifest, baseline }: WorkspaceOptions = {}) {
    this.ownManifest = manifest === undefined ? undefined : normalUri(manifest);
    this.ownBaseline = baseline === undefined ? undefined : normalUri(baseline);
  }

  /** The editor has opened the file with this text, or has replaced its whole text. */
  openEditor(uri: string, text: string): void {
    this.change(uri, file => file.setEditorText(text, uri));
  }

  /** The editor has changed the text: edit after edit, each in the offsets that those before it left behind. */
  changeEditor(uri: string, edits: readonly TextEdit[]): void {
    this.change(uri, file => file.edit(edits));
  }

  /** The editor has closed the file: from now on its text on disk counts. */
  closeEditor(uri: string): void {
    this.change(uri, file => file.setEditorText(undefined));
  }

  /** What stands on disk now; `undefined` where the file is gone. */
  setDiskText(uri: string, text: string | undefined): void {
    if (text === undefined && this.file(uri) === undefined) return;
    this.change(uri, file => file.setDiskText(text));
  }

  isOpen(uri: string): boolean {
    return this.file(uri)?.isOpen ?? false;
  }

  /** The address as the editor that has it open writes it; else in our own spelling. */
  spellingOf(uri: string): string {
    return this.file(uri)?.spelling ?? uri;
  }

  /** What the file is; absent where it is unknown or a manifest. */
  kindOf(uri: string): DocumentKind | undefined {
    return this.xml.get(normalUri(uri))?.kind;
  }

  /** The text of a config, of any other XML file, or of a manifest. */
  sourceOf(uri: string): TextSource | undefined {
    return this.documentOf(uri) ?? this.manifestFiles.get(normalUri(uri))?.source;
  }

  /** The document of any known file that is no manifest. */
  documentOf(uri: string): XmlDocument | undefined {
    return this.configOf(uri)?.document;
  }

  /** The config of any known file that is no manifest, whatever kind it is: broken and foreign files are read too. */
  configOf(uri: string): Config | undefined {
    return this.xml.get(normalUri(uri))?.config;
  }

  /** Every known file that is no manifest, in the order of addresses. */
  files(): readonly string[] {
    return [...this.xml.keys()].sort();
  }

  /** Every pfSense config, in the order of addresses. */
  nodes(): readonly WorkspaceNode[] {
    if (this.nodeList?.structure === this.structure) return this.nodeList.nodes;
    const nodes = this.files().flatMap(uri => {
      const file = this.xml.get(uri);
      return file?.kind === 'pfsense' ? [file] : [];
    });
    this.nodeList = { structure: this.structure, nodes };
    return nodes;
  }

  /** Every pair of which both files are there: those of manifests, then those by facts. */
  pairs(): readonly Pair[] {
    return this.pairing().pairs;
  }

  /** What keeps nodes from being checked as pairs. A node that has to do with no other is no problem. */
  problems(): readonly PairingProblem[] {
    return this.pairing().problems;
  }

  /** What the node is within its pair; absent for a file in no pair. */
  membershipOf(uri: string): Membership | undefined {
    return this.pairing().memberships.get(normalUri(uri));
  }

  /** The other node of the pair. */
  peerOf(uri: string): WorkspaceNode | undefined {
    return this.membershipOf(uri)?.peer;
  }

  /** The files that are named, by manifests for the most part, and that nobody has told of: whoever reads the disk tries to find them. */
  missing(): readonly string[] {
    const others = this.manifests().flatMap(({ suppressions, baseline }) =>
      [...suppressions.map(({ file }) => file), baseline].flatMap(file => file?.uri ?? []),
    );
    const own = this.ownBaseline === undefined ? [] : [this.ownBaseline];
    return [...new Set([...this.pairing().named, ...others, ...own])].filter(uri => this.file(uri) === undefined);
  }

  /** The address of the baseline that counts for a file: that of the manifest that speaks for it, or the one for all. */
  baselineUriOf(uri: string): string | undefined {
    return this.ownBaseline ?? this.manifestOf(uri)?.baseline?.uri;
  }

  /** A baseline by its address; absent where there is no such file. */
  baseline(uri: string | undefined): Baseline | undefined {
    return uri === undefined ? undefined : this.baselineFiles.get(uri)?.baseline;
  }

  /** The manifests that are heard, in the order of addresses. */
  manifests(): readonly Manifest[] {
    if (this.manifestList?.structure !== this.structure) {
      const files = [...this.manifestFiles.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
      this.manifestList = {
        structure: this.structure,
        manifests: files.map(file => file.manifest),
        byFile: new Map(),
      };
    }
    return this.manifestList.manifests;
  }

  /** The manifest that speaks for a file: the one that names it in a pair, else the nearest in a folder above. */
  manifestOf(uri: string): Manifest | undefined {
    const key = normalUri(uri);
    const manifests = this.manifests();
    const known = this.manifestList?.byFile;
    if (known?.has(key)) return known.get(key);
    const naming = manifests.filter(({ pairs }) =>
      pairs.some(({ primary, secondary }) => primary.uri === key || secondary.uri === key),
    );
    const above = manifests.filter(
      ({ source }) => source.uri === this.ownManifest || key.startsWith(folderOf(source.uri)),
    );
    const speaking = (naming.length > 0 ? naming : above).reduce<Manifest | undefined>(nearer, undefined);
    known?.set(key, speaking);
    return speaking;
  }

  private file(uri: string): KnownFile | undefined {
    const key = normalUri(uri);
    return this.xml.get(key) ?? this.manifestFiles.get(key) ?? this.baselineFiles.get(key);
  }

  private isBaseline(key: string): boolean {
    if (key === this.ownBaseline || fileName(key) === baselineName) return true;
    return this.manifests().some(({ baseline }) => baseline?.uri === key);
  }

  private isManifest(key: string): boolean {
    return this.ownManifest === undefined ? fileName(key) === manifestName : key === this.ownManifest;
  }

  /** Lets a file take a change, and sees what that means for the whole. */
  private change(uri: string, apply: (file: KnownFile) => void): void {
    const key = normalUri(uri);
    const known = this.file(key);
    const file = known ?? this.newFile(key);
    const files: Map<string, KnownFile> =
      file instanceof XmlFile ? this.xml : file instanceof ManifestFile ? this.manifestFiles : this.baselineFiles;
    const before = known?.state;
    apply(file);
    this.texts++;
    if (file.isGone) files.delete(key);
    else files.set(key, file);
    if (file.isGone || file.state !== before) this.structure++;
  }

  private newFile(key: string): KnownFile {
    if (this.isManifest(key)) return new ManifestFile(key);
    if (this.isBaseline(key)) return new BaselineFile(key);
    return new XmlFile(key, () => this.remembered?.pairing.memberships.get(key)?.peer);
  }

  /** Worked out anew where a file came or went, a manifest changed, or a node now says something else about its peer. */
  private pairing(): Pairing {
    const kept = this.remembered;
    if (kept?.texts === this.texts) return kept.pairing;
    const nodes = this.nodes();
    const named = kept?.structure === this.structure ? kept.pairing.named : namedNodes(this.manifests());
    const free = nodes.filter(({ uri }) => !named.has(uri));
    const facts = free.map(({ config }) => config.query(readPairFacts));
    const same = kept?.structure === this.structure && facts.every((each, i) => each === kept.facts[i]);
    if (kept && same) {
      this.remembered = { ...kept, texts: this.texts };
      return kept.pairing;
    }
    const pairing = workOutPairing({ nodes, manifests: this.manifests(), manifestOf: uri => this.manifestOf(uri) });
    this.remembered = { texts: this.texts, structure: this.structure, facts, pairing };
    return pairing;
  }
}

/** Of two manifests that speak for a file the one in the deeper folder. */
function nearer(best: Manifest | undefined, each: Manifest): Manifest {
  return best && folderOf(best.source.uri).length >= folderOf(each.source.uri).length ? best : each;
}
