// npm run docs: writes the rules' pages under docs/rules from the rules themselves, and removes those of rules that are gone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../server/src/rules/index.ts';
import { rulePages } from './rulePages.ts';

const folder = join('docs', 'rules');
const pages = rulePages(rules);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
console.log(`${pages.size} pages in ${folder}.`);
