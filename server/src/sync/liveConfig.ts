import { Config } from '../model/config.ts';
import type { ConfigVersion } from '../model/version.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';
import { sectionSource } from './sectionValue.ts';
import type { SectionStates } from './xmlRpc/value.ts';

/** What a node holds, as a config that everything else of ours can read: as if pfSense had written these sections to a file. */
export function configOfSections(sections: SectionStates, version: ConfigVersion): Config {
  const parts = [...sections].flatMap(([name, value]) =>
    value === undefined ? [] : [sectionSource(name, value, version)],
  );
  const text = `<?xml version="1.0"?>\n<pfsense>\n${parts.join('')}</pfsense>\n`;
  return new Config(new XmlDocument('pfsense-live:config.xml', text));
}
