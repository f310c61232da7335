import type { ReferenceKind } from '../../schema/references.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Config } from '../config.ts';
import { readVersion } from '../version.ts';
import { dedented, insertChild, insertSection, wrapped } from '../write.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { resolve } from './resolve.ts';
import { usesWithin } from './uses.ts';

/** What two nodes may share as it stands, and the section that it goes into; at the top of the file where there is none. */
const sections: Partial<Readonly<Record<ReferenceKind, string | undefined>>> = {
  alias: 'aliases',
  'interface-group': 'ifgroups',
  gateway: 'gateways',
  'gateway-group': 'gateways',
  schedule: 'schedules',
  certificate: undefined,
  ca: undefined,
  crl: undefined,
};

/**
 * Copies a thing as it stands to a node that has none of that name. Absent where it is no thing to be shared, where it
 * names what the other node lacks, or where the two files write text in different forms.
 */
export function copyDefinition(
  { from, to }: { readonly from: Config; readonly to: Config },
  { kind, name, element }: Definition,
): TextEdit | undefined {
  if (!(kind in sections) || (definitionsOf(from, kind).get(name)?.length ?? 0) !== 1) return undefined;
  if (from.query(readVersion).entities !== to.query(readVersion).entities) return undefined;
  const lacks = usesWithin(from, element).some(use => resolve(to, use.slot, use.text).is === 'undefined');
  if (lacks) return undefined;
  const source = dedented(element);
  const section = sections[kind];
  if (section === undefined) return insertSection(to, source);
  const parent = to.top(section);
  if (parent) return insertChild(parent, { source });
  return insertSection(to, wrapped(section, source));
}
