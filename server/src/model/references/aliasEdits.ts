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
  const rows = [
    ['name', name],
    ['type', isPort ? 'port' : 'host'],
    ['address', ''],
    ['descr', ''],
    ['detail', ''],
  ] as const;
  const source = rows.map(([tag, text]) => `\t${elementSource(config, tag, text)}\n`).join('');
  return insertAlias(config, `<alias>\n${source}</alias>`);
}

function insertAlias(config: Config, source: string): TextEdit | undefined {
  const aliases = config.top('aliases');
  if (aliases) return insertChild(aliases, { source });
  return insertSection(config, `<aliases>\n${source.replace(/^/gm, '\t')}\n</aliases>`);
}
