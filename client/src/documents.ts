import { Position, Range, type TextDocument } from 'vscode';
import { documentKindOf } from '../../server/src/model/documentKind.ts';

/** The name of the file that names the pairs. */
const manifestName = 'pfsense-ha.json';

/** How much of a document is looked at to tell what it is; a root element stands well before. */
const headLength = 4096;

/** Whether the server is told of a document: pfSense's own language, a manifest, or XML that is a pfSense config or a near relation of one. */
export function isOurs(document: TextDocument): boolean {
  if (document.languageId === 'pfsense-config' || isManifest(document)) return true;
  if (document.languageId !== 'xml') return false;
  const kind = kindOf(document);
  return kind !== 'other' && kind !== 'none';
}

/** Whether an XML document is a pfSense config. */
export function isPfSenseConfig(document: TextDocument): boolean {
  return kindOf(document) === 'pfsense';
}

function isManifest(document: TextDocument): boolean {
  return document.uri.path.endsWith(`/${manifestName}`);
}

function kindOf(document: TextDocument) {
  return documentKindOf(document.getText(new Range(new Position(0, 0), document.positionAt(headLength))));
}
