import type { ReferenceKind } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { readPorts } from '../ports.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { type Named, type Target, targetOf } from './occurrences.ts';
import { textPlace } from './places.ts';
import { resolve } from './resolve.ts';
import { usesIn } from './uses.ts';

/** The children by which things say what they stand on, or who has issued them. */
const children: Partial<Readonly<Record<ReferenceKind, string>>> = {
  vip: 'interface',
  gateway: 'interface',
  'gateway-group': 'item',
  'openvpn-server': 'interface',
  phase1: 'interface',
  queue: 'interface',
  certificate: 'caref',
  ca: 'caref',
  crl: 'caref',
};

/** What the things of that name stand on, each once. */
export function groundsOf(config: Config, { kind, name }: Named): readonly Target[] {
  const things = definitionsOf(config, kind).get(name) ?? [];
  if (kind === 'interface') return things.flatMap(({ element }) => portsOf(config, element));
  const child = children[kind];
  if (child === undefined) return [];
  const named = things.flatMap(({ element }) => element.childrenNamed(child)).flatMap(each => namedIn(config, each));
  return named
    .filter(({ element }, i) => named.findIndex(other => other.element.is(element)) === i)
    .map(each => targetOf(config, each));
}

/** What makes the port of an interface, where the config itself does. */
function portsOf(config: Config, element: Element): readonly Target[] {
  const port = config.text(element.child('if'));
  return config
    .query(readPorts)
    .filter(({ name }) => name === port)
    .map(({ element: row, named }) => ({ whole: row.wholePlace, name: textPlace(config, named) }));
}

/** The first thing that a text names: of a member of a gateway group the gateway. */
function namedIn(config: Config, element: Element): readonly Definition[] {
  for (const { slot, text } of usesIn(config, element)) {
    const resolution = resolve(config, slot, text);
    if (resolution.is === 'defined') return resolution.definitions;
  }
  return [];
}
