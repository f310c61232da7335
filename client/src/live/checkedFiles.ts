import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';
import { isSame, nameOf, roles } from './choosePair.ts';

/** A pair with the texts of its files. */
export interface PairFiles {
  readonly pair: LivePair;
  /** Absent for a file that is not there. */
  readonly texts: Readonly<Record<Role, string | undefined>>;
}

/** The texts are the very ones that stand on disk and that the server has checked. */
export type CheckedFiles = PairFiles;

/** Somebody may type while the server checks; after so many attempts the person is told. */
const attempts = 3;

/**
 * Both files of a pair as they were saved and checked: what is pushed is exactly that. Unsaved changes are saved first, if
 * the person agrees. Absent where they do not; why is told.
 */
export async function checkedFiles(session: Session, pair: LivePair): Promise<CheckedFiles | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const documents = await openBoth(pair);
    if (!(await save(roles.flatMap(role => documents[role] ?? [])))) return undefined;
    const checked = (await session.livePairs()).find(each =>
      roles.every(role => isSame(each.nodes[role].uri, pair.nodes[role].uri)),
    );
    if (!checked) {
      void vscode.window.showErrorMessage(`${pair.name} is no pair any more.`);
      return undefined;
    }
    if (roles.every(role => isAsChecked(documents[role], checked.nodes[role].version))) {
      return { pair: checked, texts: textsOf(documents) };
    }
  }
  void vscode.window.showErrorMessage(`The files of ${pair.name} changed while they were checked. Try again.`);
  return undefined;
}

/** Both files as they are in the editor, saved or not: enough to know how their firewalls are reached and called. */
export async function presentFiles(pair: LivePair): Promise<PairFiles> {
  return { pair, texts: textsOf(await openBoth(pair)) };
}

type Documents = Readonly<Record<Role, vscode.TextDocument | undefined>>;

async function openBoth(pair: LivePair): Promise<Documents> {
  return { primary: await open(pair, 'primary'), secondary: await open(pair, 'secondary') };
}

function textsOf({ primary, secondary }: Documents): PairFiles['texts'] {
  return { primary: primary?.getText(), secondary: secondary?.getText() };
}

/** Opened as a document, so that the server speaks of a version of it. Absent where there is no such config. */
async function open(pair: LivePair, role: Role): Promise<vscode.TextDocument | undefined> {
  const { uri, version } = pair.nodes[role];
  const shown = vscode.workspace.textDocuments.find(document => isSame(uri, document.uri.toString()));
  if (shown) return shown;
  return version === undefined ? undefined : vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

async function save(documents: readonly vscode.TextDocument[]): Promise<boolean> {
  const unsaved = documents.filter(document => document.isDirty);
  if (unsaved.length === 0) return true;
  const names = unsaved.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(' and ');
  const saveAll = 'Save and Continue';
  const answer = await vscode.window.showWarningMessage(
    `Save ${names} first?`,
    { modal: true, detail: 'What is compared with the firewalls and sent to them is what the saved files say.' },
    saveAll,
  );
  if (answer !== saveAll) return false;
  const saved = await Promise.all(unsaved.map(document => document.save()));
  if (saved.every(Boolean)) return true;
  void vscode.window.showErrorMessage(`${names} could not be saved.`);
  return false;
}

function isAsChecked(document: vscode.TextDocument | undefined, version: number | null | undefined): boolean {
  if (!document) return version === undefined;
  return !document.isDirty && document.version === version;
}

/** The files that are missing, for a sentence; empty where both are there. */
export function missingFiles({ pair, texts }: CheckedFiles): readonly string[] {
  return roles.filter(role => texts[role] === undefined).map(role => nameOf(pair, role));
}
