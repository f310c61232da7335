// The confirmation of edits: VS Code's Refactor Preview.
//
// How VS Code shows it (1.139): as soon as one edit of a WorkspaceEdit carries an annotation with `needsConfirmation`,
// nothing is applied and the panel "Refactor Preview" opens with every edit of the whole WorkspaceEdit, grouped by file.
// Each file (level 1) and each edit (level 2) has a checkbox. Edits that need confirmation start UNTICKED, the others
// ticked, and Apply applies exactly the ticked ones without another question: Apply with nothing ticked closes the panel
// and changes nothing, Apply at once on a fix of both files changes only the file in view. Ticking a file ticks its
// edits. Annotation label and description are only a tooltip of the edit's row. After Apply the former panel comes back.
// Where several files were changed, VS Code saves them all (its setting files.refactoring.autoSave); where it was the
// peer alone, that opens in a tab of its own, unsaved. For the comparison the panel makes models of its own, with the scheme
// vscode-bulkeditpreview-editor and the file's language: an extension that checks those too reports everything twice.
import type { Locator, Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { settled } from './waiting.ts';

export interface PreviewedFile {
  readonly file: string;
  readonly ticked: boolean;
  readonly edits: readonly PreviewedEdit[];
}

export interface PreviewedEdit {
  /** As VS Code reads it out, for example "line 3, replacing old with new". */
  readonly label: string;
  readonly ticked: boolean;
}

const panel = '.bulk-edit-panel';
/** The panel's tab exists exactly while something is to be confirmed, also where another panel is in front of it. */
const tab = '.part.panel .composite-bar .action-label[aria-label^="Refactor Preview"]';

/** What the preview offers; waits until it is there. */
export async function readRefactorPreview(page: Page): Promise<readonly PreviewedFile[]> {
  await page.locator(tab).waitFor();
  if (!(await page.locator(panel).isVisible())) await page.locator(tab).click();
  const rows = page.locator(`${panel} .monaco-list-row`);
  await rows.first().waitFor();
  // The rows come one after the other.
  const read = await settled(() =>
    rows.evaluateAll((elements: readonly PageElement[]) =>
      elements.map(element => ({
        level: element.getAttribute('aria-level'),
        label: element.getAttribute('aria-label') ?? '',
        ticked: element.querySelector('.edit-checkbox')?.getAttribute('aria-checked') === 'true',
      })),
    ),
  );
  const files: { file: string; ticked: boolean; edits: PreviewedEdit[] }[] = [];
  for (const { level, label, ticked } of read) {
    if (level === '1') files.push({ file: label.replace(/, making text edits$/, ''), ticked, edits: [] });
    else files.at(-1)?.edits.push({ label, ticked });
  }
  return files;
}

/** Ticks every file and presses Apply: what a person does who agrees with the whole fix. */
export async function confirmRefactorPreview(page: Page): Promise<void> {
  await readRefactorPreview(page);
  for (const box of await page.locator(`${panel} .monaco-list-row[aria-level="1"] .edit-checkbox`).all()) {
    if ((await box.getAttribute('aria-checked')) !== 'true') await tick(box);
  }
  await press(page, 'Apply');
}

async function tick(box: Locator): Promise<void> {
  await box.click();
  await box.and(box.page().locator('[aria-checked="true"]')).waitFor();
}

/** Presses Apply without ticking anything first. */
export async function applyRefactorPreviewAsItStands(page: Page): Promise<void> {
  await press(page, 'Apply');
}

export async function discardRefactorPreview(page: Page): Promise<void> {
  await press(page, 'Discard');
}

export async function refactorPreviewIsOpen(page: Page): Promise<boolean> {
  return page.locator(tab).isVisible();
}

async function press(page: Page, button: 'Apply' | 'Discard'): Promise<void> {
  await page.locator(`${panel} .monaco-button`, { hasText: button }).click();
  await page.locator(tab).waitFor({ state: 'hidden' });
}
