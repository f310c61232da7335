import { parseArgs } from 'node:util';
import { version } from '../../../package.json';
import { roles } from '../pair/manifest.ts';
import { rules } from '../rules/index.ts';
import { check } from './check.ts';
import { fix } from './fix.ts';
import { type HelpTopic, helpTexts } from './help.ts';
import { pull } from './live/pull.ts';
import { plan, push } from './live/push.ts';
import { undo } from './live/undo.ts';
import { redact } from './redact.ts';
import { type ExitStatus, exitStatus, type Terminal } from './terminal.ts';

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

const live = { pair: { type: 'string' }, config: { type: 'string' } } as const satisfies Options;

const sending = {
  ...live,
  yes: { type: 'boolean' },
  format: { type: 'string' },
  'allow-exec-php': { type: 'boolean' },
  'accept-live-changes': { type: 'boolean' },
} as const satisfies Options;

const optionsOf = {
  main: { version: { type: 'boolean' } },
  check: {
    format: { type: 'string' },
    config: { type: 'string' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'boolean' },
  },
  fix: {
    rule: { type: 'string', multiple: true },
    include: { type: 'string', multiple: true },
    config: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  redact: { output: { type: 'string' } },
  pull: { ...live, yes: { type: 'boolean' }, node: { type: 'string' } },
  plan: { ...live, format: { type: 'string' }, 'allow-exec-php': { type: 'boolean' } },
  push: sending,
  undo: sending,
  lsp: { stdio: { type: 'boolean' } },
} as const satisfies Record<HelpTopic, Options>;

/** Runs a command line. Gives the exit status; `undefined` for the language server, which ends the process itself. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitStatus | undefined> {
  const [first] = args;
  const topic = first !== undefined && first !== 'main' && first in optionsOf ? (first as HelpTopic) : 'main';
  try {
    const { values, positionals } = parseArgs({
      args: topic === 'main' ? [...args] : args.slice(1),
      options: { ...optionsOf[topic], help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) {
      terminal.print(helpTexts[topic]);
      return exitStatus.clean;
    }
    if (topic === 'main') return runMain({ positionals, wantsVersion: 'version' in values }, terminal);
    refuseEmpty(values, positionals);
    const given = new Given(values, positionals);
    return await runTopic(topic, given, terminal);
  } catch (error) {
    if (!(error instanceof UsageError) && !isParseError(error)) throw error;
    const help = topic === 'main' ? 'pfsense-ha --help' : `pfsense-ha ${topic} --help`;
    terminal.tell(`pfsense-ha: ${usageSentence(error)}\nTry: ${help}\n`);
    return exitStatus.usage;
  }
}

function runMain(
  given: { readonly positionals: readonly string[]; readonly wantsVersion: boolean },
  terminal: Terminal,
): ExitStatus {
  if (given.wantsVersion) {
    terminal.print(`${version}\n`);
    return exitStatus.clean;
  }
  const [command] = given.positionals;
  if (command !== undefined) throw new UsageError(`There is no command "${command}".`);
  terminal.tell(helpTexts.main);
  return exitStatus.usage;
}

function runTopic(
  topic: Exclude<HelpTopic, 'main'>,
  given: Given,
  terminal: Terminal,
): ExitStatus | Promise<ExitStatus | undefined> {
  switch (topic) {
    case 'check':
      return check(given.checkRequest(), terminal, rules);
    case 'fix':
      return fix(given.fixRequest(), terminal, rules);
    case 'redact':
      return redact(given.redactRequest(), terminal);
    case 'pull':
      return pull(given.pullRequest(), terminal);
    case 'plan':
      return plan(given.planRequest(), terminal, rules);
    case 'push':
      return push(given.pushRequest(), terminal, rules);
    case 'undo':
      return undo(given.pushRequest(), terminal, rules);
    case 'lsp':
      return runLanguageServer(given);
  }
}

/** Loaded only when asked for, so that a check starts fast. */
async function runLanguageServer(given: Given): Promise<undefined> {
  given.expectStdio();
  const { startStdioServer } = await import('../lsp/nodeServer.ts');
  startStdioServer();
}

/** A shell's variable that is not set gives an empty argument: as a path that would be the current folder, which nobody asked for. */
function refuseEmpty(values: Readonly<Record<string, unknown>>, positionals: readonly string[]): void {
  const option = Object.keys(values).find(name => [values[name]].flat().includes(''));
  if (option !== undefined) throw new UsageError(`What --${option} is given is empty; is a variable not set?`);
  if (positionals.includes('')) throw new UsageError('The name of a file or folder is empty; is a variable not set?');
}

/** The command line was not understood; the message is a sentence. */
class UsageError extends Error {}

/** What stands on the command line, as the commands want it. */
class Given {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly positionals: readonly string[],
  ) {}

  checkRequest(): Parameters<typeof check>[0] {
    return {
      paths: this.positionals,
      format: this.format(),
      config: this.text('config'),
      baseline: this.text('baseline'),
      writesBaseline: this.values['write-baseline'] === true,
    };
  }

  fixRequest(): Parameters<typeof fix>[0] {
    if (this.positionals.length === 0) throw new UsageError('Name the files to repair.');
    const ids = this.texts('rule');
    const unknown = ids.find(id => !rules.some(rule => rule.id === id));
    if (unknown !== undefined) throw new UsageError(`There is no rule "${unknown}".`);
    const includes = this.texts('include').flatMap(text => text.split(','));
    const wrong = includes.find(text => text !== 'suggestion' && text !== 'dangerous');
    if (wrong !== undefined) throw new UsageError(`--include is suggestion or dangerous, not "${wrong}".`);
    const include = includes.includes('dangerous') ? 'dangerous' : includes.length > 0 ? 'suggestion' : 'safe';
    return {
      paths: this.positionals,
      rules: ids,
      include,
      config: this.text('config'),
      isDryRun: this.values['dry-run'] === true,
    };
  }

  redactRequest(): Parameters<typeof redact>[0] {
    const output = this.text('output');
    const { length } = this.positionals;
    if (length === 0) throw new UsageError('Name the files to redact.');
    if (length > 1 && output === undefined)
      throw new UsageError('Of several files the copies need a folder: --output.');
    return { paths: this.positionals, output };
  }

  pullRequest(): Parameters<typeof pull>[0] {
    const { node } = this.values;
    if (node !== undefined && node !== 'primary' && node !== 'secondary') {
      throw new UsageError(`--node is primary or secondary, not "${node}".`);
    }
    return { ...this.liveRequest(), roles: node === undefined ? roles : [node], isAgreed: this.values.yes === true };
  }

  planRequest(): Parameters<typeof plan>[0] {
    const execPhp = this.values['allow-exec-php'] === true ? 'allowed' : 'forbidden';
    return { ...this.liveRequest(), format: this.format(), execPhp };
  }

  pushRequest(): Parameters<typeof push>[0] {
    return {
      ...this.planRequest(),
      isAgreed: this.values.yes === true,
      liveChanges: this.values['accept-live-changes'] === true ? 'accepted' : 'refused',
    };
  }

  expectStdio(): void {
    const [extra] = this.positionals;
    if (extra !== undefined) throw new UsageError(`"${extra}" means nothing here.`);
    if (this.values.stdio !== true) throw new UsageError('Say --stdio: that is how the language server is talked to.');
  }

  private liveRequest() {
    return { paths: this.positionals, config: this.text('config'), pair: this.text('pair') };
  }

  private format(): 'text' | 'json' {
    const { format = 'text' } = this.values;
    if (format !== 'text' && format !== 'json') throw new UsageError(`--format is text or json, not "${format}".`);
    return format;
  }

  private text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  private texts(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** The first sentence of what parseArgs says; the rest is about positional arguments that begin with a dash. */
function usageSentence({ message }: Error): string {
  const [sentence = message] = message.split(/\. (?=[A-Z])/);
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}
