import { choice, type ElementSchema, flag, group, integer, text } from '../../elementSchema.ts';

const tagType = choice(
  'Which EtherType marks the tag.',
  { ctag: 'C-Tag (0x8100)', stag: 'S-Tag (0x88A8)' },
  { default: 'ctag', since: 24.1 },
);

/** Interfaces > VLANs: interfaces_vlan_edit.php. */
const vlan = group('A VLAN on a port.', {
  if: text('The port that carries the VLAN.'),
  tag_type: tagType,
  tag: integer('The VLAN tag.', { min: 1, max: 4094 }),
  pcp: integer('The 802.1p priority of what is sent.', { max: 7 }, { default: '0' }),
  descr: text('What the VLAN is for.'),
  vlanif: text('The name of the VLAN as a port, such as igb0.10.'),
});

/** Interfaces > QinQs: interfaces_qinq_edit.php. */
const qinqEntry = group('VLANs within a VLAN (802.1ad) on a port.', {
  if: text('The port that carries the VLANs.'),
  tag_type: tagType,
  tag: integer('The outer VLAN tag.', { min: 1, max: 4094 }),
  autogroup: flag('The VLANs are put into the interface group QinQ.'),
  members: text('The inner VLAN tags.', { separator: ' ' }),
  descr: text('What the VLANs are for.'),
  vlanif: text('The name of the outer VLAN as a port.'),
  autoadjustmtu: flag('A mark of older releases that the form keeps and nothing reads.'),
});

/** Interfaces > LAGGs: interfaces_lagg_edit.php, the hashes from globals.inc. */
const lagg = group('Several ports used as one.', {
  members: text('The ports.', { separator: ',' }),
  descr: text('What the LAGG is for.'),
  laggif: text('The name of the LAGG as a port, such as lagg0.'),
  proto: choice('How the ports share the traffic.', {
    none: 'NONE',
    lacp: 'LACP',
    failover: 'FAILOVER',
    loadbalance: 'LOADBALANCE',
    roundrobin: 'ROUNDROBIN',
  }),
  failovermaster: text('Of FAILOVER: the port that is used while it is up; auto takes the first.', {
    default: 'auto',
    since: 20.1,
  }),
  lacptimeout: choice(
    'Of LACP: how often the two ends speak to each other.',
    { slow: 'Slow (default)', fast: 'Fast' },
    { default: 'slow', since: 20.1 },
  ),
  lagghash: choice(
    'Of LACP and LOADBALANCE: what of a packet decides on its port.',
    {
      'l2,l3,l4': 'Layer 2/3/4 (default)',
      l2: 'Layer 2 (MAC Address)',
      l3: 'Layer 3 (IP Address)',
      l4: 'Layer 4 (Port Number)',
      'l2,l3': 'Layer 2/3 (MAC + IP)',
      'l3,l4': 'Layer 3/4 (IP + Port)',
      'l2,l4': 'Layer 2/4 (MAC + Port)',
    },
    { default: 'l2,l3,l4', since: 22.5 },
  ),
});

const members = (description: string): ElementSchema => text(description, { separator: ',' });

/** Interfaces > Bridges: interfaces_bridge_edit.php, interfaces.inc:interface_bridge_configure. */
const bridged = group('Several interfaces joined to one network.', {
  members: members('The interfaces that are joined.'),
  enablestp: flag('The bridge speaks the spanning tree protocol.'),
  descr: text('What the bridge is for.'),
  maxaddr: integer('How many MAC addresses the bridge remembers.', {}, { default: '2000' }),
  timeout: integer(
    'Seconds after which a MAC address that is silent is forgotten; 0 keeps it.',
    {},
    { default: '1200' },
  ),
  maxage: integer('Seconds for which a spanning tree configuration holds, from 6 to 40.', {}, { default: '20' }),
  fwdelay: integer('Seconds before a port of the bridge starts to forward, from 4 to 30.', {}, { default: '15' }),
  hellotime: integer('Seconds between two spanning tree messages, 1 or 2; only with STP.', {}, { default: '2' }),
  priority: integer('The priority of the bridge in the spanning tree, from 0 to 61440.', {}, { default: '32768' }),
  proto: choice('The spanning tree protocol.', { rstp: 'RSTP', stp: 'STP' }, { default: 'rstp' }),
  holdcnt: integer('How many spanning tree messages may be sent at once, from 1 to 10.', {}, { default: '6' }),
  ip6linklocal: flag('The bridge makes itself an IPv6 link-local address.'),
  ifpriority: members('The spanning tree priority of interfaces, each as interface:priority.'),
  ifpathcost: members('The spanning tree cost of interfaces, each as interface:cost.'),
  static: members('The interfaces whose learnt MAC addresses are kept for good.'),
  private: members('The interfaces that do not forward to one another.'),
  stp: members('The interfaces that take part in the spanning tree.'),
  span: members('The interfaces that get a copy of all traffic.'),
  edge: members('The interfaces at which no other bridge can be.'),
  autoedge: members('The interfaces that do not find out by themselves whether they are an edge.'),
  ptp: members('The interfaces that link to one other bridge only.'),
  autoptp: members('The interfaces that do not find out by themselves whether they link to one bridge.'),
  bridgeif: text('The name of the bridge as a port, such as bridge0.'),
});

/** Interfaces > Interface Groups: interfaces_groups_edit.php. */
const interfaceGroup = group('Interfaces under one name, whose rules hold for all of them.', {
  members: text('The interfaces.', { separator: ' ' }),
  descr: text('What the group is for.'),
  ifname: text('The name of the group.'),
});

/** The built-in switch of some appliances: pfSense Plus writes it, and status_interfaces.php reads the ports of a VLAN. */
const switches = group(
  'The switch that is built into some appliances.',
  {
    switch: group(
      'One switch.',
      {
        vlangroups: group(
          'The VLANs of the switch.',
          {
            vlangroup: group(
              'One VLAN of the switch.',
              {
                vlanid: integer('The VLAN tag.', { max: 4095 }),
                members: text('The ports of the switch that carry the VLAN.', { separator: ' ' }),
              },
              { isOpen: true },
            ),
          },
          { isOpen: true },
        ),
      },
      { isOpen: true },
    ),
  },
  { isOpen: true },
);

export const linkLayerSections: Readonly<Record<string, ElementSchema>> = {
  vlans: group('VLANs.', { vlan }, { docs: 'vlan/configuration.html' }),
  qinqs: group('VLANs within VLANs.', { qinqentry: qinqEntry }, { docs: 'interfaces/qinq.html' }),
  laggs: group('Aggregated ports.', { lagg }, { docs: 'interfaces/lagg.html' }),
  bridges: group('Bridges.', { bridged }, { docs: 'bridges/create.html' }),
  ifgroups: group('Interface groups.', { ifgroupentry: interfaceGroup }, { docs: 'interfaces/groups.html' }),
  switches,
  vxlans: group('VXLAN tunnels, which the free edition had in development versions before 2.5 only.', () => ({}), {
    isOpen: true,
  }),
};
