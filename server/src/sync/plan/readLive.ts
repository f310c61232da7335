import { Config } from '../../model/config.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import type { NodeAnswer } from '../node/failure.ts';
import type { CallOptions, NodeClient, PulledConfig } from '../node/nodeClient.ts';
import { readUtf8 } from '../xmlRpc/faults.ts';
import type { LiveState } from './planInput.ts';

/** Asks a node all that a plan needs: which pfSense it is, its file, what it works with, and how CARP stands. */
export async function readLiveState(
  client: NodeClient,
  names: readonly string[],
  options: CallOptions = {},
): Promise<NodeAnswer<LiveState & { readonly pulled: PulledConfig }>> {
  const firmware = await client.firmwareVersion(options);
  if (firmware.kind === 'failed') return firmware;
  const pulled = await client.pullConfig(options);
  if (pulled.kind === 'failed') return pulled;
  const disk = configOfBytes(pulled.value.bytes);
  const all = [...new Set([...names, ...disk.document.tree.branches.map(branch => branch.nameAt(0))])];
  const sections = await client.backupSections(all, options);
  if (sections.kind === 'failed') return sections;
  const carp = await client.carpStatus(options);
  const value = {
    firmware: firmware.value,
    sections: sections.value,
    disk,
    carp: carp.kind === 'ok' ? carp.value : undefined,
    pulled: pulled.value,
  };
  return { kind: 'ok', value };
}

/** A config file as it came from a node or from the store; bytes that are no UTF-8 are read as U+FFFD. */
export function configOfBytes(bytes: Uint8Array): Config {
  const text = readUtf8(bytes) ?? new TextDecoder().decode(bytes);
  return new Config(new XmlDocument('pfsense-live:config.xml', text));
}
