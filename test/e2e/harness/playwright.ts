// The one place that knows where playwright-core is installed: beside the VS Code that it drives, so that people who
// never run the window tests need not download it.
export {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from '../vscode/node_modules/playwright-core/index.js';

/**
 * The part of a page's element that the harness reads. The type library of the DOM would be in force for the whole
 * project, where a server that says `name` or `document` by mistake must not compile.
 */
export interface PageElement {
  readonly className: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageElement>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}
