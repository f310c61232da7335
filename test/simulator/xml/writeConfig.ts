import { PhpFatalError } from '../php/errors.ts';
import { isArray, type PhpArray, PhpObject, type PhpValue, toText } from '../php/value.ts';
import type { Release } from '../release.ts';
import { encodeText } from './htmlEntities.ts';

/**
 * The text of a config.xml in the form in which pfSense writes it (facts.md §3). It is not looked at whether the names are
 * names: neither does pfSense.
 * @throws PhpFatalError where PHP cannot write a value
 */
export function writeConfig(config: PhpArray, release: Release): string {
  return `<?xml version="1.0"?>\n<pfsense>\n${children(config, 1, release)}</pfsense>\n`;
}

function children(array: PhpArray, depth: number, release: Release): string {
  let text = '';
  for (const [key, value] of array) {
    const name = String(key);
    if (isArray(value) && release.listTags.has(name.toLowerCase())) {
      for (const item of value.values()) text += element(name, item, { depth, release });
    } else {
      text += element(name, value, { depth, release });
    }
  }
  return text;
}

interface Place {
  readonly depth: number;
  readonly release: Release;
}

function element(name: string, value: PhpValue, { depth, release }: Place): string {
  if (value === false) return '';
  const indent = '\t'.repeat(depth);
  if (value === true || value === '' || (isArray(value) && value.size === 0)) return `${indent}<${name}></${name}>\n`;
  if (isArray(value)) {
    return `${indent}<${name}>\n${children(value, depth + 1, release)}${indent}</${name}>\n`;
  }
  if (value instanceof PhpObject && release.refusesObjects) {
    throw new PhpFatalError({
      message:
        'Uncaught TypeError: htmlentities(): Argument #1 ($string) must be of type string, stdClass given in /etc/inc/xmlparse.inc:306',
      place: '/etc/inc/xmlparse.inc on line 306',
    });
  }
  const text = encodeText(toText(value), release.encoding);
  const isCdata = release.cdataPrefixes.some(prefix => name.startsWith(prefix));
  return `${indent}<${name}>${isCdata ? `<![CDATA[${text}]]>` : text}</${name}>\n`;
}
