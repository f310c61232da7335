import type { TextEncoding } from './xml/htmlEntities.ts';

/** The releases that are simulated: those whose real code was recorded (facts.md §0). 2.8 is master before the 2.9 fork. */
export type ReleaseName = '2.5.2' | '2.6.0' | '2.7.2' | '2.8.0' | '2.9.0';

/** What a release of pfSense does differently from the others. */
export interface Release {
  readonly name: ReleaseName;
  /** What host_firmware_version tells. */
  readonly productVersion: string;
  /** FreeBSD's, as `uname -r` tells without its branch. */
  readonly kernelVersion: string;
  readonly configVersion: string;
  readonly encoding: TextEncoding;
  readonly listTags: ReadonlySet<string>;
  /** An element whose name begins with one of these is written as CDATA. */
  readonly cdataPrefixes: readonly string[];
  /** Sections that restore_config_section replaces whole, in pfSense's order. */
  readonly fullCopySections: readonly string[];
  /** Whether an empty list element such as `<dnsserver></dnsserver>` is read as an item. */
  readonly keepsEmptyListItems: boolean;
  /** What a caller sees where the file that was written cannot be read again (facts.md §1.7). */
  readonly afterRollback: 'true' | 'fatal error';
  /** Whether aliases that are texts break every later request (facts.md §1.7). */
  readonly needsProperAliases: boolean;
  /** Whether PHP refuses to write an object, which it did not before PHP 8. */
  readonly refusesObjects: boolean;
  /** Whether PHP code may call config_get_path and its like. */
  readonly hasConfigPaths: boolean;
  /** Whether a file that was changed by hand is read without removing /tmp/config.cache (facts.md §3). */
  readonly comparesCacheTime: boolean;
  /** PHP's way to name what it did not expect. */
  readonly php: 7 | 8;
  readonly synchronisesRelays: boolean;
  /** Kea's high availability is received and sent, and packages get `installedpackages` or nobody does. */
  readonly knowsKea: boolean;
  /** A DHCP peer address that is rewritten to the interface's even where it has none. */
  readonly clearsPeerAddress: boolean;
  /** Whether groups lose the users that a sync removes. */
  readonly forgetsMemberships: boolean;
  /** The lines of xmlrpc.php that show in PHP's messages: of eval, and of the call of the server. */
  readonly lines: { readonly evaluation: number; readonly server: number };
}

const commonListTags = `acls alias aliasurl allowedhostname allowedip authserver bridged build_port_path ca cacert cert
checkipservice clone columnitem config container crl depends_on_package disk dnsserver dnsupdate domainoverrides dyndns
earlyshellcmd element encryption-algorithm-option field fieldname gateway_group gateway_item gif gre group
hash-algorithm-option hosts ifgroupentry igmpentry interface_array item key l7rules lagg lbaction lbpool lbprotocol member
menu mobilekey monitor_type mount npt ntpserver onetoone openvpn-client openvpn-csc openvpn-server option package pages
passthrumac phase1 phase2 pipe pool ppp pppoe priv proxyarpnet qinqentry queue radnsserver roll route row rrddatafile rule
schedule servernat servers serversdisabled service shellcmd staticmap subqueue switch swport tab timerange tunnel user vip
virtual_server vlan vlangroup voucherdbfile vxlan wgpeer widget winsserver wolentry xmldatafile`.split(/\s+/);

const commonCdata = `aclname auth_pass auth_prompt auth_user certca certname city common_name descr detail email
encryption_password ldap_attr ldap_authcn ldap_basedn ldap_basedomain ldap_bind ldapbinddn ldapbindpass ldap_extended_query
ldap_filter ldap_pam_groupdn ldap_pass ldap_user login_banner organization password proxypass rangedescr state text username
varusersusername varuserspassword`.split(/\s+/);

const commonFullCopy = ['aliases', 'ca', 'cert', 'crl', 'dhcpd'];
const relays = ['dhcrelay', 'dhcrelay6'];
const others = ['dnshaper', 'dnsmasq', 'filter', 'ipsec'];
const last = ['nat', 'openvpn', 'schedules', 'shaper', 'unbound', 'wol'];

const release25: Release = {
  name: '2.5.2',
  productVersion: '2.5.2-RELEASE',
  kernelVersion: '12.2',
  configVersion: '21.7',
  encoding: 'html, double quotes',
  listTags: new Set(commonListTags),
  cdataPrefixes: commonCdata,
  fullCopySections: [...commonFullCopy, ...others, ...last],
  keepsEmptyListItems: true,
  afterRollback: 'true',
  needsProperAliases: false,
  refusesObjects: false,
  hasConfigPaths: false,
  comparesCacheTime: false,
  php: 7,
  synchronisesRelays: false,
  knowsKea: false,
  clearsPeerAddress: true,
  forgetsMemberships: false,
  lines: { evaluation: 147, server: 954 },
};

const release26: Release = {
  ...release25,
  name: '2.6.0',
  productVersion: '2.6.0-RELEASE',
  kernelVersion: '12.3',
  configVersion: '22.2',
  listTags: new Set([...commonListTags, 'sshkeyfile']),
  fullCopySections: [...commonFullCopy, ...relays, ...others, ...last],
  synchronisesRelays: true,
  clearsPeerAddress: false,
  lines: { evaluation: 147, server: 982 },
};

const release27: Release = {
  ...release26,
  name: '2.7.2',
  productVersion: '2.7.2-RELEASE',
  kernelVersion: '14.0',
  configVersion: '23.3',
  encoding: 'html, both quotes',
  cdataPrefixes: [...commonCdata, 'hint'],
  keepsEmptyListItems: false,
  afterRollback: 'fatal error',
  refusesObjects: true,
  hasConfigPaths: true,
  php: 8,
  lines: { evaluation: 147, server: 987 },
};

const release28: Release = {
  ...release27,
  name: '2.8.0',
  productVersion: '2.8.0-DEVELOPMENT',
  kernelVersion: '15.0',
  configVersion: '23.9',
  listTags: new Set([...commonListTags, 'sshkeyfile', 'laggroup', 'mobilegroup']),
  cdataPrefixes: [...commonCdata, 'hint', 'proxyuser'],
  fullCopySections: [...commonFullCopy, ...relays, ...others, 'kea', 'kea6', ...last],
  afterRollback: 'true',
  needsProperAliases: true,
  knowsKea: true,
  forgetsMemberships: true,
  lines: { evaluation: 145, server: 1047 },
};

const release29: Release = {
  ...release28,
  name: '2.9.0',
  productVersion: '2.9.0-DEVELOPMENT',
  kernelVersion: '16.0',
  configVersion: '24.5',
  encoding: 'xml',
  comparesCacheTime: true,
  forgetsMemberships: false,
  lines: { evaluation: 141, server: 1048 },
};

/** Every release that is simulated, the oldest first. */
export const releases: readonly Release[] = [release25, release26, release27, release28, release29];

export function releaseNamed(name: ReleaseName): Release {
  const found = releases.find(release => release.name === name);
  if (!found) throw new Error(`No release ${name} is simulated.`);
  return found;
}

/** The release that wrote a config of this version: the newest that is not newer, the oldest for older ones. */
export function releaseOfConfig(configVersion: string): Release {
  const number = Number.parseFloat(configVersion);
  return releases.findLast(release => Number.parseFloat(release.configVersion) <= number) ?? release25;
}
