import { Config } from '../model/config.ts';
import { type DocumentKind, documentKindOf } from '../model/documentKind.ts';
import { TextBuffer } from '../syntax/textBuffer.ts';
import type { TextSource } from '../syntax/tree.ts';
import { type TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';
import { type Baseline, readBaseline } from './baseline.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './manifestReader.ts';

/** A pfSense config of the workspace. The same object as long as the file is known. */
export interface WorkspaceNode {
  readonly uri: string;
  /** Parsed when first asked for. */
  readonly config: Config;
}

/** A file with its two texts: the one on disk, and the one in an editor, which wins while it is open. */
abstract class TwoTexts {
  private disk: string | undefined;
  private open = false;
  private written: string | undefined;

  constructor(readonly uri: string) {}

  get isOpen(): boolean {
    return this.open;
  }

  /** Whether neither the disk nor an editor has it any more. */
  get isGone(): boolean {
    return !this.open && this.disk === undefined;
  }

  /** The address as the editor writes it. */
  get spelling(): string {
    return this.written ?? this.uri;
  }

  setEditorText(text: string | undefined, spelling?: string): void {
    this.open = text !== undefined;
    this.written = spelling;
    const shown = text ?? this.disk;
    if (shown !== undefined) this.show(shown);
  }

  setDiskText(text: string | undefined): void {
    this.disk = text;
    if (!this.open && text !== undefined) this.show(text);
  }

  /** Changes the text in the editor, edit after edit. */
  abstract edit(edits: readonly TextEdit[]): void;

  /** A value that is another one whenever what others conclude from the file (its kind, a manifest's content) may be. */
  abstract get state(): unknown;

  protected abstract show(text: string): void;
}

/** A file that is no manifest. It is parsed when first asked for. */
export class XmlFile extends TwoTexts implements WorkspaceNode {
  private pending = '';
  private parsed: Config | undefined;
  private judged: { readonly by: unknown; readonly kind: DocumentKind } | undefined;

  constructor(
    uri: string,
    /** The other node of its pair, as far as that is known. */
    private readonly peer: () => WorkspaceNode | undefined,
  ) {
    super(uri);
  }

  get config(): Config {
    if (!this.parsed) {
      this.parsed = new Config(new XmlDocument(this.uri, this.pending), () => this.peer()?.config);
      this.pending = '';
    }
    return this.parsed;
  }

  /** What the file is, judged anew whenever its text has changed: an empty file becomes a config while one types. */
  get kind(): DocumentKind {
    const by = this.parsed ? this.parsed.document.tree : this.pending;
    if (this.judged?.by !== by) {
      const kind = documentKindOf(this.parsed?.document ?? this.pending);
      this.judged = { by, kind };
    }
    return this.judged.kind;
  }

  get state(): unknown {
    return this.kind;
  }

  edit(edits: readonly TextEdit[]): void {
    for (const edit of edits) this.config.document.edit(edit);
  }

  protected show(text: string): void {
    if (this.parsed) become(this.parsed.document, text);
    else this.pending = text;
  }
}

/** A JSON file of ours: short, so each change reads it anew. */
abstract class JsonFile extends TwoTexts {
  source: TextSource = { uri: this.uri, buffer: new TextBuffer('') };

  get state(): unknown {
    return this.source;
  }

  edit(edits: readonly TextEdit[]): void {
    const buffer = new TextBuffer(this.source.buffer.toString());
    for (const { from, to, text } of edits) buffer.replace(from, to, text);
    this.source = { uri: this.uri, buffer };
  }

  protected show(text: string): void {
    if (text !== this.source.buffer.toString()) this.source = { uri: this.uri, buffer: new TextBuffer(text) };
  }
}

export class ManifestFile extends JsonFile {
  private read: Manifest | undefined;

  get manifest(): Manifest {
    if (this.read?.source !== this.source) this.read = readManifest(this.source);
    return this.read;
  }
}

export class BaselineFile extends JsonFile {
  private read: Baseline | undefined;

  get baseline(): Baseline {
    if (this.read?.source !== this.source) this.read = readBaseline(this.source);
    return this.read;
  }
}

/** Gives a document another text by the one edit that makes the difference, so that what was worked out from the rest is kept. */
function become(document: XmlDocument, text: string): void {
  const before = document.buffer.toString();
  if (before === text) return;
  const shorter = Math.min(before.length, text.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === text.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(before.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)
  ) {
    tail++;
  }
  document.edit({ from: head, to: before.length - tail, text: text.slice(head, text.length - tail) });
}
