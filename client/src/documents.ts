import { Position, Range, type TextDocument, type Uri, workspace } from 'vscode';
import { documentKindOf } from '../../server/src/model/documentKind.ts';

/** The name of the file that names the pairs. */
const manifestName = 'pfsense-ha.json';

/** How much of a document is looked at to tell what it is; a root element stands well before. */
const headLength = 4096;

/** Whether the server is told of a document: pfSense's own language, a manifest, or XML that is a pfSense config or a near relation of one. */
export function isOurs(document: TextDocument): boolean {
  if (!isPlace(document.uri)) return false;
  if (document.languageId === 'pfsense-config' || isManifest(document)) return true;
  if (document.languageId !== 'xml') return false;
  const kind = kindOf(document);
  return kind !== 'other' && kind !== 'none';
}

/** Whether an XML document is a pfSense config. */
export function isPfSenseConfig(document: TextDocument): boolean {
  return isPlace(document.uri) && kindOf(document) === 'pfsense';
}

/**
 * Whether a file can lie at an address: on disk, in a folder of the workspace, or not yet saved. VS Code shows the same
 * text at other addresses too: in the Refactor Preview, as an older version, in a comparison.
 */
function isPlace({ scheme }: Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled') return true;
  return workspace.workspaceFolders?.some(folder => folder.uri.scheme === scheme) ?? false;
}

function isManifest(document: TextDocument): boolean {
  return document.uri.path.endsWith(`/${manifestName}`);
}

function kindOf(document: TextDocument) {
  return documentKindOf(document.getText(new Range(new Position(0, 0), document.positionAt(headLength))));
}
