import { encodeText } from '../syntax/entities.ts';
import type { ConfigVersion } from './version.ts';

/**
 * The tags whose text pfSense puts in CDATA, by how their names begin (xmlparse.inc:is_cdata_entity; facts.md §3), with the
 * config version of the first release that does so. `descr` therefore also means `description`, `state` also `statetype`.
 */
const cdataPrefixes: readonly (readonly [version: number, prefixes: string])[] = [
  [0, 'descr detail'],
  [10.1, 'ldap_attr ldap_authcn ldap_basedn ldap_bind ldap_extended_query login_banner'],
  [15.8, 'text'],
  [17.0, 'certca certname city email organization state'],
  [
    19.1,
    'auth_pass auth_prompt auth_user common_name encryption_password ldap_basedomain ldap_filter ldap_pass ldap_user ' +
      'ldapbinddn ldapbindpass password rangedescr username varuserspassword varusersusername',
  ],
  [21.4, 'aclname ldap_pam_groupdn'],
  [22.9, 'hint'],
  [23.4, 'proxypass proxyuser'],
];

/** The same, with all prefixes from the beginning, newest first: whole files are written tag by tag. */
const cdataTags: readonly (readonly [version: number, tags: RegExp])[] = cdataPrefixes
  .map(([version], i) => {
    const prefixes = cdataPrefixes.slice(0, i + 1).flatMap(([, each]) => each.split(' '));
    return [version, new RegExp(`^(?:${prefixes.join('|')})`)] as const;
  })
  .reverse();

/** Whether pfSense of that version writes a tag's text in CDATA. Of an unknown version the newest known form is taken. */
export function isInCdata(tag: string, { number = Number.POSITIVE_INFINITY }: ConfigVersion): boolean {
  return cdataTags.find(([first]) => first <= number)?.[1].test(tag) === true;
}

/**
 * What pfSense of that version writes between the tags of an element that holds `text` (facts.md §3; xmlparse.inc:dump_xml_config_sub):
 * nothing for an empty text, else the text with its characters encoded, inside CDATA too.
 */
export function encode(tag: string, text: string, version: ConfigVersion): string {
  if (text === '') return '';
  const encoded = encodeText(text, version.form);
  return isInCdata(tag, version) ? `<![CDATA[${encoded}]]>` : encoded;
}
