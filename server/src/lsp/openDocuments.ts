import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { manifestName } from '../pair/manifest.ts';
import { fileName, normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { mostBytes, tooLarge } from './fileSize.ts';
import { documentLanguages } from './protocol.ts';
import { fromRange } from './toProtocol.ts';

/** A document in the editor. */
export interface OpenDocument {
  /** As the editor writes it. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
}

/** Above this many changes at once the new text is put together in one piece. */
const mostSingleChanges = 32;

/** The documents that the editor has open: it tells of their changes, and the workspace holds their texts. */
export class OpenDocuments {
  private readonly documents = new Map<string, OpenDocument>();
  /** By the address of a document, why the workspace does not get its text. */
  private readonly refusals = new Map<string, string>();

  constructor(private readonly workspace: Workspace) {}

  /** Absent where the document is not open, or is none of ours. */
  get(uri: string): OpenDocument | undefined {
    return this.documents.get(normalUri(uri));
  }

  /** In the order in which they were opened. */
  all(): readonly OpenDocument[] {
    return [...this.documents.values()];
  }

  /** Why the document is not checked although it could be: one sentence. */
  refusalOf(uri: string): string | undefined {
    return this.refusals.get(normalUri(uri));
  }

  /** @returns whether the document is one of ours */
  open(document: OpenDocument, text: string): boolean {
    if (!isOurs(document)) return false;
    const key = normalUri(document.uri);
    this.documents.set(key, document);
    if (text.length > mostBytes) this.refusals.set(key, tooLarge(text.length));
    else this.workspace.openEditor(document.uri, text);
    return true;
  }

  /** @returns whether the document is one of ours */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): boolean {
    const key = normalUri(uri);
    const document = this.documents.get(key);
    if (!document) return false;
    this.documents.set(key, { ...document, version });
    if (this.refusals.has(key)) return true;
    const edits = changes.length > mostSingleChanges ? this.independentEdits(uri, changes) : undefined;
    if (edits) this.workspace.openEditor(uri, this.textWith(uri, edits));
    else for (const change of changes) this.apply(document.uri, change);
    return true;
  }

  /** @returns whether the document was one of ours */
  close(uri: string): boolean {
    const key = normalUri(uri);
    if (!this.documents.delete(key)) return false;
    if (this.refusals.delete(key)) return true;
    this.workspace.closeEditor(uri);
    return true;
  }

  /** Each change counts in the text that the one before it has left behind. */
  private apply(uri: string, change: TextDocumentContentChangeEvent): void {
    const source = this.workspace.sourceOf(uri);
    if (!('range' in change) || !source) {
      this.workspace.openEditor(uri, change.text);
      return;
    }
    this.workspace.changeEditor(uri, [{ ...fromRange(source.buffer, change.range), text: change.text }]);
  }

  /**
   * "Replace all" sends thousands of changes, from the end of the document to its beginning; so none of them moves
   * another, and all can be seen in the text as it was. Absent where that is not so.
   */
  private independentEdits(
    uri: string,
    changes: readonly TextDocumentContentChangeEvent[],
  ): readonly TextEdit[] | undefined {
    const buffer = this.workspace.sourceOf(uri)?.buffer;
    if (!buffer) return undefined;
    const edits: TextEdit[] = [];
    let before = buffer.length;
    for (const change of changes) {
      if (!('range' in change)) return undefined;
      const { from, to } = fromRange(buffer, change.range);
      if (to > before) return undefined;
      edits.push({ from, to, text: change.text });
      before = from;
    }
    return edits.reverse();
  }

  private textWith(uri: string, edits: readonly TextEdit[]): string {
    const text = this.workspace.sourceOf(uri)?.buffer.toString() ?? '';
    const parts: string[] = [];
    let at = 0;
    for (const edit of edits) {
      parts.push(text.slice(at, edit.from), edit.text);
      at = edit.to;
    }
    return [...parts, text.slice(at)].join('');
  }
}

/** Editors send what their user has told them to; of JSON only manifests are ours. */
function isOurs({ uri, languageId }: OpenDocument): boolean {
  if (fileName(uri) === manifestName) return true;
  return documentLanguages.some(language => language === languageId) && !languageId.startsWith('json');
}
