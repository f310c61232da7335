import { usedPasswordBytes } from '../../model/virtualIps.ts';
import type { LeafSchema, ValueType } from '../../schema/elementSchema.ts';
import type { SchemaPlace } from '../../schema/schemaPlace.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { checkOf } from '../../schema/values.ts';
import { isHarmlessWord, mayBeDevice } from './harmlessWords.ts';
import type { NameMapping } from './nameMapping.ts';
import type { WordMapping } from './wordMapping.ts';

/** The element whose text is mapped. */
export interface TextPlace {
  /** The names of the elements from below the root down to this one, in lower case. */
  readonly path: readonly string[];
  /** What the schema says of it; absent where it knows none of that name there. */
  readonly schema: SchemaPlace | undefined;
  /** What stands between several names, where the element holds names; absent where it holds one at most. */
  readonly separator: string | undefined;
}

/** Maps the texts of elements. What is not known to be harmless is not let through. */
export class TextMapping {
  private readonly secrets = new Map<string, string>();
  private readonly passwords = new Map<string, number>();
  private readonly sentences = new Map<string, string>();
  private readonly blobs = new Map<string, string>();
  private readonly asNumbers = new Map<string, string>();

  constructor(
    private readonly names: NameMapping,
    private readonly words: WordMapping,
  ) {}

  /** The stand-in of an element's text, or the text itself where it tells nothing. */
  map(text: string, place: TextPlace): string {
    if (text.trim() === '') return text;
    const leaf = place.schema?.schema.kind === 'leaf' ? place.schema.schema : undefined;
    const isSecret = place.path.some((name, i) => isSecretName(name, place.path[i - 1]));
    if (isSecret) return isChoice(leaf, text) ? text : this.secret(text, leaf);
    if (isPublicAs(text, place)) return this.asNumber(text.trim());
    if (isHarmlessAt(text, place, leaf)) return text;
    if (isBase64(leaf) || isBlob(text)) return this.blob(text, leaf);
    const separator = leaf?.separator ?? place.separator;
    const parts = separator === undefined ? [text] : text.split(separator);
    return parts
      .map(part => (takesPort(leaf?.value) && isPorts(part) ? part : this.part(part, place)))
      .join(separator ?? '');
  }

  /** The stand-in of a text that stands where no text has a meaning. */
  sentence(text: string): string {
    const known = this.sentences.get(text) ?? `Text ${this.sentences.size + 1}`;
    this.sentences.set(text, known);
    const mentioned = this.mentionedIn(text);
    return mentioned.length === 0 ? known : `${known} (${mentioned.join(', ')})`;
  }

  private part(text: string, { path }: TextPlace): string {
    const word = text.trim();
    if (word === '') return text;
    const at = text.indexOf(word);
    const around = (mapped: string) => text.slice(0, at) + mapped + text.slice(at + word.length);
    if (deviceTags.has(path.at(-1) ?? '') && mayBeDevice(word)) return text;
    if (this.names.isDefined(word)) return around(this.words.map(word));
    if (!/\s/.test(word)) return around(this.words.map(word));
    const pieces = word.split(/(\s+)/);
    const isPlain = pieces.every((piece, i) => i % 2 === 1 || this.words.isPlain(piece));
    if (isPlain) return around(pieces.map((piece, i) => (i % 2 === 1 ? piece : this.words.map(piece))).join(''));
    return around(this.sentence(word));
  }

  /**
   * What a text names, in its order: who reads the copy sees of what it speaks, and pfSense's packages, whose texts may
   * name aliases and addresses, still do.
   */
  private mentionedIn(text: string): readonly string[] {
    const found = new Set<string>();
    for (const [word] of text.matchAll(/[\w.:/-]*\w/g)) {
      for (const each of [word, ...word.split(/[/:-]/), ...word.split(/[./:-]/)]) {
        if (each.length > 1 && /[a-f.:_]/i.test(each) && this.isMentioned(each)) found.add(this.words.map(each));
      }
    }
    return [...found];
  }

  private isMentioned(word: string): boolean {
    if (isHarmlessWord(word)) return false;
    return this.names.isDefined(word) || this.words.isAddress(word) || this.words.isIdentifier(word);
  }

  /**
   * Passwords that are the same stay the same, and what shows of one is kept: blanks, which CARP leaves out, and whether it
   * is too long for CARP, to which two that begin alike are then one.
   */
  private secret(text: string, leaf: LeafSchema | undefined): string {
    const known = this.secrets.get(text);
    if (known !== undefined) return known;
    const standIn =
      isBase64(leaf) || isBlob(text) ? base64Of(`redacted ${this.secrets.size + 1}`) : this.password(text);
    this.secrets.set(text, standIn);
    return standIn;
  }

  private password(text: string): string {
    const given = text.replaceAll(' ', '');
    const used = given.slice(0, usedPasswordBytes);
    const number = this.passwords.get(used) ?? this.passwords.size + 1;
    this.passwords.set(used, number);
    const standIn = `redacted${number}`;
    const whole =
      given.length > usedPasswordBytes
        ? `${standIn.padEnd(usedPasswordBytes + 1, 'x')}${this.secrets.size + 1}`
        : standIn;
    return / /.test(text.trim()) ? `${whole.slice(0, 1)} ${whole.slice(1)}` : whole;
  }

  private asNumber(text: string): string {
    const known = this.asNumbers.get(text) ?? String(firstPrivateAs + this.asNumbers.size);
    this.asNumbers.set(text, known);
    return known;
  }

  private blob(text: string, leaf: LeafSchema | undefined): string {
    const known = this.blobs.get(text) ?? base64Of(`redacted ${this.blobs.size + 1}`);
    this.blobs.set(text, known);
    const isWrong = leaf !== undefined && !checkOf(leaf)(text);
    return isWrong ? `${known}*` : known;
  }
}

/** Elements that name devices, which are the same on many firewalls. */
const deviceTags: ReadonlySet<string> = new Set(
  'if vlanif laggif bridgeif gifif greif members ports vxlanif parent cardname'.split(' '),
);

/** Elements of packages for BGP that hold the number of an autonomous system, which is as public as an address. */
const asTags = /^(?:asn?|asnum|(?:local|remote)[-_]?as(?:num)?)$/;

/** Of the range for private use of 32 bits (RFC 6996). */
const firstPrivateAs = 4_200_000_000;

/** Whether a package holds one there that is somebody's: neither for private use nor for documentation (RFC 6996, RFC 5398). */
function isPublicAs(text: string, { path }: TextPlace): boolean {
  if (path[0] !== 'installedpackages' || !asTags.test(path.at(-1) ?? '')) return false;
  const number = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  return number > 0 && !(number >= 64_496 && number <= 65_551) && number < firstPrivateAs;
}

/** What says which software there is, and what it may do. */
const harmlessPaths: readonly RegExp[] = [
  /^version$/,
  /^installedpackages\/package\/(?:name|internal_name|version|configurationfile)$/,
  /^system\/(?:user|group)\/priv$/,
  /^sysctl\/item\/tunable$/,
  /^filter\/rule\/icmptype$/,
];

function isHarmlessAt(text: string, { path }: TextPlace, leaf: LeafSchema | undefined): boolean {
  if (harmlessPaths.some(each => each.test(path.join('/'))) && /^[\w .+-]{1,60}$/.test(text)) return true;
  if (isChoice(leaf, text)) return true;
  switch (leaf?.value?.type) {
    case 'integer':
    case 'decimal':
    case 'epoch':
      return /^\s*-?[\d.]{1,12}\s*$/.test(text) && !/\..*\./.test(text);
    case 'hexadecimal':
      return /^[\da-f]{1,8}$/i.test(text);
    default:
      return false;
  }
}

function takesPort(type: ValueType | undefined): boolean {
  return type?.type === 'either' ? type.of.some(takesPort) : type?.type === 'port';
}

function isPorts(text: string): boolean {
  return /^\s*\d{1,5}(?:[-:]\d{1,5})?\s*$/.test(text);
}

/** Whether a text is one of the words that the element takes; a tick box takes any, so there the usual words for yes and no. */
function isChoice(leaf: LeafSchema | undefined, text: string): boolean {
  if (leaf?.words && Object.hasOwn(leaf.words, text)) return true;
  return leaf?.value?.type === 'flag' && /^(?:on|off|yes|no|true|false|enabled?|disabled?|\d{1,3})$/i.test(text);
}

function isBase64(leaf: LeafSchema | undefined): boolean {
  return leaf?.value?.type === 'base64';
}

/** Long text in base64 or hexadecimal, on one line or several. */
function isBlob(text: string): boolean {
  return /^[\w+/=-]{40,}$/.test(text.replace(/\s*\n\s*/g, ''));
}

/** Base64 of a text of ASCII alone. */
function base64Of(text: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let written = '';
  for (let i = 0; i < text.length; i += 3) {
    const bytes = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)].map(byte => byte || 0);
    const group = (bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!;
    for (let shift = 18; shift >= 0; shift -= 6) written += digits[(group >> shift) & 63];
  }
  const missing = (3 - (text.length % 3)) % 3;
  return missing === 0 ? written : written.slice(0, -missing) + '='.repeat(missing);
}
