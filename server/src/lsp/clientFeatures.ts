import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol.ts';

/** What the editor at the other end can do, as far as it makes a difference here. */
export interface ClientFeatures {
  /** It asks for diagnostics itself, and asks again when it is told to. Without that they are sent to it. */
  readonly pullsDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly unnecessaryTag: boolean;
  /** Code actions may be literals with edits, not commands alone. */
  readonly codeActionLiterals: boolean;
  /** The edits of a code action may be asked for when it is chosen. */
  readonly lazyCodeActions: boolean;
  /** Code actions that cannot be chosen may be shown with the reason. */
  readonly disabledCodeActions: boolean;
  /** Edits may say which version of a document they are meant for. */
  readonly versionedEdits: boolean;
  /** Edits may ask for a confirmation. */
  readonly confirmedEdits: boolean;
  readonly createsFiles: boolean;
  /** It asks what can be renamed before it asks for a name. */
  readonly preparesRename: boolean;
  readonly linkTooltips: boolean;
  readonly symbolTree: boolean;
  /** Jumps may say what they lead from, and which part of the target matters. */
  readonly definitionLinks: boolean;
  readonly typeDefinitionLinks: boolean;
  readonly implementationLinks: boolean;
  readonly foldsWholeLines: boolean;
  readonly mostFolds: number;
  /** Entries of a completion may hold places to go to. */
  readonly snippets: boolean;
  /** It shows a detail beside an entry's label; without that it is shown elsewhere. */
  readonly labelDetails: boolean;
  /** It puts the indentation of the line in front of further lines that are inserted, when it is told to. */
  readonly adjustsIndentation: boolean;
  /** What the documentation of an entry, and what is said where the mouse rests, may be written in. */
  readonly completionMarkup: Markup;
  readonly hoverMarkup: Markup;
  /** It can be told that code lenses, folds, hints or colours are others by now. */
  readonly refreshesCodeLenses: boolean;
  readonly refreshesFolding: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesSemanticTokens: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watchedFilesRegistration: boolean;
  readonly workspaceFolders: boolean;
  /** It tells when another extension for XML comes or goes, and takes our formatting as it is registered. */
  readonly formattingRegistration: boolean;
}

export type Markup = 'markdown' | 'plaintext';

/** More folds than any person opens, in editors that name no limit. */
const defaultMostFolds = 10_000;

export function readClientFeatures({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { textDocument, workspace } = capabilities;
  const options = (initializationOptions ?? {}) as InitializationOptions;
  const pullsDiagnostics = textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true;
  // What diagnostics may hold was said with publishDiagnostics alone before LSP 3.18.
  const diagnostics = textDocument?.publishDiagnostics;
  const codeAction = textDocument?.codeAction;
  const edits = workspace?.workspaceEdit;
  const completionItem = textDocument?.completion?.completionItem;
  return {
    pullsDiagnostics,
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    unnecessaryTag: diagnostics?.tagSupport?.valueSet.includes(1) === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    lazyCodeActions:
      codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    disabledCodeActions: codeAction?.disabledSupport === true,
    versionedEdits: edits?.documentChanges === true,
    confirmedEdits: edits?.documentChanges === true && edits.changeAnnotationSupport !== undefined,
    createsFiles: edits?.documentChanges === true && edits.resourceOperations?.includes('create') === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    typeDefinitionLinks: textDocument?.typeDefinition?.linkSupport === true,
    implementationLinks: textDocument?.implementation?.linkSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    linkTooltips: textDocument?.documentLink?.tooltipSupport === true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    foldsWholeLines: textDocument?.foldingRange?.lineFoldingOnly === true,
    mostFolds: textDocument?.foldingRange?.rangeLimit ?? defaultMostFolds,
    snippets: completionItem?.snippetSupport === true,
    labelDetails: completionItem?.labelDetailsSupport === true,
    adjustsIndentation: completionItem?.insertTextModeSupport?.valueSet.includes(2) === true,
    completionMarkup: markupOf(completionItem?.documentationFormat),
    hoverMarkup: markupOf(textDocument?.hover?.contentFormat),
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesFolding: workspace?.foldingRange?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesSemanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFilesRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    formattingRegistration:
      options.otherXml !== undefined &&
      [textDocument?.formatting, textDocument?.rangeFormatting, textDocument?.onTypeFormatting].every(
        each => each?.dynamicRegistration === true,
      ),
  };
}

function markupOf(formats: readonly string[] | undefined): Markup {
  return formats?.includes('markdown') ? 'markdown' : 'plaintext';
}
