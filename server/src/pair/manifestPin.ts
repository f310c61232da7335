import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import {
  type CertificatePin,
  editManifest,
  type ManifestEdits,
  normalPath,
  type PairChoice,
  valueAt,
} from './manifestEdits.ts';
import { appended, replaced } from './manifestEntries.ts';
import { relativePath } from './uri.ts';

/**
 * Writes by which certificate a node is known into its manifest, and the pair where the manifest does not name it yet.
 * All else stays as it is written.
 *
 * @param text the manifest's present text; absent where there is no manifest yet
 */
export function pinCertificate(
  manifest: { readonly uri: string; readonly text: string | undefined },
  choice: PairChoice,
  pin: CertificatePin,
): ManifestEdits {
  const text = manifest.text ?? '';
  const config = relativePath(manifest.uri, choice[pin.role]);
  const root = parseTree(text, [], { disallowComments: true, allowTrailingComma: false });
  const pairs = root && findNodeAtLocation(root, ['pairs']);
  const pair = pairs?.children?.find(each => normalPath(valueAt(each, [pin.role, 'config'])) === config);
  const node = pair && findNodeAtLocation(pair, [pin.role]);
  if (node?.type !== 'object') return editManifest(manifest, { ...choice, pin });
  return { isPossible: true, edits: [pinEdit(text, node, pin.sha256)] };
}

function pinEdit(text: string, node: Node, sha256: string): TextEdit {
  const tls = findNodeAtLocation(node, ['tls']);
  if (!tls) return appended(text, node, '"tls": ', { sha256 });
  const present = findNodeAtLocation(tls, ['sha256']);
  if (present) return replaced(text, present, sha256);
  return tls.type === 'object' ? appended(text, tls, '"sha256": ', sha256) : replaced(text, tls, { sha256 });
}
