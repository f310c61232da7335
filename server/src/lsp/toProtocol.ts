import type {
  Diagnostic,
  Location,
  Position,
  CompletionItem as ProtocolCompletionItem,
  CompletionList as ProtocolCompletionList,
  FoldingRange as ProtocolFoldingRange,
  DocumentSymbol as ProtocolSymbol,
  TextEdit as ProtocolTextEdit,
  Range,
  SymbolInformation,
} from 'vscode-languageserver';
import type { CompletionItem, CompletionKind, CompletionList, CompletionSubject } from '../features/completion/item.ts';
import { plainText } from '../features/completion/snippetText.ts';
import type { DocumentSymbol, SymbolKind } from '../features/documentSymbols.ts';
import type { FoldingRange } from '../features/foldingRanges.ts';
import {
  type Token,
  type TokenModifier,
  type TokenType,
  tokenModifiers,
  tokenTypes,
} from '../features/tokens/token.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { TextBuffer } from '../syntax/textBuffer.ts';
import { type Place, spanOf } from '../syntax/tree.ts';
import { isLineEnd } from '../syntax/units.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { ClientFeatures } from './clientFeatures.ts';

// The only file of the server in which offsets become lines and characters, and the other way round.

/** Lines and characters (UTF-16 code units, both from 0) of two offsets. */
export function toRange(buffer: TextBuffer, start: number, end: number): Range {
  return { start: buffer.positionAt(start), end: buffer.positionAt(end) };
}

export function rangeOfPlace(place: Place): Range {
  const { start, end } = spanOf(place);
  return toRange(place.anchor.document.buffer, start, end);
}

/** A place of any file, under the address that the editor has for it. */
export function toLocation(place: Place, spellingOf: (uri: string) => string): Location {
  return { uri: spellingOf(place.anchor.document.uri), range: rangeOfPlace(place) };
}

/** The offset of a position; one outside the text is moved to its nearest end. */
export function fromPosition(buffer: TextBuffer, { line, character }: Position): number {
  return buffer.offsetAt(line, character);
}

/** The offsets of a range; what lies outside the text is moved to its nearest end. */
export function fromRange(buffer: TextBuffer, { start, end }: Range): { readonly from: number; readonly to: number } {
  const from = buffer.offsetAt(start.line, start.character);
  return { from, to: Math.max(from, buffer.offsetAt(end.line, end.character)) };
}

export const diagnosticSource = 'pfsense-ha';

const severities = { error: 1, warning: 2, info: 3, hint: 4 } as const satisfies Record<Severity, number>;

export interface DiagnosticOptions {
  readonly features: ClientFeatures;
  /** The address of a rule's page; absent for what has none. */
  readonly pageOf: (rule: string) => string | undefined;
  /** The address of a file as the editor writes it. */
  readonly spellingOf: (uri: string) => string;
}

export function toDiagnostic(finding: Finding, { features, pageOf, spellingOf }: DiagnosticOptions): Diagnostic {
  const href = features.codeDescription ? pageOf(finding.rule) : undefined;
  const related = features.relatedInformation ? finding.related : [];
  return {
    range: rangeOfPlace(finding.at),
    severity: severities[finding.severity],
    code: finding.rule,
    source: diagnosticSource,
    message: finding.message,
    ...(href !== undefined && { codeDescription: { href } }),
    ...(finding.isUnnecessary && features.unnecessaryTag && { tags: [1] }),
    ...(related.length > 0 && {
      relatedInformation: related.map(({ at, message }) => ({
        location: { uri: spellingOf(at.anchor.document.uri), range: rangeOfPlace(at) },
        message,
      })),
    }),
  };
}

/** Whether a finding still stands where its diagnostic says, and all that has to do with it too. */
export function isUpToDate(diagnostic: Diagnostic, finding: Finding, { spellingOf }: DiagnosticOptions): boolean {
  if (!standsAt(finding.at, diagnostic.range)) return false;
  const related = diagnostic.relatedInformation ?? [];
  return related.every(({ location }, i) => {
    const at = finding.related[i]?.at;
    return at && standsAt(at, location.range) && spellingOf(at.anchor.document.uri) === location.uri;
  });
}

function standsAt(place: Place, { start, end }: Range): boolean {
  const { buffer } = place.anchor.document;
  const span = spanOf(place);
  return isPosition(buffer.positionAt(span.start), start) && isPosition(buffer.positionAt(span.end), end);
}

function isPosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

/** A word about a file as a whole, at its beginning. */
export function toNote(message: string, rule?: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: severities.info,
    source: diagnosticSource,
    message,
    ...(rule !== undefined && { code: rule }),
  };
}

export function toTextEdits(buffer: TextBuffer, edits: readonly TextEdit[]): ProtocolTextEdit[] {
  return edits.map(({ from, to, text }) => ({ range: toRange(buffer, from, to), newText: text }));
}

/** The numbers of LSP's SymbolKind; what they are called there has little to do with firewalls, their pictures do. */
export const symbolKinds = {
  section: 2, // Module
  interface: 11, // Interface
  row: 23, // Struct
  group: 3, // Namespace
  field: 8, // Field
  more: 15, // String
} as const satisfies Record<SymbolKind, number>;

export function toSymbols(buffer: TextBuffer, symbols: readonly DocumentSymbol[]): ProtocolSymbol[] {
  return symbols.map(({ name, kind, start, end, selectionStart, selectionEnd, children }) => {
    const symbol: ProtocolSymbol = {
      name,
      kind: symbolKinds[kind],
      range: toRange(buffer, start, end),
      selectionRange: toRange(buffer, selectionStart, selectionEnd),
    };
    if (children.length > 0) symbol.children = toSymbols(buffer, children);
    return symbol;
  });
}

/** The same for editors that know no tree. */
export function toFlatSymbols(
  { uri, buffer }: { readonly uri: string; readonly buffer: TextBuffer },
  symbols: readonly DocumentSymbol[],
  containerName?: string,
): SymbolInformation[] {
  return symbols.flatMap(symbol => [
    {
      name: symbol.name,
      kind: symbolKinds[symbol.kind],
      location: { uri, range: toRange(buffer, symbol.start, symbol.end) },
      ...(containerName !== undefined && { containerName }),
    },
    ...toFlatSymbols({ uri, buffer }, symbol.children, symbol.name),
  ]);
}

/** Ranges of one line fall out. The line of an element's end tag stays in view, where the editor folds whole lines. */
export function toFoldingRanges(
  buffer: TextBuffer,
  folds: readonly FoldingRange[],
  features: ClientFeatures,
): ProtocolFoldingRange[] {
  return folds.flatMap(({ kind, start, end }) => {
    const [first, last] = [buffer.positionAt(start), buffer.positionAt(end)];
    const endLine = kind === 'element' && features.foldsWholeLines ? last.line - 1 : last.line;
    if (endLine <= first.line) return [];
    return [{ startLine: first.line, endLine, ...(kind === 'comment' && { kind: 'comment' }) }];
  });
}

/** The numbers of LSP's CompletionItemKind. */
const completionKinds = {
  element: 5, // Field
  section: 22, // Struct
  closing: 14, // Keyword
  word: 20, // EnumMember
  reference: 18, // Reference
  address: 12, // Value
  value: 12, // Value
  // Struct: what bears the kind Snippet is hidden with those that VS Code would offer in every value.
  snippet: 22,
} as const satisfies Record<CompletionKind, number>;

interface CompletionOptions {
  readonly features: ClientFeatures;
  readonly dataOf: (subject: CompletionSubject) => unknown;
}

export function toCompletionList(
  buffer: TextBuffer,
  { items, isCut }: CompletionList,
  options: CompletionOptions,
): ProtocolCompletionList {
  return { isIncomplete: isCut, items: items.map(item => toCompletionItem(buffer, item, options)) };
}

function toCompletionItem(
  buffer: TextBuffer,
  item: CompletionItem,
  { features, dataOf }: CompletionOptions,
): ProtocolCompletionItem {
  const { label, kind, detail, filter, sort, from, to, form, also, subject } = item;
  const isSnippet = form === 'snippet' && features.snippets;
  const text = form === 'snippet' && !isSnippet ? plainText(item.text) : item.text;
  const isOnLines = text.includes('\n');
  const isIndentedHere = isOnLines && !isSnippet && !features.adjustsIndentation;
  const newText = isIndentedHere ? text.replaceAll('\n', `\n${indentationAt(buffer, from)}`) : text;
  return {
    label,
    kind: completionKinds[kind],
    filterText: filter,
    sortText: sort,
    textEdit: { range: toRange(buffer, from, to), newText },
    insertTextFormat: isSnippet ? 2 : 1,
    ...(isOnLines && features.adjustsIndentation && { insertTextMode: 2 }),
    ...(detail !== '' && (features.labelDetails ? { labelDetails: { description: detail } } : { detail })),
    ...(also && { additionalTextEdits: toTextEdits(buffer, [also]) }),
    ...(subject && { data: dataOf(subject) }),
  };
}

/** The blanks at the beginning of an offset's line. */
function indentationAt(buffer: TextBuffer, offset: number): string {
  const start = buffer.lineStart(buffer.positionAt(offset).line);
  return /^[\t ]*/.exec(buffer.slice(start, offset))?.[0] ?? '';
}

const typeNumbers: ReadonlyMap<TokenType, number> = new Map(tokenTypes.map((type, i) => [type, i]));
const modifierBits: ReadonlyMap<TokenModifier, number> = new Map(
  tokenModifiers.map((modifier, i) => [modifier, 1 << i]),
);

/**
 * Five numbers a token, line and character counted from the one before, as LSP has them. What spans lines is told line by
 * line, from its first ink to its last.
 */
export function toTokenData(buffer: TextBuffer, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let [lastLine, lastCharacter] = [0, 0];
  // Tokens come in order, so that the lines are gone through once.
  const endOfLine = (start: number) => {
    while (line + 1 < buffer.lineCount && buffer.lineStart(line + 1) <= start) line++;
    return buffer.lineStart(line + 1);
  };
  const put = (start: number, end: number, { type, modifier }: Token) => {
    const character = start - buffer.lineStart(line);
    const before = line === lastLine ? lastCharacter : 0;
    const bits = modifier ? (modifierBits.get(modifier) ?? 0) : 0;
    data.push(line - lastLine, character - before, end - start, typeNumbers.get(type) ?? 0, bits);
    [lastLine, lastCharacter] = [line, character];
  };
  for (const token of tokens) {
    if (token.end <= endOfLine(token.start) && !isLineEnd(buffer.unitAt(token.end - 1))) {
      put(token.start, token.end, token);
      continue;
    }
    for (const { 0: ink, index } of buffer.slice(token.start, token.end).matchAll(/\S(?:[^\r\n]*\S)?/g)) {
      const start = token.start + index;
      endOfLine(start);
      put(start, start + ink.length, token);
    }
  }
  return data;
}
