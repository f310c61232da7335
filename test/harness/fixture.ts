import { Config } from '../../server/src/model/config.ts';
import type { CheckedNode } from '../../server/src/rules/check.ts';
import type { Severity } from '../../server/src/rules/finding.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

/** What a fixture says must be found: on which text of which file. */
export interface Mark {
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly severity: Severity;
  readonly message: string;
}

export interface FixtureFile {
  readonly name: string;
  readonly text: string;
  readonly config: Config;
}

export interface Fixture {
  readonly files: readonly FixtureFile[];
  readonly marks: readonly Mark[];
}

/**
 * Reads the tests' notation. `--- primary.xml` starts a file; without one the text is `config.xml`. A line such as
 * `^^^ error: message` points at the line above: the carets stand under the text that is marked (tabs count as one).
 * A file that does not begin with a root of its own is wrapped in `<pfsense>`.
 */
export function parseFixture(source: string): Fixture {
  const files: FixtureFile[] = [];
  const marks: Mark[] = [];
  for (const [name, body] of splitFiles(source)) {
    const wrapped = wrap(body);
    const lines: string[] = [];
    for (const line of wrapped.split('\n')) {
      const mark = /^(\s*)(\^+) (error|warning|info|hint): (.*)$/.exec(line);
      if (!mark) {
        lines.push(line);
        continue;
      }
      const [, indent = '', carets = '', severity, message = ''] = mark;
      const place = { file: name, line: lines.length, column: indent.length + 1, length: carets.length };
      marks.push({ ...place, severity: severity as Severity, message });
    }
    const text = lines.join('\n');
    files.push({ name, text, config: new Config(new XmlDocument(`file:///fixture/${name}`, text)) });
  }
  return { files, marks };
}

/** The fixture's nodes as a checker wants them: `primary.xml` and `secondary.xml` are a pair, any other file is a node in none. */
export function nodesOf(fixture: Fixture): readonly CheckedNode[] {
  const primary = fixture.files.find(file => file.name === 'primary.xml')?.config;
  const secondary = fixture.files.find(file => file.name === 'secondary.xml')?.config;
  return fixture.files.map(({ config }) => {
    if (config === primary) return { config, role: 'primary', ...(secondary && { peer: secondary }) };
    if (config === secondary) return { config, role: 'secondary', ...(primary && { peer: primary }) };
    return { config };
  });
}

function splitFiles(source: string): [string, string][] {
  const body = source.replace(/^\n/, '');
  if (!body.startsWith('--- ')) return [['config.xml', body]];
  return body
    .split(/^--- /m)
    .slice(1)
    .map(part => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1)];
    });
}

function wrap(body: string): string {
  if (/^\s*(?:<\?xml|<!DOCTYPE|<pfsense|<opnsense|----)/.test(body)) return body;
  return `<?xml version="1.0"?>\n<pfsense>\n${body}${body.endsWith('\n') ? '' : '\n'}</pfsense>\n`;
}
