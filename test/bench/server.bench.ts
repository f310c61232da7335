// From a keystroke to the diagnostics of a large pair, over real stdio, with every rule, as an editor sees it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { pullCapabilities, sampleFolder, TestEditor, writeFile } from '../server/lsp/editor.ts';
import { percentile } from './input.ts';
import { flawedPair, largePair } from './largePair.ts';

const edits = 200;
const starts = 7;

/** One measured edit: the text that is typed at an offset, and what it takes away there. */
interface Keystroke {
  readonly offset: number;
  readonly removed: number;
  readonly typed: string;
}

function residentMegabytes(pid: number | undefined): string {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 'unknown here';
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]);
  return `${Math.round(kilobytes / 1024)} MB`;
}

async function measureStart(): Promise<number> {
  const before = performance.now();
  const editor = await TestEditor.start();
  const took = performance.now() - before;
  await editor.stop();
  return took;
}

function row(name: string, samples: readonly number[]): void {
  const cells = [0, 0.5, 0.95, 1].map(share => percentile(samples, share).toFixed(1).padStart(8));
  console.log(`  ${name.padEnd(58)}${cells.join('')}`);
}

/** Types and takes back, again and again. */
function* keystrokes(offset: number, typed: string): Generator<Keystroke, never> {
  for (;;) {
    yield { offset, removed: 0, typed };
    yield { offset, removed: typed.length, typed: '' };
  }
}

/** Sends an edit and waits for what it brings about. */
async function measure(input: {
  readonly editor: TestEditor;
  readonly uri: string;
  readonly strokes: Iterator<Keystroke>;
  readonly answer: () => Promise<unknown>;
}): Promise<number[]> {
  const { editor, uri, strokes, answer } = input;
  const document = new XmlDocument(uri, editor.text(uri));
  const times: number[] = [];
  for (let i = 0; i < edits + 20; i++) {
    const { offset, removed, typed } = strokes.next().value;
    const range = { start: document.buffer.positionAt(offset), end: document.buffer.positionAt(offset + removed) };
    const before = performance.now();
    const sent = editor.change(uri, [{ range, newText: typed }]);
    const answered = answer();
    await Promise.all([sent, answered]);
    if (i >= 20) times.push(performance.now() - before);
  }
  return times;
}

function published(editor: TestEditor, uri: string): Promise<void> {
  const before = editor.published.length;
  return editor.until(() => editor.published.slice(before).some(params => params.uri === uri));
}

/** Has a pair opened by an editor that is sent diagnostics, then by one that asks for them. */
async function measurePair(name: string, [main, second]: readonly [string, string]): Promise<void> {
  const folder = sampleFolder('tutorial');
  const uri = writeFile(join(folder.path, 'main-pfSense.xml'), main);
  const peer = writeFile(join(folder.path, 'second-pfSense.xml'), second);
  const inFilter = main.lastIndexOf('<tracker>') + '<tracker>'.length;
  const inVip = main.indexOf('<advskew>') + '<advskew>'.length;

  const pushing = await TestEditor.start({ folders: [folder.path] });
  const idle = residentMegabytes(pushing.server.pid);
  const state = await pushing.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const findings = state.pairs.flatMap(pair => [pair.primary.counts, pair.secondary.counts]);
  const sizes = [main, second].map(text => `${(text.length / 1e6).toFixed(1)} MB`).join(' + ');
  const elements = new XmlDocument(uri, main).tree.branches.reduce((sum, branch) => sum + branch.rows, 0);
  console.log(`\n${name}: ${sizes}, ${elements} elements and ${findings[0]?.error} + ${findings[1]?.error} errors`);
  console.log(
    `  milliseconds${' '.repeat(46)}${['least', 'p50', 'p95', 'most'].map(head => head.padStart(8)).join('')}`,
  );
  const opened = performance.now();
  await pushing.open(uri, main);
  await pushing.open(peer, second);
  await pushing.settle();
  row('both files opened → the server answers again', [performance.now() - opened]);
  for (const [what, offset, typed, shown] of [
    ['a stray < in a rule → diagnostics of this file', inFilter, '<', uri],
    ["a VIP's advskew → diagnostics of the peer", inVip, '3', peer],
    ['a stray < in a VIP → diagnostics of this file', inVip, '<', uri],
  ] as const) {
    const strokes = keystrokes(offset, typed);
    row(what, await measure({ editor: pushing, uri, strokes, answer: () => published(pushing, shown) }));
  }
  const full = residentMegabytes(pushing.server.pid);
  await pushing.stop();

  const pulling = await TestEditor.start({ folders: [folder.path], capabilities: pullCapabilities });
  await pulling.open(uri, main);
  await pulling.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  let previousResultId: string | undefined;
  const pull = async () => {
    const params = { textDocument: { uri }, ...(previousResultId !== undefined && { previousResultId }) };
    const report = await pulling.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', params);
    previousResultId = report.resultId;
  };
  for (const [what, offset, typed] of [
    ['pulled: a digit in the tracker of a rule', inFilter, '3'],
    ['pulled: a stray < in a rule', inFilter, '<'],
    ["pulled: a VIP's advskew", inVip, '3'],
  ] as const) {
    row(what, await measure({ editor: pulling, uri, strokes: keystrokes(offset, typed), answer: pull }));
  }
  await pulling.stop();
  folder.remove();
  console.log(`  memory: ${idle} at the start, ${full} with both files open and ${3 * (edits + 20)} edits`);
}

console.log(
  `Server over stdio, with every rule; Node ${process.version}. On a machine with other work the least counts.`,
);
const startTimes: number[] = [];
for (let i = 0; i < starts; i++) startTimes.push(await measureStart());
row('start → answer to initialize', startTimes);
await measurePair('A clean pair', largePair());
await measurePair('A pair with the same mistake hundreds of times', flawedPair());
