import { compiledSchema } from '../schema/compiled.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';

/** Longer than this nobody notices a start; what is not compiled by then is compiled by the first document. */
const milliseconds = 15;

/**
 * Reads the schema, and scans a made-up config over and over, so that both are ready when the first document comes: the
 * first 5 MB then take 15 ms to scan instead of 60.
 */
export function warmUp(): void {
  compiledSchema();
  const until = performance.now() + milliseconds;
  const rule =
    '\t\t<rule>\n\t\t\t<type>pass</type>\n\t\t\t<descr><![CDATA[a &amp; b]]></descr>\n\t\t\t<any></any>\n\t\t</rule>\n';
  const text = `<?xml version="1.0"?>\n<pfsense>\n\t<filter>\n${rule.repeat(400)}\t</filter>\n</pfsense>\n`;
  do new XmlDocument('untitled:warm-up', text);
  while (performance.now() < until);
}
