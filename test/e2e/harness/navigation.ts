// How a person finds their way between two files, and gives something another name.
import type { Page } from 'playwright-core';
import { eventually, persistently } from './waiting.ts';
import type { VscodeWindow } from './window.ts';

/** Waits until an editor of that file has the focus, with the cursor on a line (from 1). */
export async function cursorUntil({ page }: VscodeWindow, file: string, line: number): Promise<void> {
  await page.locator(`.editor-instance .monaco-editor.focused[data-uri$="/${file}"]`).first().waitFor();
  const status = page.locator('.statusbar-item[id="status.editor.selection"]', {
    hasText: new RegExp(`^Ln ${line}, `),
  });
  await status.waitFor();
}

/** What stands in the lines above sections and items that are in view, line by line. */
export async function lensesUntil(
  { page }: VscodeWindow,
  fulfils: (lenses: readonly string[]) => boolean,
): Promise<readonly string[]> {
  return eventually(async () => {
    const texts = await page.locator('.codelens-decoration:visible').allInnerTexts();
    const lenses = texts.map(text => text.replaceAll('\u00a0', ' ').trim());
    if (!fulfils(lenses)) throw new Error(`The lenses are ${lenses.join(' / ')}.`);
    return lenses;
  });
}

/** Renames what is under the cursor, as far as VS Code's answer: a message, a change, or the Refactor Preview. */
export async function renameTo({ page }: VscodeWindow, name: string): Promise<void> {
  const input = page.locator('.rename-box input');
  await persistently(
    async () => {
      await page.keyboard.press('F2');
      await input.first().waitFor({ timeout: 5000 });
    },
    () => page.keyboard.press('Escape'),
  );
  await input.first().fill(name);
  await page.keyboard.press('Enter');
  await input.first().waitFor({ state: 'hidden' });
}

/** Waits for the sentence that an editor shows at the cursor. */
export async function messageAtCursor(page: Page): Promise<string> {
  const message = page.locator('.monaco-editor-overlaymessage .message');
  await message.waitFor();
  return message.innerText();
}
