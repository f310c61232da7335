// A VS Code window, driven the way a person drives it. Every verb waits until what it did is to be seen.
// Selectors hold from VS Code 1.96 to 1.139.
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import {
  findProblemRow,
  fits,
  type Problem,
  type ProblemQuery,
  readProblems,
  readTree,
  showProblems,
} from './problems.ts';
import {
  confirmRefactorPreview,
  discardRefactorPreview,
  type PreviewedFile,
  readRefactorPreview,
  refactorPreviewIsOpen,
} from './refactorPreview.ts';
import { eventually, persistently, settled } from './waiting.ts';

export interface OutlineEntry {
  /** Name and kind as VS Code reads them out, for example "lan (module)". */
  readonly label: string;
  readonly detail: string;
  /** From 1. */
  readonly level: number;
}

export interface LanguageStatus {
  readonly severity: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly detail: string;
  /** The title of its command, empty where it has none. */
  readonly command: string;
}

/** Pictures land here; the folder is not under version control. */
const pictures = resolve(import.meta.dirname, '../out');

export class VscodeWindow {
  readonly page: Page;
  /** The folder that is open. */
  readonly workspace: string;

  constructor(page: Page, workspace: string) {
    this.page = page;
    this.workspace = workspace;
  }

  // --- files ---

  /** The editor that shows the file, whether it has the focus or not. */
  editor(file: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor[data-uri$="/${file}"]`).first();
  }

  /** Opens a file of the workspace's top folder from the Explorer, for good and with the focus in it. */
  async openFile(file: string): Promise<void> {
    await persistently(
      async () => {
        const name = this.page.locator('.explorer-folders-view .monaco-list-row .label-name', {
          hasText: new RegExp(`^${literally(file)}$`),
        });
        await name.dblclick({ timeout: 3000 });
        await this.focusedEditor(file).waitFor({ timeout: 5000 });
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** What the disk holds, unsaved changes left out. */
  fileOnDisk(file: string): string {
    return readFileSync(join(this.workspace, file), 'utf8');
  }

  /** Saves everything and waits until no tab is marked as unsaved. */
  async saveAll(): Promise<void> {
    await this.runCommand('File: Save All');
    await this.page.locator('.tabs-container .tab.dirty').first().waitFor({ state: 'detached' });
  }

  /** The names of the open tabs that hold unsaved changes. */
  async unsavedFiles(): Promise<readonly string[]> {
    return this.page
      .locator('.tabs-container .tab.dirty')
      .evaluateAll((tabs: readonly PageElement[]) => tabs.map(tab => tab.getAttribute('data-resource-name') ?? ''));
  }

  /** Puts the cursor at a place (from 1) of the file, which must be open. */
  async goTo(file: string, place: { readonly line: number; readonly column: number }): Promise<void> {
    await persistently(
      async () => {
        await this.openFile(file);
        await this.page.keyboard.press('Control+G');
        const input = this.page.locator('.quick-input-widget input[type="text"]');
        await input.fill(`:${place.line}:${place.column}`, { timeout: 3000 });
        await this.page.keyboard.press('Enter');
        await this.selection(new RegExp(`^Ln ${place.line}, Col ${place.column}$`)).waitFor({ timeout: 3000 });
        await this.focusedEditor(file).waitFor({ timeout: 3000 });
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** Types at the cursor, replacing what is selected. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  // --- findings ---

  async problems(): Promise<readonly Problem[]> {
    return readProblems(this.page);
  }

  /**
   * Waits until the Problems pane says what the assertion expects.
   * @returns the problems with which it held
   */
  async problemsUntil(assertion: (problems: readonly Problem[]) => void): Promise<readonly Problem[]> {
    return eventually(async () => {
      const problems = await this.problems();
      assertion(problems);
      return problems;
    });
  }

  /** Jumps to a problem from its row and waits until the cursor is there, in the editor that has the focus. */
  async goToProblem(query: ProblemQuery): Promise<Problem> {
    return persistently(
      () => this.jump(query),
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** What the hover over a problem says: one entry a block, the problem's own first. */
  async hover(query: ProblemQuery): Promise<readonly string[]> {
    return persistently(
      async () => {
        await this.jump(query);
        await this.page.keyboard.press('Control+K');
        await this.page.keyboard.press('Control+I');
        const blocks = this.page.locator('.monaco-hover:visible .hover-row:not(.status-bar)');
        await blocks.first().waitFor({ timeout: 5000 });
        // Providers answer one after the other: what stood unchanged for a moment is complete.
        return settled(() => blocks.allInnerTexts());
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** The titles that the quick-fix menu of a problem offers. */
  async quickFixTitles(query: ProblemQuery): Promise<readonly string[]> {
    return persistently(
      async () => {
        await this.openQuickFixes(query);
        const titles = await this.quickFixes().locator('.title').allInnerTexts();
        await this.page.keyboard.press('Escape');
        return titles;
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /**
   * Takes a quick fix and waits for what follows from it: the problem is gone, or the Refactor Preview asks.
   * @param title the whole title of the fix
   */
  async quickFix(query: ProblemQuery, title: string): Promise<void> {
    await persistently(
      async () => {
        // An earlier attempt may have done it after all, later than it was waited for.
        if (await this.isSettled(query)) return;
        await this.openQuickFixes(query);
        await this.focusEntry(this.quickFixes(), title);
        await this.page.keyboard.press('Enter');
        await eventually(async () => {
          if (!(await this.isSettled(query))) throw new Error(`"${title}" had no effect.`);
        }, 5000);
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** What the Refactor Preview asks to confirm; waits until it is there. */
  async refactorPreview(): Promise<readonly PreviewedFile[]> {
    return readRefactorPreview(this.page);
  }

  async confirmRefactorPreview(): Promise<void> {
    await confirmRefactorPreview(this.page);
  }

  async discardRefactorPreview(): Promise<void> {
    await discardRefactorPreview(this.page);
  }

  // --- the workbench ---

  /** Runs a command from the palette. @param title with its category, for example "HA Pair: Show Log" */
  async runCommand(title: string): Promise<void> {
    await persistently(
      async () => {
        await this.page.keyboard.press('F1');
        const input = this.page.locator('.quick-input-widget input[type="text"]');
        await input.fill(`>${title}`, { timeout: 3000 });
        await this.focusEntry(this.page.locator('.quick-input-list .monaco-list-row'), title);
        await this.page.keyboard.press('Enter');
        await this.page
          .locator('.quick-input-list .monaco-list-row', { hasText: title })
          .first()
          .waitFor({ state: 'hidden' });
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** Chooses an entry of the list that a command has opened. */
  async pick(title: string): Promise<void> {
    await this.focusEntry(this.page.locator('.quick-input-list .monaco-list-row'), title);
    await this.page.keyboard.press('Enter');
  }

  /** The text of each item of the status bar that has one. */
  async statusItems(): Promise<readonly string[]> {
    const texts = await this.page.locator('.statusbar-item').allInnerTexts();
    return texts.map(text => text.trim()).filter(text => text !== '');
  }

  /** What the extensions say about the file in view: the items behind the braces beside the language's name. */
  async languageStatus(): Promise<readonly LanguageStatus[]> {
    return persistently(
      async () => {
        await this.page.locator('.statusbar-item[id="status.languageStatus"]').hover({ timeout: 5000 });
        const items = this.page.locator('.hover-language-status:visible');
        await items.first().waitFor({ timeout: 5000 });
        const statuses = await items.evaluateAll((elements: readonly PageElement[]) =>
          elements.map(element => {
            const parts = [...(element.querySelector('.element .left')?.childNodes ?? [])];
            const separator = parts.findIndex(part => part.className === 'separator');
            const words = (nodes: readonly PageElement[]) => nodes.map(node => node.textContent ?? '').join('');
            const text = words(separator < 0 ? parts : parts.slice(0, separator));
            const detail = words(separator < 0 ? [] : parts.slice(separator + 1));
            const level = /sev(\d)/.exec(element.querySelector('.severity')?.className ?? '')?.[1];
            const command = element.querySelector('.right .monaco-link')?.textContent ?? '';
            return { level, text, detail, command };
          }),
        );
        await this.page.mouse.move(700, 450);
        return statuses.map(({ level, ...rest }) => ({
          severity: severities[Number(level)] ?? 'information',
          ...rest,
        }));
      },
      () => this.page.mouse.move(700, 450),
    );
  }

  /** The Outline of the file in view, from top to bottom. */
  async outline(): Promise<readonly OutlineEntry[]> {
    const header = this.page.locator('.pane-header[aria-label="Outline Section"]');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await this.page.locator('.outline-tree .monaco-list-row').first().waitFor();
    const rows = await readTree(this.page, '.outline-tree');
    return rows.map(({ label, detail, level }) => ({ label, detail, level }));
  }

  /** The messages that stand in the corner. */
  async notifications(): Promise<readonly string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** @returns the path of the picture */
  async screenshot(name: string): Promise<string> {
    mkdirSync(pictures, { recursive: true });
    const path = join(pictures, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  // --- how it is done ---

  private focusedEditor(file: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor.focused[data-uri$="/${file}"]`).first();
  }

  private selection(text: RegExp): Locator {
    return this.page.locator('.statusbar-item[id="status.editor.selection"]', { hasText: text });
  }

  private async jump(query: ProblemQuery): Promise<Problem> {
    await showProblems(this.page);
    const { problem, row } = await findProblemRow(this.page, query);
    await row.dblclick({ timeout: 3000 });
    await this.selection(new RegExp(`^Ln ${problem.line}, Col`)).waitFor({ timeout: 5000 });
    // Until the editor has the focus, keys go to the list of problems.
    await this.focusedEditor(problem.file).waitFor({ timeout: 5000 });
    return problem;
  }

  private quickFixes(): Locator {
    return this.page.locator('.action-widget .monaco-list-row.action');
  }

  private async openQuickFixes(query: ProblemQuery): Promise<void> {
    const { file } = await this.jump(query);
    // The bulb says that the server has answered for the new place; where the cursor was there before, none may appear.
    const bulb = this.editor(file).locator('.lightBulbWidget, [class*="codicon-gutter-lightbulb"]');
    await bulb.locator('visible=true').first().waitFor({ timeout: 1500 }).catch(ifTimeout);
    await this.page.keyboard.press('Control+.');
    await this.quickFixes().first().waitFor({ timeout: 3000 });
  }

  /** Walks down a menu until the entry with this title has the focus: the mouse is not reliable there, Enter is. */
  private async focusEntry(entries: Locator, title: string): Promise<void> {
    const wanted = entries.filter({ has: this.page.getByText(title, { exact: true }) });
    await wanted.first().waitFor({ timeout: 5000 });
    const focused = wanted.and(this.page.locator('.focused'));
    for (let steps = 0; steps < 30 && !(await focused.first().isVisible()); steps++) {
      await this.page.keyboard.press('ArrowDown');
    }
    await focused.first().waitFor({ timeout: 1000 });
  }

  private async isSettled(query: ProblemQuery): Promise<boolean> {
    if (await refactorPreviewIsOpen(this.page)) return true;
    const problems = await this.problems();
    return !problems.some(problem => fits(problem, query));
  }
}

/** Goes on without what was waited for; any other failure is passed on. */
function ifTimeout(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
}

/** VS Code's class names for the severity of a language status. */
const severities: readonly LanguageStatus['severity'][] = ['information', 'information', 'warning', 'error'];

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
