/** VS Code's files of snippets, which the bundler reads as JSON. */
declare module '*.code-snippets' {
  const snippets: Readonly<
    Record<string, { readonly prefix: string; readonly description: string; readonly body: readonly string[] }>
  >;
  export default snippets;
}
