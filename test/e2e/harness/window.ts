// A VS Code window, driven the way a person drives it. Every verb waits until what it did is to be seen.
// Selectors hold from VS Code 1.96 to 1.139.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import {
  answerDialog,
  answerQuestion,
  confirmPicks,
  type Dialog,
  dialogUntil,
  enterCredentials,
  questionUntil,
} from './dialogs.ts';
import { acceptSuggestion, type ColouredText, coloursOfLine, linesInView, openSuggestions } from './editing.ts';
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
import { eventually, patience, persistently, settled } from './waiting.ts';

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

/** The README's pictures; a normal run leaves them alone. */
const publishedPictures = resolve(import.meta.dirname, '../../../docs/images');
const publishedNames: ReadonlySet<string> = new Set([
  'problems',
  'peer-fix',
  'completion',
  'peer-element',
  'hints',
  'sync-dialog',
  'unknown-certificate',
]);

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
    return this.page.locator(editorOf(file)).first();
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

  /** The first line of a file on disk, from 1, in which that text stands; 0 where it stands in none. */
  lineOf(file: string, text: string): number {
    const lines = this.fileOnDisk(file).split('\n');
    return lines.findIndex(line => line.includes(text)) + 1;
  }

  /** What the disk holds, unsaved changes left out. */
  fileOnDisk(file: string): string {
    return readFileSync(join(this.workspace, file), 'utf8');
  }

  /** Waits until the file on disk holds what is looked for. */
  async savedUntil(file: string, text: RegExp): Promise<void> {
    await eventually(() => {
      if (!text.test(this.fileOnDisk(file))) throw new Error(`${file} does not hold ${text}.`);
    });
  }

  /** Writes a file behind VS Code's back, as another program does. */
  writeOnDisk(file: string, text: string): void {
    writeFileSync(join(this.workspace, file), text);
  }

  removeFromDisk(file: string): void {
    rmSync(join(this.workspace, file));
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
        await input.fill(`:${place.line}:1`, { timeout: 3000 });
        await this.page.keyboard.press('Enter');
        await input.waitFor({ state: 'hidden', timeout: 3000 });
        await this.selection(new RegExp(`^Ln ${place.line}, Col 1$`)).waitFor({ timeout: 3000 });
        await this.focusedEditor(file).waitFor({ timeout: 3000 });
        // For VS Code the columns of this command and of the status bar count a tab as several.
        for (let column = 1; column < place.column; column++) await this.page.keyboard.press('ArrowRight');
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /** Replaces a text, which the file on disk has once, with another one in the editor, and leaves it unsaved. */
  async replace(file: string, from: string, to: string): Promise<void> {
    const lines = this.fileOnDisk(file).split('\n');
    const holding = lines.flatMap((text, index) => (text.includes(from) ? [{ text, line: index + 1 }] : []));
    const [only] = holding;
    if (only === undefined || holding.length > 1) throw new Error(`${holding.length} lines of ${file} hold ${from}.`);
    await this.goTo(file, { line: only.line, column: only.text.indexOf(from) + 1 });
    for (let step = 0; step < from.length; step++) await this.page.keyboard.press('Shift+ArrowRight');
    const selected = this.selection(new RegExp(`\\(${from.length} selected\\)`));
    await selected.waitFor();
    await this.paste(to);
    // What is typed next would otherwise come before the pasted text.
    await selected.waitFor({ state: 'detached' });
  }

  /** Takes back the last change of a file that is open. */
  async undo(file: string): Promise<void> {
    await this.openFile(file);
    await this.page.keyboard.press('Control+Z');
  }

  /** Closes the editor in view and throws its unsaved changes away. */
  async closeWithoutSaving(file: string): Promise<void> {
    await this.openFile(file);
    await this.runCommand('View: Revert and Close Editor');
    await this.editor(file).waitFor({ state: 'detached' });
  }

  /** What completion offers at the cursor; the list stays open for {@link accept}. */
  async suggestions(): Promise<readonly string[]> {
    return openSuggestions(this.page);
  }

  async accept(suggestion: string): Promise<void> {
    await acceptSuggestion(this.page, suggestion);
  }

  /** The lines of a file that are in view. */
  async lines(file: string): Promise<readonly string[]> {
    return linesInView(this.page, editorOf(file));
  }

  /** How the editor colours the line in view that contains a text. */
  async colours(file: string, text: string): Promise<readonly ColouredText[]> {
    return coloursOfLine(this.page, editorOf(file), text);
  }

  /** Types at the cursor, replacing what is selected. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Pastes over what is selected: one change, in which VS Code closes no tag and no quote by itself. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('Control+V');
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

  /** Clicks a link of the hover that is shown. */
  async followLink(text: string): Promise<void> {
    await this.page.locator('.monaco-hover:visible a', { hasText: text }).first().click();
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

  /**
   * Takes a quick fix that asks for words, and waits for its question.
   * @param title the whole title of the fix
   */
  async quickFixThatAsks(query: ProblemQuery, title: string): Promise<void> {
    await persistently(
      async () => {
        await this.openQuickFixes(query);
        await this.focusEntry(this.quickFixes(), title);
        await this.page.keyboard.press('Enter');
        await this.page.locator('.quick-input-widget input[type="text"]').waitFor({ timeout: 5000 });
      },
      () => this.page.keyboard.press('Escape'),
    );
  }

  /**
   * Takes the first fix that the menu of a problem offers, and waits for what follows from it.
   * @returns its title
   */
  async firstQuickFix(query: ProblemQuery): Promise<string> {
    const [title] = await persistently(
      async () => {
        await this.openQuickFixes(query);
        return this.quickFixes().locator('.title').allInnerTexts();
      },
      () => this.page.keyboard.press('Escape'),
    );
    if (title === undefined) throw new Error(`${JSON.stringify(query)} has no fix.`);
    await this.page.keyboard.press('Enter');
    await eventually(async () => {
      if (!(await this.isSettled(query))) throw new Error(`"${title}" had no effect.`);
    });
    return title;
  }

  /**
   * Takes a refactoring at the cursor that asks for words, and waits for its question.
   * @param title the whole title
   */
  async refactorThatAsks(title: string): Promise<void> {
    await persistently(
      async () => {
        await this.page.keyboard.press('Control+Shift+R');
        await this.quickFixes().first().waitFor({ timeout: 5000 });
        await this.focusEntry(this.quickFixes(), title);
        await this.page.keyboard.press('Enter');
        await this.page.locator('.quick-input-widget input[type="text"]').waitFor({ timeout: 5000 });
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

  /** Confirms where the fix just taken asks; a fix of this file alone does not. */
  async confirmRefactorPreviewIfAsked(): Promise<void> {
    if (await refactorPreviewIsOpen(this.page)) await confirmRefactorPreview(this.page);
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
    await this.page.locator('.quick-input-widget input[type="text"]').fill(title);
    await this.focusEntry(this.page.locator('.quick-input-list .monaco-list-row'), title);
    await this.page.keyboard.press('Enter');
  }

  /** Answers the question that a command asks in words, in place of what it proposes. */
  async enter(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget input[type="text"]').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The modal dialog; waits until its message contains a text. */
  async dialogUntil(message: string): Promise<Dialog> {
    return dialogUntil(this.page, message);
  }

  async answerDialog(button: string): Promise<void> {
    await answerDialog(this.page, button);
  }

  /** The question at the top of the window; waits until its title contains a text. */
  async questionUntil(title: string): Promise<{ readonly isHidden: boolean }> {
    return questionUntil(this.page, title);
  }

  async answerQuestion(text: string): Promise<void> {
    await answerQuestion(this.page, text);
  }

  /** Answers what the extension asks before it talks to a firewall. */
  async enterCredentials(origin: string, password: string): Promise<void> {
    await enterCredentials(this.page, origin, password);
  }

  /** Agrees to what is ticked in the list at the top. */
  async confirmPicks(): Promise<void> {
    await confirmPicks(this.page);
  }

  /** The names of the open tabs. */
  async tabs(): Promise<readonly string[]> {
    return this.page
      .locator('.tabs-container .tab')
      .evaluateAll((tabs: readonly PageElement[]) => tabs.map(tab => tab.getAttribute('aria-label') ?? ''));
  }

  /** The whole text of the document in view that lies nowhere, such as a report; waits until its tab is there. */
  async shownText(name: string): Promise<string> {
    return eventually(async () => {
      const editor = this.editor(encodeURIComponent(name));
      await editor.locator('.view-line').first().waitFor({ timeout: 5000 });
      await editor.locator('.view-lines').first().click({ timeout: 5000 });
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.press('Control+C');
      const text = await this.page.evaluate<string>('navigator.clipboard.readText()');
      await this.page.keyboard.press('ArrowUp');
      if (text === '') throw new Error(`${name} is empty.`);
      return text;
    });
  }

  /** Closes every editor; what is unsaved would be asked about. */
  async closeAll(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  /** Takes the messages away that stand in the corner. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.notificationsGone();
  }

  /** Waits until no message stands in the corner any more. */
  async notificationsGone(): Promise<void> {
    await this.page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'detached' });
  }

  /** The text of each item of the status bar that has one. */
  async statusItems(): Promise<readonly string[]> {
    const texts = await this.page.locator('.statusbar-item').allInnerTexts();
    return texts.map(text => text.trim()).filter(text => text !== '');
  }

  /** Whether any extension has something to say about the file in view. */
  async hasLanguageStatus(): Promise<boolean> {
    return this.page.locator('.statusbar-item[id="status.languageStatus"]').isVisible();
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

  /** Waits until the first item of the language status reads so. */
  async languageStatusUntil(text: RegExp): Promise<LanguageStatus> {
    return eventually(async () => {
      const [status] = await this.languageStatus();
      if (status === undefined || !text.test(status.text)) throw new Error(`The language status is ${status?.text}.`);
      return status;
    });
  }

  /** Waits until an item of the status bar reads so. */
  async statusItemUntil(text: string): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  }

  async problemsAreShown(): Promise<boolean> {
    return this.page.locator('.markers-panel').isVisible();
  }

  /** Runs a command that shows a channel in the Output pane, until it does. @returns the lines of it that are in view */
  async outputAfter(command: string, channel: string): Promise<readonly string[]> {
    const chosen = this.page.locator('.part.panel select.monaco-select-box').first();
    const show = async () => {
      await this.runCommand(command);
      await eventually(async () => {
        const name = await chosen.locator('option:checked').textContent({ timeout: 5000 });
        if (name !== channel) throw new Error(`The Output pane shows ${name}.`);
      }, 5000);
    };
    await persistently(show, () => this.page.keyboard.press('Escape'));
    return linesInView(this.page, '.part.panel');
  }

  /** How many groups of editors are side by side. */
  async editorGroups(): Promise<number> {
    return this.page.locator('.part.editor .editor-group-container').count();
  }

  /** The Outline of the file in view, from top to bottom. */
  async outline(): Promise<readonly OutlineEntry[]> {
    const outline = this.page.locator('.pane-header[aria-label="Outline Section"]');
    const files = this.page.locator('.pane-header[aria-label^="Explorer Section"]');
    if ((await outline.getAttribute('aria-expanded')) !== 'true') await outline.click();
    // Without the files the Outline is high enough to be read.
    await files.click();
    await this.page.locator('.outline-tree .monaco-list-row').first().waitFor();
    // The tree is filled once the language server has answered.
    const rows = await eventually(() => readTree(this.page, '.outline-tree'));
    await files.click();
    return rows.map(({ label, detail, level }) => ({ label, detail, level }));
  }

  /** The messages that stand in the corner. */
  async notifications(): Promise<readonly string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Waits until a message stands in the corner. */
  async notificationUntil(message: string, timeout: number = patience): Promise<void> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item-message', { hasText: message });
    await toast.waitFor({ timeout });
  }

  /** Presses a button of the message that stands in the corner; where several do, of the one that says so. */
  async answerNotification(button: string, message = ''): Promise<void> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item', { hasText: message });
    await toast.locator('.monaco-button', { hasText: button }).click();
  }

  /** Gives the panel below the editor the lower part of the window, as a person does by dragging its edge. */
  async raisePanel(height: number): Promise<void> {
    const panel = await this.page.locator('.part.panel').boundingBox();
    if (panel === null) throw new Error('There is no panel.');
    const x = panel.x + panel.width / 3;
    // What is dragged lies between editor and panel.
    const edge = 4;
    await this.page.mouse.move(x, panel.y - edge);
    await this.page.mouse.down();
    await this.page.mouse.move(x, panel.y + panel.height - height - edge, { steps: 5 });
    await this.page.mouse.up();
  }

  /**
   * Takes a picture of the window, or of a part of it: for a person to look at, and for the README where the run was
   * asked for pictures.
   */
  async screenshot(name: string, part: 'window' | 'panel' = 'window'): Promise<void> {
    await this.page.mouse.move(700, 8);
    const path = join(pictures, `${name}.png`);
    mkdirSync(pictures, { recursive: true });
    if (part === 'window') await this.page.screenshot({ path });
    else await this.page.locator('.part.panel').screenshot({ path });
    const published = join(publishedPictures, `${name}.png`);
    if (process.env.PFSENSE_HA_SCREENSHOTS === '1' && publishedNames.has(name)) copyFileSync(path, published);
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
    // On the message: further right lies the link to the rule's page.
    await row.dblclick({ timeout: 3000, position: { x: 100, y: 10 } });
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

function editorOf(file: string): string {
  return `.editor-instance .monaco-editor[data-uri$="/${file}"]`;
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
