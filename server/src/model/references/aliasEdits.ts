import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Config } from '../config.ts';
import { elementSource, insertChild, insertSection } from '../write.ts';
import type { ReferenceUse } from './uses.ts';

/** Makes an alias that holds nothing yet, of ports where the use is a port; absent where only networks or nothing at all will do. */
export function newAlias(config: Config, { slot }: ReferenceUse, name: string): TextEdit | undefined {
  const { at } = slot.slot;
  if (!/^(?:filter|nat)\//.test(slot.source.items)) return undefined;
  const isPort = /port$/.test(at);
  if (!isPort && !/(?:address|network|target)$/.test(at)) return undefined;
  return aliasInsertion(config, { name, type: isPort ? 'port' : 'host', address: '', descr: '', detail: '' });
}

/** What an alias holds, as pfSense's form writes it; entries with blanks between them, details with two bars. */
export interface AliasFields {
  readonly name: string;
  readonly type: string;
  readonly address: string;
  readonly descr: string;
  readonly detail: string;
}

/** Inserts an alias behind the others, with their section where there is none; absent where the file has no place for it. */
export function aliasInsertion(config: Config, fields: AliasFields): TextEdit | undefined {
  const order = ['name', 'type', 'address', 'descr', 'detail'] as const;
  const children = order.map(tag => `\t${elementSource(config, tag, fields[tag])}\n`).join('');
  const source = `<alias>\n${children}</alias>`;
  const aliases = config.top('aliases');
  if (aliases) return insertChild(aliases, { source });
  return insertSection(config, `<aliases>\n${source.replace(/^/gm, '\t')}\n</aliases>`);
}
