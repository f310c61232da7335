import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { definitionsOf } from '../../model/references/references.ts';
import type { ReferenceKind } from '../../schema/references.ts';
import { addressFacts } from './addressFacts.ts';
import { AddressMapping } from './addressMapping.ts';
import { DocumentRedaction } from './documentRedaction.ts';
import { keyedHash } from './keyedHash.ts';
import { MacMapping } from './macMapping.ts';
import { NameMapping } from './nameMapping.ts';
import { TextMapping } from './textMapping.ts';
import { WordMapping } from './wordMapping.ts';

/**
 * Copies of configs to be shown to others: without secrets and comments, with public addresses, names, identifiers and
 * what people have written replaced. What is the same in two places, of one file or of several, is the same afterwards, so
 * that the copies check as the originals do. Private addresses and those of documentation stay.
 *
 * @param configs all that are to be read beside each other: both nodes of a pair
 * @param key at least 16 bytes from a source of chance, new for each run: with another one public addresses become others
 * @returns the texts, in the order of the configs
 */
export function redact(configs: readonly Config[], key: Uint8Array): readonly string[] {
  const hash = keyedHash(key);
  const macs = new MacMapping(hash);
  const names = new NameMapping();
  const words = new WordMapping({ addresses: new AddressMapping(hash, addressFacts(configs), macs), macs, names });
  for (const config of configs) define(config, names, words);
  const texts = new TextMapping(names, words);
  return configs.map(config => new DocumentRedaction(config, texts, words).run());
}

/** What the stand-ins of things with names are called. Of the other kinds the names are numbers, or made by pfSense. */
const kinds: Partial<Readonly<Record<ReferenceKind, string>>> = {
  alias: 'alias',
  'interface-group': 'group',
  gateway: 'gateway',
  'gateway-group': 'gateways',
  schedule: 'schedule',
  limiter: 'limiter',
  queue: 'queue',
  group: 'accounts',
  'auth-server': 'server',
};

function define(config: Config, names: NameMapping, words: WordMapping): void {
  for (const [kind, title] of Object.entries(kinds)) {
    for (const name of definitionsOf(config, kind as ReferenceKind).keys()) names.define(name, title);
  }
  for (const user of config.top('system')?.childrenNamed('user') ?? []) {
    names.define(config.text(user.child('name')), 'user');
  }
  names.define(config.text(config.find('system/hostname')), 'host');
  for (const { descr } of config.query(readInterfaces).values()) if (descr) words.defineInterface(descr.value);
}
