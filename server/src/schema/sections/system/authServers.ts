import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';

const ldap: Readonly<Record<string, ElementSchema>> = {
  ldap_caref: text('The authority that the certificate of the server is checked with; global for all that are known.'),
  host: value('The address or the name of the server.', { type: 'host' }),
  ldap_port: value('The port of the server.', { type: 'port' }, { default: '389' }),
  ldap_urltype: choice(
    'How the connection is secured.',
    {
      'Standard TCP': 'Standard TCP',
      'STARTTLS Encrypted': 'STARTTLS Encrypted',
      'SSL/TLS Encrypted': 'SSL/TLS Encrypted',
      'TCP - Standard': 'TCP - Standard (until 2.4.5)',
      'TCP - STARTTLS': 'TCP - STARTTLS (until 2.4.5)',
      'SSL - Encrypted': 'SSL - Encrypted (until 2.4.5)',
    },
    {
      isOpen: true,
      wordsUntil: { 'TCP - Standard': 20.1, 'TCP - STARTTLS': 20.1, 'SSL - Encrypted': 20.1 },
    },
  ),
  ldap_protver: choice('The version of LDAP.', { 2: '2', 3: '3' }, { default: '3' }),
  ldap_scope: choice(
    'How deep users are looked for.',
    { one: 'One Level', subtree: 'Entire Subtree' },
    { default: 'one' },
  ),
  ldap_basedn: text('Where the search begins.'),
  ldap_authcn: text('The containers that hold users.', { separator: ';' }),
  ldap_extended_enabled: text('Whether the query below is used.'),
  ldap_extended_query: text('What users must fulfil besides, as an LDAP filter.'),
  ldap_attr_user: text('The attribute with the name of a user, such as cn or samAccountName.'),
  ldap_attr_group: text('The attribute with the name of a group.'),
  ldap_attr_member: text('The attribute that lists members or groups, such as memberOf.'),
  ldap_attr_groupobj: text('The object class of groups.', { default: 'posixGroup' }),
  ldap_pam_groupdn: text('The group whose members may use the shell.', { since: 21.1 }),
  ldap_utf8: flag('Names and passwords are sent in UTF-8.'),
  ldap_nostrip_at: flag('What follows an @ in a user name is kept.'),
  ldap_allow_unauthenticated: flag('A login with an empty password is passed to the server.', { since: 19.7 }),
  ldap_rfc2307: flag('Groups list their members (RFC 2307).'),
  ldap_rfc2307_userdn: flag('Groups list members by their whole names.', { since: 20.5 }),
  ldap_rfc2307_basedn_groups: flag('Groups are looked for from the base, not in the containers of users.', {
    since: 24.3,
  }),
  ldap_binddn: text('The name under which the firewall asks; absent to ask without one.'),
  ldap_bindpw: text('The password of that name.'),
  ldap_timeout: integer('Seconds to wait for the server.', {}, { default: '25' }),
};

const radius: Readonly<Record<string, ElementSchema>> = {
  radius_protocol: choice(
    'How the password is proven.',
    {
      PAP: 'PAP',
      CHAP_MD5: 'MD5-CHAP',
      MSCHAPv1: 'MS-CHAPv1',
      MSCHAPv2: 'MS-CHAPv2',
    },
    { default: 'PAP' },
  ),
  radius_nasip_attribute: text('The interface or address that goes into NAS-IP-Address.'),
  radius_secret: text('The secret shared with the server.'),
  disable_radius_msg_auth: flag('The Message-Authenticator attribute is left out.', { since: 24.4 }),
  radius_timeout: integer('Seconds to wait for the server.', {}, { default: '5' }),
  radius_auth_port: value('The port for authentication; absent where the server has none.', { type: 'port' }),
  radius_acct_port: value('The port for accounting; absent where the server has none.', { type: 'port' }),
};

/** System > User Manager > Authentication Servers: system_authservers.php; the words are of guiconfig.inc. */
export const authServers: Readonly<Record<string, ElementSchema>> = {
  authserver: group(
    'A server that users are looked up on.',
    {
      refid: text('By which the firewall knows the server.'),
      type: choice('What the server speaks.', { ldap: 'LDAP', radius: 'RADIUS' }),
      name: text('By which other settings refer to the server.'),
      ...ldap,
      ...radius,
    },
    { docs: 'usermanager/authentication-servers.html' },
  ),
};
