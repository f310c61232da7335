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

/** Whether pfSense of that version writes a tag's text in CDATA. Of an unknown version the newest known form is taken. */
export function isInCdata(tag: string, version: ConfigVersion): boolean {
  const number = version.number ?? Number.POSITIVE_INFINITY;
  return cdataPrefixes.some(
    ([first, prefixes]) => first <= number && prefixes.split(' ').some(prefix => tag.startsWith(prefix)),
  );
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
