import { encode, isInCdata } from '../../model/textForm.ts';
import type { ConfigVersion } from '../../model/version.ts';
import { listTagsOf } from '../../schema/listTags.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { isNameRest, isNameStart } from '../../syntax/characters.ts';
import { isList, type SectionMap, type SectionValue } from './value.ts';

/** Why something is not sent: pfSense would accept it, say that all is well, and break or lose it (facts.md §1.7). */
export type RefusalKind =
  | 'list tag without a list'
  | 'list under another tag'
  | 'list in a list'
  | 'no XML name'
  | 'capitals in a name'
  | 'no XML character'
  | 'character with an HTML name'
  | 'empty map'
  | 'twice';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Where: `virtualip/vip[2]/descr`, counted from 1. */
  readonly path: string;
  /** One sentence, without the value. */
  readonly message: string;
}

export type SectionCheck =
  | { readonly kind: 'sound'; readonly sections: SoundSections }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** Sections that a node can be sent without breaking its config.xml. No call takes others. */
export class SoundSections {
  private constructor(readonly sections: SectionMap) {}

  /**
   * Looks for all that would break a node of that config version: pfSense itself checks nothing (facts.md §1.5, §1.7).
   * The version is the node's: on it depend the list tags, the CDATA tags and how characters are written.
   */
  static check(sections: SectionMap, version: ConfigVersion): SectionCheck {
    const check = new Check(version);
    check.children(sections, '');
    const { refusals } = check;
    if (refusals.length > 0) return { kind: 'refused', refusals };
    return { kind: 'sound', sections: new SoundSections(sections) };
  }
}

class Check {
  readonly refusals: Refusal[] = [];
  private readonly listTags: ReadonlySet<string>;

  constructor(private readonly version: ConfigVersion) {
    this.listTags = new Set(listTagsOf(version.number));
  }

  children(map: SectionMap, parent: string): void {
    for (const [name, value] of map) {
      const path = parent === '' ? name : `${parent}/${name}`;
      if (this.isGoodName(name, path)) this.child(name, value, path);
    }
  }

  private child(name: string, value: SectionValue, path: string): void {
    const isListTag = this.listTags.has(name);
    if (isList(value)) {
      if (!isListTag)
        this.refuse('list under another tag', path, `${path} is a list, and pfSense reads no list there.`);
      for (const [index, item] of value.entries()) this.item(name, item, `${path}[${index + 1}]`);
      return;
    }
    if (isListTag) {
      this.refuse('list tag without a list', path, `${path} must be a list: pfSense would take its parts for items.`);
    }
    this.single(name, value, path);
  }

  private item(name: string, item: SectionValue, path: string): void {
    if (isList(item)) this.refuse('list in a list', path, `${path} is a list in a list, which config.xml cannot hold.`);
    else this.single(name, item, path);
  }

  private single(name: string, value: string | SectionMap, path: string): void {
    if (typeof value === 'string') this.text(name, value, path);
    else if (value.size > 0) this.children(value, path);
    else this.refuse('empty map', path, `${path} has no parts; what is empty is an empty text.`);
  }

  private isGoodName(name: string, path: string): boolean {
    if (!isXmlName(name)) {
      this.refuse(
        'no XML name',
        path,
        `“${printable(path)}” cannot be sent: its last part is no name that XML allows.`,
      );
      return false;
    }
    if (/[A-Z]/.test(name)) {
      this.refuse(
        'capitals in a name',
        path,
        `${path} has capitals in its name, which pfSense would read in lower case.`,
      );
      return false;
    }
    return true;
  }

  private text(name: string, text: string, path: string): void {
    if (notXml.test(text)) {
      this.refuse(
        'no XML character',
        path,
        `${path} holds a control character or half of one, which XML does not allow.`,
      );
      return;
    }
    // Every character with a name of its own in HTML alone is beyond ASCII.
    if (!beyondAscii.test(text) || isInCdata(name, this.version)) return;
    const written = encode(name, text, this.version);
    const reference = /&(?!(?:amp|lt|gt|quot|apos|#\d+);)[A-Za-z0-9]+;/.exec(written)?.[0];
    if (reference === undefined) return;
    const which = isSecretName(name) ? 'a character' : `the character that HTML calls ${reference},`;
    this.refuse(
      'character with an HTML name',
      path,
      `${path} holds ${which} which this version of pfSense cannot store there: it would write a file that it cannot read again.`,
    );
  }

  private refuse(kind: RefusalKind, path: string, message: string): void {
    this.refusals.push({ kind, path: printable(path), message });
  }
}

/** What production Char of XML 1.0 leaves out, surrogates without their other half among it. */
const notXml = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const beyondAscii = /[^\x20-\x7e\t\n\r]/;

function isXmlName(name: string): boolean {
  if (name === '' || !isNameStart(name.charCodeAt(0))) return false;
  for (let i = 1; i < name.length; i++) if (!isNameRest(name.charCodeAt(i))) return false;
  return !/[\ud800-\udfff]/.test(name);
}

/** Names that are none may hold anything. */
function printable(path: string): string {
  return path.replace(/[^\x20-\x7e\u00a1-\ud7ff\ue000-\ufffd]/g, '?').slice(0, 200);
}
