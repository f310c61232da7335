/** Names that pfSense refuses, because pf, the system or pfSense itself gives them a meaning. */

/** Words of pf.conf(5): in a ruleset they could not be told from a table or macro (globals.inc, pf_reserved_keywords). */
const pfWords: ReadonlySet<string> = new Set(
  `all allow-opts altq anchor antispoof any arrow bandwidth binat binat-anchor bitmask block block-policy buckets cbq code
  codel codelq crop debug divert-reply divert-to dnpipe dnqueue drop drop-ovl dup-to error ether fail-policy fairq fastroute
  file filename fingerprints flags floating flush for fragcrop fragdrop fragment from global group hfsc hogs hostid icmp-type
  icmp6-type if-bound in include inet inet6 interval ipsec keep keepcounters l2tp l3 label limit linkshare load log
  loginterface map-e-portset match max max-mss max-src-conn max-src-conn-rate max-src-nodes max-src-states maximum min min-ttl
  modulate nat nat-anchor no no-df no-route no-sync on openvpn optimization os out overload pass port pppoe pptp prio priority
  priq probability proto qlimit queue quick random random-id rdr rdr-anchor realtime reassemble reply-to require-order return
  return-icmp return-icmp6 return-rst ridentifier round-robin route route-to rtable rule ruleset-optimization scrub set
  set-tos skip sloppy source-hash source-track state state-defaults state-policy static-port sticky-address syncookies
  synproxy table tag tagged target tbrsize timeout to tos ttl upperlimit urpf-failed user`
    .split(/\s+/)
    // pfSense also keeps the words as they are without their hyphens.
    .flatMap(word => [word, word.replaceAll('-', '')]),
);

/** Tables that pfSense fills itself (globals.inc, reserved_table_names). */
const tables: ReadonlySet<string> = new Set(
  'bogons bogonsv6 negate_networks snort2c sshguard tonatsubnets virusprot vpn_networks'.split(' '),
);

/** Whether an alias, an interface or a group of interfaces cannot be called so, in any case of letters (pfsense-utils.inc:get_pf_reserved). */
export function isPfWord(name: string): boolean {
  const word = name.toLowerCase();
  return pfWords.has(word) || tables.has(word);
}

/** Protocols of /etc/protocols, which are there in both cases. */
const protocols: ReadonlySet<string> = new Set(
  `ip icmp igmp ggp ipencap st2 tcp cbt egp igp nvp pup argus emcon xnet chaos udp mux dcn hmp prm rdp irtp netblt dccp idpr
  ddp il ipv6 sdrp idrp rsvp gre dsr bna esp ah narp swipe mobile tlsp skip ospf mtp carp pim ipcomp vrrp l2tp iatp stp srp
  uti smp sctp fc udplite mpls hip shim6 wesp rohc pfsync divert`
    .split(/\s+/)
    .flatMap(word => [word, word.toUpperCase()]),
);

/** Those services of /etc/services, which has thousands, that a person might call something by. */
const services: ReadonlySet<string> = new Set(
  `echo discard daytime ftp ssh telnet smtp time whois domain dns bootps bootpc tftp http www https kerberos pop3 nntp ntp
  netbios imap snmp snmptrap bgp irc ldap ldaps rtsp submission nfs rsync ftps imaps pop3s openvpn ipsec isakmp syslog radius
  mysql postgresql postgres vnc rdp sip sips xmpp mdns squid socks webcache cups ipp printer login shell exec finger auth
  rlogin talk route router l2tp pptp h323 iscsi stun turn git svn redis memcached zabbix nut munin puppet openflow docker
  ms-wbt-server microsoft-ds netbios-ns netbios-ssn domain-s radius-acct`.split(/\s+/),
);

/** Whether pfSense would take the name for a protocol's or a service's (util.inc:is_validaliasname). It tells cases of letters apart there. */
export function isProtocolOrService(name: string): boolean {
  return protocols.has(name) || services.has(name);
}

/** Accounts that every pfSense has in /etc/passwd. */
const systemUsers: ReadonlySet<string> = new Set(
  `root toor admin daemon operator bin tty kmem games news man sshd smmsp mailnull bind unbound proxy _pflogd _dhcp uucp pop
  auditdistd www ntpd _ypldap hast tests nobody dhcpd polkitd messagebus cyrus`.split(/\s+/),
);

/** Whether the system has a user of that name (system_usermanager.php). */
export function isSystemUser(name: string): boolean {
  return systemUsers.has(name);
}
