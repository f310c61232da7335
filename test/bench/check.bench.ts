// What it takes to check a pair of 5 MB each from its texts, beside reading the same texts with fast-xml-parser.
import { XMLParser } from 'fast-xml-parser';
import { Workspace } from '../../server/src/pair/workspace.ts';
import { rules } from '../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../server/src/rules/workspaceFindings.ts';
import { benchConfigs, timed } from './input.ts';
import { largePair } from './largePair.ts';

const { source, make } = await benchConfigs();
const texts = largePair(make(8_500_000), ['cert', 'ca']);

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

const best = (samples: readonly number[]) => Math.min(...samples);
const megabytes = texts.map(text => (text.length / 1e6).toFixed(1)).join(' + ');
const checked = best(timed(5, check));
const parsed = best(timed(3, parse));
console.log(
  `Check of a pair of ${megabytes} MB with ${rules.length} rules, on bulk from ${source}; Node ${process.version}.`,
);
console.log(`  from the texts to ${check()} findings      ${checked.toFixed(0).padStart(6)} ms`);
console.log(
  `  fast-xml-parser reads the same texts  ${parsed.toFixed(0).padStart(6)} ms, ${(parsed / checked).toFixed(1)} times as long`,
);
