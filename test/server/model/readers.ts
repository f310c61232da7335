import { Config } from '../../../server/src/model/config.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

/** A config with that text below its root. */
export function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///config.xml', `<?xml version="1.0"?>\n<pfsense>\n${text}</pfsense>\n`));
}
