// What a person does inside the editor that has the focus.
import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { eventually, persistently } from './waiting.ts';

/** A run of text in one colour and style. */
export interface ColouredText {
  readonly text: string;
  /** VS Code's class for the colour; equal classes are one colour. */
  readonly colour: string;
}

const suggestions = '.suggest-widget.visible .monaco-list-row';

/** Asks for completion at the cursor. @returns the labels in the order of the list, which stays open */
export async function openSuggestions(page: Page): Promise<readonly string[]> {
  return persistently(
    async () => {
      await page.keyboard.press('Control+Space');
      const rows = page.locator(suggestions);
      await rows.first().waitFor({ timeout: 5000 });
      return rows.locator('.label-name').allInnerTexts();
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Takes an entry of the list that is open. */
export async function acceptSuggestion(page: Page, label: string): Promise<void> {
  const wanted = page.locator(suggestions).filter({ has: page.getByText(label, { exact: true }) });
  const focused = wanted.and(page.locator('.focused'));
  for (let steps = 0; steps < 30 && !(await focused.first().isVisible()); steps++) {
    await page.keyboard.press('ArrowDown');
  }
  await focused.first().waitFor({ timeout: 3000 });
  await page.keyboard.press('Enter');
  await page.locator(suggestions).first().waitFor({ state: 'hidden' });
}

/** The lines in view of the editor at a selector, from top to bottom, as text. VS Code draws spaces as no-break spaces. */
export async function linesInView(page: Page, editor: string): Promise<readonly string[]> {
  const lines = await page.locator(`${editor} .view-lines .view-line`).evaluateAll((elements: readonly PageElement[]) =>
    elements.map(element => ({
      text: element.textContent ?? '',
      top: Number(/top:\s*(-?[\d.]+)px/.exec(element.getAttribute('style') ?? '')?.[1] ?? 0),
    })),
  );
  // Their order in the page is that in which they came into view.
  return lines.sort((one, other) => one.top - other.top).map(({ text }) => plain(text));
}

/** The line in view that contains a text, in the runs in which the editor colours it. */
export async function coloursOfLine(page: Page, editor: string, text: string): Promise<readonly ColouredText[]> {
  return eventually(async () => {
    const lines = await page
      .locator(`${editor} .view-lines .view-line`)
      .evaluateAll((elements: readonly PageElement[]) =>
        elements.map(element =>
          [...(element.querySelector(':scope > span')?.childNodes ?? [])].map(run => ({
            text: run.textContent ?? '',
            colour: /mtk\d+/.exec(run.className)?.[0] ?? '',
          })),
        ),
      );
    const found = lines
      .map(runs => runs.map(run => ({ ...run, text: plain(run.text) })))
      .find(runs =>
        runs
          .map(run => run.text)
          .join('')
          .includes(text),
      );
    if (found === undefined) throw new Error(`No line in view contains ${text}.`);
    return found;
  }, 10_000);
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
