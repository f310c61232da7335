// What it takes to check a large pair from its texts, the first time and once all is compiled, beside reading the same
// texts with fast-xml-parser.
import { XMLParser } from 'fast-xml-parser';
import { Workspace } from '../../server/src/pair/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { busyTime } from './input.ts';
import { largePair } from './largePair.ts';

const texts = largePair();

function check(): number {
  const workspace = new Workspace();
  const uris = texts.map((text, i) => {
    const uri = `file:///pair/${i}.xml`;
    workspace.openEditor(uri, text);
    return uri;
  });
  const findings = new WorkspaceFindings(workspace, { rules });
  return uris.reduce((count, uri) => count + findings.of(uri).length, 0);
}

function parse(): void {
  const parser = new XMLParser({
    preserveOrder: true,
    captureMetaData: true,
    ignoreAttributes: false,
    maxNestedTags: 1000,
  });
  for (const text of texts) parser.parse(text);
}

const megabytes = texts.map(text => (text.length / 1e6).toFixed(1)).join(' + ');
const first = busyTime(check);
const checks: number[] = [];
const parses: number[] = [];
// They take turns, so that a slow spell of the machine hits both alike.
for (let i = 0; i < 5; i++) {
  checks.push(busyTime(check));
  parses.push(busyTime(parse));
}
const [checked, parsed] = [Math.min(...checks), Math.min(...parses)];
const cell = (milliseconds: number) => `${milliseconds.toFixed(0).padStart(6)} ms`;
console.log(`Check of a pair of ${megabytes} MB with ${rules.length} rules; Node ${process.version}.`);
console.log(`  from the texts to ${check()} findings           ${cell(first)} the first time`);
console.log(`  … once all is compiled                ${cell(checked)}`);
console.log(`  fast-xml-parser reads the same texts  ${cell(parsed)}, ${(parsed / checked).toFixed(1)} times as long`);
