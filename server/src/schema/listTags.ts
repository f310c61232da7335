/**
 * The list tags: the only elements that may stand more than once under one parent. pfSense knows them by name,
 * wherever they stand (facts.md §2.1; xmlparse.inc:listtags), and refuses a file in which any other name stands twice.
 *
 * Names were only ever added. Those that pfSense 2.0 had are written alone, later ones with the config version
 * of the first release that reads them so.
 */
const original = `
alias aliasurl allowedhostname allowedip authserver bridged build_port_path ca cacert cert clone columnitem config
container crl depends_on_package disk dnsserver dnsupdate domainoverrides dyndns earlyshellcmd element
encryption-algorithm-option field fieldname gateway_group gateway_item gif gre group hash-algorithm-option hosts
ifgroupentry igmpentry interface_array item key l7rules lagg lbaction lbpool lbprotocol member menu mobilekey
monitor_type mount npt ntpserver onetoone openvpn-client openvpn-csc openvpn-server option package pages passthrumac
phase1 phase2 pipe ppp pppoe priv proxyarpnet qinqentry queue roll route row rrddatafile rule schedule servernat
servers serversdisabled service shellcmd staticmap subqueue tab timerange tunnel user vip virtual_server vlan widget
winsserver wolentry`;

const added: readonly (readonly [version: number, names: string])[] = [
  [10.1, 'pool radnsserver'],
  [12.0, 'acls'],
  [15.8, 'checkipservice'],
  [18.0, 'switch swport vlangroup'],
  [21.4, 'voucherdbfile vxlan wgpeer xmldatafile'],
  [22.2, 'sshkeyfile'],
  // They came between 23.3 (2.7.2 has them not) and 23.5.
  [23.4, 'laggroup mobilegroup'],
];

const firstVersions: ReadonlyMap<string, number> = new Map([
  ...namesIn(original).map(name => [name, 0] as const),
  ...added.flatMap(([version, names]) => namesIn(names).map(name => [name, version] as const)),
]);

/**
 * Whether some version of pfSense reads the tag (lower case) as a list.
 *
 * This is the right question for a file at hand: its `<version>` says which pfSense wrote it, and any later one may read it.
 */
export function isListTag(name: string): boolean {
  return firstVersions.has(name);
}

/** The list tags of one config version; of an unknown one all that there are. */
export function listTagsOf(version: number | undefined): readonly string[] {
  return [...firstVersions]
    .filter(([, first]) => version === undefined || first <= version)
    .map(([name]) => name)
    .sort();
}

function namesIn(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
