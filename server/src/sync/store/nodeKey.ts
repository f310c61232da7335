import type { Config } from '../../model/config.ts';
import { readHostname } from '../../model/hostname.ts';
import type { NodeKey } from './store.ts';

/** What a node is called in the store: by where it is reached, and by host name and domain of its configuration. */
export function nodeKeyOf(origin: string, config: Config): NodeKey {
  const domain = config.text(config.find('system/domain'));
  return { origin, host: `${config.query(readHostname)}${domain === '' ? '' : `.${domain}`}` };
}
