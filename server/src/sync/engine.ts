import { Config } from '../model/config.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * What the extension uses of this room, as a bundle of its own (`dist/sync.cjs`): it is loaded when somebody first talks to
 * a firewall, and costs a start nothing.
 */
export { withoutSecrets } from '../model/hiddenSecrets.ts';
export { readConnection } from './node/address.ts';
export { originOf } from './node/connection.ts';
export { Credentials } from './node/credentials.ts';
export { NodeClient } from './node/nodeClient.ts';
export { openPairSync } from './openPairSync.ts';
export { isNothingToDo } from './plan/plan.ts';
export { planMarkdown, planSummary } from './plan/planMarkdown.ts';
export { conclusion } from './plan/planText.ts';
export { outcomeMarkdown, outcomeSentence } from './push/outcomeMarkdown.ts';
export { openDiskStore } from './store/diskStore.ts';
export { nodeKeyOf } from './store/nodeKey.ts';

/** What a file means, whatever it is: broken and foreign files are read too. */
export function readConfig(text: string): Config {
  return new Config(new XmlDocument('', text));
}
