/**
 * Expands a snippet's body as VS Code does when a person accepts every default: `${1:default}`, `${1|first,second|}`,
 * `$1` again later, `$VARIABLE` and `${VARIABLE}`, nested; the final cursor `$0` leaves nothing.
 * @param values what the person types instead of a default, by the placeholder's number
 * @param variables what VS Code's variables stand for; an unknown one is an error here
 */
export function expand(
  body: readonly string[],
  values: Readonly<Record<number, string>>,
  variables: Readonly<Record<string, string>>,
): string {
  const parser = new SnippetParser(body.join('\n'), variables, { ...values, 0: '' });
  return parser.sequence('');
}

class SnippetParser {
  private offset = 0;
  /** What each placeholder stands for: as typed, else its default where that comes first. */
  private readonly values: Record<number, string>;

  constructor(
    private readonly source: string,
    private readonly variables: Readonly<Record<string, string>>,
    values: Readonly<Record<number, string>>,
  ) {
    this.values = { ...values };
  }

  /** Everything up to one of the characters in `until`, which stays, or to the end. */
  sequence(until: string): string {
    let text = '';
    while (this.offset < this.source.length) {
      const character = this.source.charAt(this.offset);
      if (until.includes(character)) break;
      if (character === '\\') {
        text += this.source.charAt(this.offset + 1);
        this.offset += 2;
      } else if (character === '$') {
        text += this.reference();
      } else {
        text += character;
        this.offset++;
      }
    }
    return text;
  }

  private reference(): string {
    const [whole, brace, name] = this.take(/\$(\{?)(\d+|[A-Z_]+)/y);
    if (whole === undefined || name === undefined) throw new Error(`a lone $ at ${this.offset} of ${this.source}`);
    const text = brace === '' ? undefined : this.defaultText();
    if (/^\d/.test(name)) return this.placeholder(Number(name), text);
    const value = this.variables[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  }

  /** What follows the name in `${name…}`, through the closing brace. */
  private defaultText(): string | undefined {
    const [mark] = this.take(/[:|]/y);
    let text: string | undefined;
    if (mark === ':') text = this.sequence('}');
    if (mark === '|') {
      text = this.sequence('|').split(',')[0];
      this.offset++;
    }
    if (this.take(/\}/y)[0] === undefined) throw new Error(`no } at ${this.offset} of ${this.source}`);
    return text;
  }

  private placeholder(number: number, text: string | undefined): string {
    const value = this.values[number] ?? text ?? '';
    this.values[number] = value;
    return value;
  }

  private take(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.source);
    this.offset += match?.[0].length ?? 0;
    return match ?? [];
  }
}
