/** LSP's notation of snippets: `$1` and `${1:text}` are places to go to, `${1|a,b|}` one with a choice, `$0` the last. */

/** A text as it stands in a snippet. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A place with a choice of words, the first of which it holds. */
export function choiceOf(number: number, words: readonly string[]): string {
  return `\${${number}|${words.map(word => word.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`;
}

/** A snippet as plain text: places hold what is proposed for them, or nothing. */
export function plainText(snippet: string): string {
  const proposed = new Map<string, string>();
  // From the inside out: a place may hold others.
  let text = snippet.replace(/\\(.)/gs, (_, sign: string) => kept(sign));
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(
      /\$\{(\w+)(?::([^{}]*)|\|([^|{}]*)\|)?\}/g,
      (_, name: string, given?: string, words?: string) => {
        const value = given ?? words?.split(',', 1)[0];
        if (value !== undefined && !proposed.has(name)) proposed.set(name, value);
        return value ?? `$${name}`;
      },
    );
  }
  return text.replace(/\$(\w+)/g, (_, name: string) => proposed.get(name) ?? '').replace(/[\ue000-\ue07f]/g, released);
}

/** Signs that mean themselves, moved out of the way of those that mean something. */
function kept(sign: string): string {
  return sign.length === 1 && sign < '\x80' ? String.fromCharCode(0xe000 + sign.charCodeAt(0)) : sign;
}

function released(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) - 0xe000);
}
