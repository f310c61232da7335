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
