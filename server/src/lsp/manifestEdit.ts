import type { AnnotatedTextEdit, CreateFile, WorkspaceEdit } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { manifestName } from '../pair/manifest.ts';
import { editManifest, type ManifestEdits } from '../pair/manifestEdits.ts';
import { addSuppression, setRule } from '../pair/manifestEntries.ts';
import { pinCertificate } from '../pair/manifestPin.ts';
import { fileName, folderOf, normalUri, relativePath } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import { TextBuffer } from '../syntax/textBuffer.ts';
import type { EditManifestParams, EditManifestResult, PinCertificateParams, SuppressParams } from './protocol.ts';
import { toTextEdits } from './toProtocol.ts';
import type { EditParts } from './workspaceEdits.ts';

/** The edit that writes a pair into a manifest: the one that names either file, the nearest above both, or a new one. */
export function manifestEdit(parts: EditParts, params: EditManifestParams): EditManifestResult {
  return pairEdit(parts, params, (uri, text) => editManifest({ uri, text }, params));
}

/** The edit that writes by which certificate a node is known, and its pair where no manifest names it yet. */
export function certificateEdit(parts: EditParts, params: PinCertificateParams): EditManifestResult {
  const { role, sha256 } = params;
  return pairEdit(parts, params, (uri, text) => pinCertificate({ uri, text }, params, { role, sha256 }));
}

function pairEdit(
  parts: EditParts,
  params: EditManifestParams,
  edit: (uri: string, text: string | undefined) => ManifestEdits,
): EditManifestResult {
  if ([params.primary, params.secondary].some(isUnsaved)) {
    return { problem: 'A manifest names files: save both configurations first.' };
  }
  if (normalUri(params.primary) === normalUri(params.secondary)) {
    return { problem: 'Primary and secondary are the same file.' };
  }
  const uri = params.manifest ?? chosenManifest(parts.workspace, params);
  if (uri === undefined) return { problem: 'The two files are not on the same drive, so no manifest can name both.' };
  return change(parts, uri, text => edit(uri, text));
}

/** The edit that suppresses what a rule finds at an element, in the manifest that speaks for the file, or in a new one. */
export function suppressionEdit(parts: EditParts, params: SuppressParams): EditManifestResult {
  const { uri: config, rule, element, reason } = params;
  if (isUnsaved(config)) return unsaved;
  const uri = manifestFor(parts.workspace, config);
  const file = relativePath(uri, config);
  if (file === undefined) return { problem: 'A manifest can only name files on the same drive as itself.' };
  return change(parts, uri, text => addSuppression(text, { rule, file, element, reason }));
}

/** The edit that turns a rule off in the manifest that speaks for a file, or in a new one. */
export function ruleOffEdit(
  parts: EditParts,
  { uri: config, rule }: { readonly uri: string; readonly rule: string },
): EditManifestResult {
  if (isUnsaved(config)) return unsaved;
  return change(parts, manifestFor(parts.workspace, config), text => setRule(text, rule, 'off'));
}

/** The same edit, to be confirmed before it is made. */
export function confirmed({ documentChanges = [] }: WorkspaceEdit): WorkspaceEdit {
  const annotationId = 'manifest';
  const annotated = documentChanges.map(each => {
    if (!('textDocument' in each)) return each.kind === 'create' ? { ...each, annotationId } : each;
    const edits = each.edits.map((one): AnnotatedTextEdit => ({ ...(one as AnnotatedTextEdit), annotationId }));
    return { ...each, edits };
  });
  const label = `Changes ${manifestName}`;
  const description = 'The manifest counts for every file that it speaks for.';
  return {
    documentChanges: annotated,
    changeAnnotations: { [annotationId]: { label, description, needsConfirmation: true } },
  };
}

/** The manifest that speaks for a file; without one, where a new one would stand. */
export function manifestFor(workspace: Workspace, uri: string): string {
  const key = normalUri(uri);
  const peer = workspace.peerOf(key)?.uri;
  return workspace.manifestOf(key)?.source.uri ?? newManifest([key, peer ?? key]) ?? `${folderOf(key)}${manifestName}`;
}

const unsaved: EditManifestResult = { problem: 'A manifest names files: save the configuration first.' };

function isUnsaved(uri: string): boolean {
  return URI.parse(uri).scheme === 'untitled';
}

function change(parts: EditParts, uri: string, edit: (text: string | undefined) => ManifestEdits): EditManifestResult {
  const { workspace, documents, features } = parts;
  const source = workspace.sourceOf(uri);
  const result = edit(source?.buffer.toString());
  if (!result.isPossible) return { problem: result.problem };
  const spelled = workspace.spellingOf(uri);
  const edits = toTextEdits(source?.buffer ?? new TextBuffer(''), result.edits);
  if (!features.versionedEdits && source) return { manifest: spelled, edit: { changes: { [spelled]: edits } } };
  if (!source && !features.createsFiles) {
    return {
      problem: `This editor cannot create files for others: create an empty ${fileName(uri)} beside the configuration first.`,
    };
  }
  const changed = { textDocument: { uri: spelled, version: documents.get(uri)?.version ?? null }, edits };
  const create: CreateFile = { kind: 'create', uri: spelled, options: { ignoreIfExists: true } };
  return { manifest: spelled, edit: { documentChanges: source ? [changed] : [create, changed] } };
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
