import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  DidOpenTextDocumentNotification,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import {
  compareWithPeerCommand,
  type InitializationOptions,
  renumberCommand,
  showReferencesCommand,
  suppressCommand,
} from '../../server/src/lsp/protocol.ts';
import { isOurs } from './documents.ts';
import { hasOtherXml } from './otherXml.ts';

/**
 * What the client tells its server and asks of it, wherever that runs.
 *
 * @param client gives the client that is made with these options
 */
export function clientOptions(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  client: () => BaseLanguageClient,
): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    commands: [suppressCommand, renumberCommand, showReferencesCommand, compareWithPeerCommand],
    closesTags: true,
    otherXml: hasOtherXml(),
    documentationBase: `${vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules').toString()}/`,
  };
  return {
    documentSelector: [
      { language: 'pfsense-config' },
      { language: 'xml' },
      { language: 'json', pattern: '**/pfsense-ha.json' },
    ],
    outputChannel: log,
    initializationOptions,
    diagnosticPullOptions: { onChange: true, onFocus: true },
    middleware: onlyOurs(document =>
      client().getFeature(DidOpenTextDocumentNotification.method).getProvider(document)?.send(document),
    ),
  };
}

/**
 * The server is told of XML only where that is a pfSense config or a near relation of one. A document that becomes
 * one while it is typed is opened then.
 */
function onlyOurs(
  open: (document: vscode.TextDocument) => Promise<void> | undefined,
): NonNullable<LanguageClientOptions['middleware']> {
  const passedOver = new Set<string>();
  const keyOf = (document: vscode.TextDocument) => document.uri.toString();
  return {
    didOpen(document, next) {
      if (isOurs(document)) {
        passedOver.delete(keyOf(document));
        return next(document);
      }
      passedOver.add(keyOf(document));
      return Promise.resolve();
    },
    async didChange(event, next) {
      const { document } = event;
      if (!passedOver.has(keyOf(document))) return next(event);
      // Opening it sends its present text, so this change has no need to go.
      if (isOurs(document)) await open(document);
    },
    didClose(document, next) {
      return passedOver.delete(keyOf(document)) ? Promise.resolve() : next(document);
    },
  };
}
