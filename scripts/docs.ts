// npm run docs: writes what follows from the rules themselves: their pages under docs/rules (and removes those of rules
// that are gone), the names that VS Code completes in its settings (package.json) and in the manifest (schemas).
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../server/src/rules/index.ts';
import { rulePages } from './rulePages.ts';
import { editorManifestSchema, packageWithRules } from './ruleSchemas.ts';

const folder = join('docs', 'rules');
const pages = rulePages(rules);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
writeFileSync('package.json', packageWithRules(readFileSync('package.json', 'utf8'), rules));
mkdirSync('schemas', { recursive: true });
writeFileSync(join('schemas', 'pfsense-ha.schema.json'), editorManifestSchema(rules));
console.log(`${pages.size} pages in ${folder}; package.json and schemas name ${rules.length} rules.`);
