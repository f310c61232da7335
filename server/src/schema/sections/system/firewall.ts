import { choice, type ElementSchema, flag, integer, text } from '../../elementSchema.ts';

const docs = 'config/advanced-firewall-nat.html';

const seconds = (what: string, since?: number): ElementSchema =>
  integer(
    `Seconds after which pf forgets ${what}; absent for what the optimisation gives.`,
    {},
    {
      docs,
      ...(since === undefined ? {} : { since }),
    },
  );

const timeouts: Readonly<Record<string, ElementSchema>> = {
  tcpfirsttimeout: seconds('a TCP connection after its first packet'),
  tcpopeningtimeout: seconds('a TCP connection that the other end has not answered'),
  tcpestablishedtimeout: seconds('an established TCP connection'),
  tcpclosingtimeout: seconds('a TCP connection after the first FIN'),
  tcpfinwaittimeout: seconds('a TCP connection after both FINs'),
  tcpclosedtimeout: seconds('a TCP connection after an RST'),
  tcptsdifftimeout: seconds('the time stamps of a TCP connection', 20.1),
  sctpfirsttimeout: seconds('an SCTP association after its first packet', 23.4),
  sctpopeningtimeout: seconds('an SCTP association that the other end has not answered', 23.4),
  sctpestablishedtimeout: seconds('an established SCTP association', 23.4),
  sctpclosingtimeout: seconds('an SCTP association that is closing', 23.4),
  sctpclosedtimeout: seconds('an SCTP association that is closed', 23.4),
  udpfirsttimeout: seconds('a UDP exchange after its first packet'),
  udpsingletimeout: seconds('a UDP exchange in which one end has sent several packets'),
  udpmultipletimeout: seconds('a UDP exchange in which both ends have sent packets'),
  icmpfirsttimeout: seconds('an ICMP exchange after its first packet'),
  icmperrortimeout: seconds('an ICMP exchange after an error'),
  otherfirsttimeout: seconds('an exchange of another protocol after its first packet'),
  othersingletimeout: seconds('an exchange of another protocol in which one end has sent several packets'),
  othermultipletimeout: seconds('an exchange of another protocol in which both ends have sent packets'),
};

const natReflection: Readonly<Record<string, ElementSchema>> = {
  disablenatreflection: flag('Port forwards do not work from inside by their outside addresses.', { docs }),
  enablenatreflectionpurenat: flag('They work from inside by NAT alone (Pure NAT), not by a proxy.', { docs }),
  reflectiontimeout: integer(
    'Seconds after which the proxy closes a silent connection.',
    {},
    { default: '2000', docs },
  ),
  enablebinatreflection: flag('1:1 NAT works from inside as well.', { docs }),
  enablenatreflectionhelper: flag('Outbound NAT is added for clients in the network of the server.', { docs }),
  tftpinterface: text('The interfaces on which TFTP clients are helped through.', { separator: ',', docs }),
};

/** System > Advanced > Firewall & NAT: system_advanced_firewall.php, filter.inc. */
export const firewall: Readonly<Record<string, ElementSchema>> = {
  allow_nat64_prefix_override: flag('NAT64 prefixes other than the well-known one may be used.', { since: 24.1, docs }),
  disablefilter: flag('pf is off: the firewall only routes, without rules and NAT.', { docs }),
  statepolicy: choice(
    'Whether a state holds on its interface only.',
    { 'if-bound': 'Interface Bound States', floating: 'Floating States' },
    { default: 'if-bound', since: 23.4, docs },
  ),
  disable_auto_floating_states: flag('No rule gets floating states by itself.', { since: 23.4, docs }),
  disablevpnrules: flag('No rules are added for IPsec by themselves.', { docs }),
  rfc959workaround: flag('A setting for old FTP servers that the form keeps and nothing reads.'),
  scrubnodf: flag('The do-not-fragment mark is removed from packets.', { docs }),
  scrubrnid: flag('The IP identification of packets is replaced by a random one.', { docs }),
  adaptivestart: integer('The number of states from which on timeouts get shorter.', {}, { docs }),
  adaptiveend: integer('The number of states at which timeouts are zero.', {}, { docs }),
  checkaliasesurlcert: flag('The certificates of servers that aliases are fetched from are checked.', { docs }),
  maximumstates: integer('How many states there may be.', {}, { docs }),
  aliasesresolveinterval: integer(
    'Seconds between two look-ups of the host names in aliases.',
    {},
    {
      default: '300',
      docs,
    },
  ),
  maximumtableentries: integer('How many addresses all tables may hold together.', {}, { docs }),
  maximumfrags: integer('How many fragments wait to be put together at most.', {}, { default: '5000', docs }),
  maxmss_enable: flag('The MSS of TCP connections through VPNs is lowered.', { docs }),
  maxmss: integer('What it is lowered to.', { max: 65_535 }, { default: '1400', docs }),
  vpn_scrubnodf: flag('The do-not-fragment mark is removed from packets of VPNs.', { since: 21.8, docs }),
  vpn_fragment_reassemble: flag('Fragments are put together before they enter a VPN.', { since: 21.8, docs }),
  ...timeouts,
  ...natReflection,
  disablereplyto: flag('Answers to what came in by a WAN do not go back through its gateway by themselves.', { docs }),
  disablenegate: flag('Policy routing does not leave out local networks and VPNs by itself.', { docs }),
  no_apipa_block: flag('Addresses of 169.254.0.0/16 are not blocked.', { docs }),
  disablescrub: flag('Packets are not normalised.', { docs }),
  sharednet: flag('Interfaces may share a physical network: ARP messages about that are kept quiet.', {
    docs: 'config/advanced-networking.html',
  }),
};
