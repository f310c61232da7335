import type { WorkspaceEdit } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { manifestName } from '../pair/manifest.ts';
import { editManifest } from '../pair/manifestEdits.ts';
import { folderOf, normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import { TextBuffer } from '../syntax/textBuffer.ts';
import type { EditManifestParams, EditManifestResult } from './protocol.ts';
import { toTextEdits } from './toProtocol.ts';
import type { EditParts } from './workspaceEdits.ts';

/** The edit that writes a pair into a manifest: the one that names either file, the nearest above both, or a new one. */
export function manifestEdit(parts: EditParts, params: EditManifestParams): EditManifestResult {
  const { workspace, documents, features } = parts;
  if ([params.primary, params.secondary].some(uri => URI.parse(uri).scheme === 'untitled')) {
    return { problem: 'A manifest names files: save both configurations first.' };
  }
  if (normalUri(params.primary) === normalUri(params.secondary)) {
    return { problem: 'Primary and secondary are the same file.' };
  }
  const uri = params.manifest ?? chosenManifest(workspace, params);
  if (uri === undefined) return { problem: 'The two files are not on the same drive, so no manifest can name both.' };
  const source = workspace.sourceOf(uri);
  const result = editManifest({ uri, text: source?.buffer.toString() }, params);
  if (!result.isPossible) return { problem: result.problem };
  const spelled = workspace.spellingOf(uri);
  const edits = toTextEdits(source?.buffer ?? new TextBuffer(''), result.edits);
  if (!features.versionedEdits && source) return { manifest: spelled, edit: { changes: { [spelled]: edits } } };
  if (!source && !features.createsFiles) {
    return {
      problem: `This editor cannot create files for others: create an empty ${manifestName} beside the two first.`,
    };
  }
  const change = { textDocument: { uri: spelled, version: documents.get(uri)?.version ?? null }, edits };
  const create = { kind: 'create' as const, uri: spelled, options: { ignoreIfExists: true } };
  const edit: WorkspaceEdit = { documentChanges: source ? [change] : [create, change] };
  return { manifest: spelled, edit };
}

function chosenManifest(workspace: Workspace, { primary, secondary }: EditManifestParams): string | undefined {
  const keys = [normalUri(primary), normalUri(secondary)];
  const manifests = workspace.manifests();
  const naming = manifests.find(({ pairs }) =>
    pairs.some(pair => keys.includes(pair.primary.uri) || keys.includes(pair.secondary.uri)),
  );
  const above = manifests
    .map(({ source }) => source.uri)
    .filter(uri => keys.every(key => key.startsWith(folderOf(uri))))
    .sort((one, other) => other.length - one.length);
  return naming?.source.uri ?? above[0] ?? newManifest(keys);
}

/** In the deepest folder that holds both; absent where no folder does. */
function newManifest([one = '', other = '']: readonly string[]): string | undefined {
  let folder = folderOf(one);
  while (!other.startsWith(folder)) {
    const above = folderOf(folder.slice(0, -1));
    if (above === folder || above.length >= folder.length) return undefined;
    folder = above;
  }
  return `${folder}${manifestName}`;
}
