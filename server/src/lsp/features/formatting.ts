import {
  BulkRegistration,
  type BulkUnregistration,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { closingTag } from '../../features/closingTag.ts';
import { formattingEdits } from '../../features/formatting.ts';
import { lineIndentationEdit } from '../../features/lineIndentation.ts';
import type { TextBuffer } from '../../syntax/textBuffer.ts';
import type { Session } from '../session.ts';
import { fromPosition, fromRange, toTextEdits } from '../toProtocol.ts';
import type { EditorFeature } from './editorFeature.ts';

/** The form in which pfSense writes a file, for all of it, a part, and the line that has just been begun. What the editor says of blanks and widths is not heard. */
export const formatting: EditorFeature = {
  capabilities: ({ formattingRegistration }) =>
    formattingRegistration
      ? {}
      : {
          documentFormattingProvider: true,
          documentRangeFormattingProvider: true,
          documentOnTypeFormattingProvider: onType,
        },
  listen(session) {
    const { connection, guard } = session;
    connection.onDocumentFormatting(
      guard.request('textDocument/formatting', [], ({ textDocument: { uri } }) => edits(session, uri)),
    );
    connection.onDocumentRangeFormatting(
      guard.request('textDocument/rangeFormatting', [], ({ textDocument: { uri }, range }) =>
        edits(session, uri, range),
      ),
    );
    connection.onDocumentOnTypeFormatting(
      guard.request('textDocument/onTypeFormatting', [], ({ textDocument: { uri }, position, ch }) => {
        const document = session.xmlSnapshotOf(uri)?.config.document;
        if (!document) return [];
        const offset = fromPosition(document.buffer, position);
        if (ch === '\n') {
          const edit = lineIndentationEdit(document, offset);
          return edit ? toTextEdits(document.buffer, [edit]) : [];
        }
        const closing = session.closesTags ? undefined : closingTag(document, offset);
        return closing ? toTextEdits(document.buffer, [{ from: offset, to: offset, text: closing.text }]) : [];
      }),
    );
  },
  begin(session) {
    const { features, guard } = session;
    if (!features.formattingRegistration) return;
    let registered = register(session);
    guard.background('formatting', registered);
    session.onOtherXml(() => {
      registered = registered.then(before => {
        before.dispose();
        return register(session);
      });
      guard.background('formatting', registered);
    });
  },
};

const onType = { firstTriggerCharacter: '\n', moreTriggerCharacter: ['/', '>'] };

/** An editor that has two who format a language asks which one is meant, in every file of that language. */
function register({ connection, hasOtherXml }: Session): Promise<BulkUnregistration> {
  const documentSelector = ['pfsense-config', ...(hasOtherXml ? [] : ['xml'])].map(language => ({ language }));
  const all = BulkRegistration.create();
  all.add(DocumentFormattingRequest.type, { documentSelector });
  all.add(DocumentRangeFormattingRequest.type, { documentSelector });
  all.add(DocumentOnTypeFormattingRequest.type, { documentSelector, ...onType });
  return connection.client.register(all);
}

function edits(session: Session, uri: string, range?: Range): TextEdit[] {
  const config = session.xmlSnapshotOf(uri)?.config;
  if (!config) return [];
  const { buffer } = config.document;
  return toTextEdits(buffer, formattingEdits(config, range && withIndentation(buffer, range)));
}

/** The offsets of a range; who selects a line from its first letter means the blanks in front of it, too. */
function withIndentation(buffer: TextBuffer, range: Range): { readonly from: number; readonly to: number } {
  const { from, to } = fromRange(buffer, range);
  const lineStart = buffer.lineStart(buffer.positionAt(from).line);
  return { from: buffer.slice(lineStart, from).trim() === '' ? lineStart : from, to };
}
