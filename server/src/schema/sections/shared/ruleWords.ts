/** The protocols that the rule forms offer (globals.inc:get_ipprotocols); pf takes any that the system knows. */
export const protocols: Readonly<Record<string, string>> = {
  any: 'Any',
  tcp: 'TCP',
  udp: 'UDP',
  'tcp/udp': 'TCP/UDP',
  icmp: 'ICMP',
  esp: 'ESP',
  ah: 'AH',
  gre: 'GRE',
  etherip: 'EoIP',
  ipv6: 'IPV6',
  igmp: 'IGMP',
  pim: 'PIM',
  ospf: 'OSPF',
  sctp: 'SCTP',
  carp: 'CARP',
  pfsync: 'PFSYNC',
};

/** The priorities of 802.1p by the names of firewall_rules_edit.php. */
export const vlanPriorities: Readonly<Record<string, string>> = {
  none: 'none',
  bk: 'Background (BK, 0)',
  be: 'Best Effort (BE, 1)',
  ee: 'Excellent Effort (EE, 2)',
  ca: 'Critical Applications (CA, 3)',
  vi: 'Video (VI, 4)',
  vo: 'Voice (VO, 5)',
  ic: 'Internetwork Control (IC, 6)',
  nc: 'Network Control (NC, 7)',
};
