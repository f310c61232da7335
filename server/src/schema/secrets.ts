/**
 * Whether an element of that name holds something that must never be shown: a password, a hash of one, a private or
 * shared key, an SNMP community, a token. Names are lower case. Packages name their elements as they like, so beside
 * the known names the pattern takes what sounds like a secret; to hide too much does no harm.
 */
export function isSecretName(name: string): boolean {
  return known.has(name) || pattern.test(name);
}

const known: ReadonlySet<string> = new Set([
  'adv_dhcp6_key_info_statement_secret',
  'apikey',
  'auth_pass',
  'backwardsyncpassword',
  'bcrypt-hash',
  'ddnsdomainkey',
  'devkey',
  'ipsecpsk',
  'key-file',
  'keydata',
  'keypaste',
  'ldap_bindpw',
  'md5-hash',
  'nt-hash',
  'omapi_key',
  'pkcs11pin',
  'pre-shared-key',
  'private-key',
  'proxypass',
  'prv',
  'psk',
  'pskey',
  'pwhash',
  'rocommunity',
  'rwcommunity',
  'serverauthkey',
  'sha512-hash',
  'shared_key',
  'sharedkey',
  'sshkeyfile',
  'tls',
  'tlssharedkey',
  'trapstring',
  'userkey',
  'vouchersyncpass',
  'xmldatafile',
]);

const pattern =
  /(?:^|[-_])pass$|passwd|password|passphrase|secret|private[-_]?key|(?:pre[-_]?)?shared[-_]?key|api[-_]?key|user[-_]?key|token|community/;
