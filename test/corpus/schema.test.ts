import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { decodeBytes } from '../../server/src/cli/encoding.ts';
import { Config } from '../../server/src/model/config.ts';
import { schemaFaults } from '../../server/src/model/schemaFaults.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

const corpus = resolve('../shared/corpus');
const pairs = resolve('../shared/pfsense/pairs');

/**
 * What the schema finds in real configs, each of which was looked at: these are mistakes of the files, or settings that
 * the file's version truly no longer reads. Anything else would be a mistake of the schema.
 */
const known: ReadonlySet<string> = new Set([
  // The product's version stands where the config's belongs.
  'mwood77__pf2opn__sample-files_pfsense.xml value version',
  // The prefix length stands in the address as well as beside it.
  'pfsensible__core__tests_unit_plugins_modules_fixtures_pfsense_ipsec_aggregate_config.xml value ipsec/phase2/localid/address',
  // Left behind by upgrades of pfSense, or by whoever made the file.
  'TypeScriptKorea__pfsense__cf_conf_config@780d38e.xml removed system/schedulertype',
  'TypeScriptKorea__pfsense__cf_conf_config@dca1e3d.xml removed system/schedulertype',
  'andre4freelance__cloud-chr-pfsense-ipsec-bgp__pfsense_pfsense.xml removed ipsec/enable',
  'andre4freelance__cloud-chr-pfsense-ipsec-bgp__pfsense_pfsense.xml removed system/enablesshd',
  'mwood77__pf2opn__sample-files_complex-pfsense.xml removed system/firmware/alturl',
  'mwood77__pf2opn__sample-files_complex-pfsense.xml removed theme',
  'subrat243__pfSense-Firewall__backup_config.xml removed system/username',
  'subrat243__pfSense-Firewall__backup_config.xml removed theme',
]);

test('the real configs are as the schema says, but for known mistakes', { skip: skipped(corpus) }, () => {
  const found = new Set(
    configsIn(corpus).flatMap(([name, config]) => faultsOf(config).map(fault => `${name} ${fault}`)),
  );
  assert.deepEqual(
    [...found].filter(fault => !known.has(fault)),
    [],
    'not looked at',
  );
  assert.deepEqual(
    [...known].filter(fault => !found.has(fault)),
    [],
    'no longer found',
  );
});

test('the configs that pfSense itself has written are as the schema says', { skip: skipped(pairs) }, () => {
  const configs = configsIn(pairs);
  assert.ok(configs.length >= 16, `${configs.length} configs`);
  for (const [name, config] of configs) assert.deepEqual(faultsOf(config), [], name);
});

function skipped(folder: string): string | false {
  return existsSync(folder) ? false : `no ${folder} lies beside this checkout`;
}

/** The configs of pfSense in a folder; exports of OPNsense lie there, too. */
function configsIn(folder: string): readonly (readonly [name: string, config: Config])[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.xml'))
    .map(name => {
      const decoded = decodeBytes(readFileSync(join(folder, name)));
      assert.ok(decoded.isText, name);
      return [name, new Config(new XmlDocument(`file:///${name}`, decoded.text))] as const;
    })
    .filter(([, { document }]) => document.tree.root?.tag === 'pfsense');
}

/** Kinds and places; no values, which may be secrets. */
function faultsOf(config: Config): readonly string[] {
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  return [...names].flatMap(name => schemaFaults(config, name).map(({ kind, place }) => `${kind} ${place.path}`));
}
