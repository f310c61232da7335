// What VS Code asks: modal dialogs, and questions at the top of the window.
import type { Page } from 'playwright-core';
import { eventually } from './waiting.ts';

export interface Dialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

const box = '.monaco-dialog-box';

/** The modal dialog that stands in the window; waits until its message contains a text. */
export async function dialogUntil(page: Page, message: string): Promise<Dialog> {
  return eventually(async () => {
    const dialog = page.locator(box).last();
    const shown = await dialog.locator('.dialog-message-text').first().innerText({ timeout: 1000 });
    if (!shown.includes(message)) throw new Error(`The dialog says: ${shown}`);
    const detail = dialog.locator('.dialog-message-detail');
    return {
      message: shown,
      detail: (await detail.count()) > 0 ? await detail.first().innerText() : '',
      buttons: await dialog.locator('.dialog-buttons .monaco-button').allInnerTexts(),
    };
  });
}

/** Presses a button of the dialog and waits until that dialog is gone. */
export async function answerDialog(page: Page, button: string): Promise<void> {
  const dialog = page.locator(box).last();
  const message = await dialog.locator('.dialog-message-text').first().innerText();
  await dialog.getByText(button, { exact: true }).click();
  await page.locator(box, { hasText: message }).waitFor({ state: 'detached' });
}

/** The question at the top of the window; waits until its title contains a text. @returns whether what is typed is hidden */
export async function questionUntil(page: Page, title: string): Promise<{ readonly isHidden: boolean }> {
  const widget = page.locator('.quick-input-widget:visible');
  await widget.locator('.quick-input-title', { hasText: title }).waitFor();
  const input = widget.locator('.quick-input-box input').first();
  return { isHidden: (await input.getAttribute('type')) === 'password' };
}

/** Types an answer to the question at the top, in place of what it proposes, and waits until another thing is asked or none. */
export async function answerQuestion(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input').first();
  await input.fill(text);
  await page.keyboard.press('Enter');
}

/** Answers what the extension asks before it talks to a firewall; the password must be typed unseen. */
export async function enterCredentials(page: Page, origin: string, password: string): Promise<void> {
  const { isHidden } = await questionUntil(page, `Credentials for ${origin}`);
  if (isHidden) throw new Error('The user name is asked for with hidden input.');
  await answerQuestion(page, 'admin');
  await page.locator('.quick-input-widget:visible input[type="password"]').waitFor();
  await answerQuestion(page, password);
}

/** Agrees to what is ticked in the list at the top. */
export async function confirmPicks(page: Page): Promise<void> {
  await page.locator('.quick-input-widget:visible .quick-input-action .monaco-button').first().click();
}
