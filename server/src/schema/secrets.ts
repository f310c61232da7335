/**
 * Whether an element of that name holds something that must never be shown: a password, a hash of one, a private or
 * shared key, an SNMP community, a token, a code that a subscription is bought with. Names are lower case. Packages name
 * their elements as they like, so beside the known names, which are those that pfSense leaves out of its own status report,
 * too (status_output.inc), the pattern takes what sounds like a secret; to hide too much does no harm.
 *
 * One name alone depends on what it stands in: a PPPoE server's `username` lists its users with their passwords
 * (services_pppoe_edit.php).
 *
 * @param parent the name of the element around it, where it is known
 */
export function isSecretName(name: string, parent?: string): boolean {
  return known.has(name) || pattern.test(name) || (parent === 'pppoe' && name === 'username');
}

/** Whether a text holds a URL with a user in front of its host: `https://user:password@192.0.2.1/`. */
export function mayHoldPassword(text: string): boolean {
  return /:\/\/[^/\s]*@/.test(text);
}

/** The user in a URL, with the password: what {@link mayHoldPassword} asks for, within one text of a file. */
export const urlAccount = /(?<=:\/\/)[^/\s<>]+(?=@)/g;

const known: ReadonlySet<string> = new Set([
  'adv_dhcp6_key_info_statement_secret',
  'api',
  'apikey',
  'auth_pass',
  'backwardsyncpassword',
  'bcrypt-hash',
  'ddnsdomainkey',
  'devkey',
  'etpro_code',
  'etprocode',
  'ipsecpsk',
  'key-file',
  'keydata',
  'keypaste',
  'ldap_bindpw',
  'md5-hash',
  'nt-hash',
  'oinkcode',
  'oinkmastercode',
  'omapi_key',
  'pkcs11pin',
  'pre-shared-key',
  'private-key',
  'proxypass',
  'prv',
  'psk',
  'pskey',
  'pwhash',
  'radiuskey',
  'radiuskey2',
  'radiuskey3',
  'radiuskey4',
  'rocommunity',
  'rwcommunity',
  'securiteinfo_id',
  'sha512-hash',
  'shared_key',
  'sharedkey',
  'simpin',
  'sshkeyfile',
  'tls',
  'tlspskfile',
  'tlssharedkey',
  'trapstring',
  'userkey',
  'varusersmotppin',
  'vouchersyncpass',
  'xmldatafile',
]);

const pattern = new RegExp(
  [
    /(?:^|[-_]|bind|sig)pass$|pwd$|(?:^|[-_])pin$|[-_]pw$|passwd|password|passphrase|secret|token|community/,
    /(?:pre[-_]?)?shared[-_]?key|(?:api|user|priv|private)[-_]?key/,
    /(?:account|access|auth|cert|client|cli|server|srv|sig|maxmind|geoipdb)[-_]?key$/,
    // What the package ACME proves to DNS services who it is with.
    /^dns_.*(?:key|pw)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
