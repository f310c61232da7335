import { type ElementSchema, flag, text } from '../../elementSchema.ts';

const docs = 'config/advanced-networking.html';

/** System > Advanced > Networking: system_advanced_network.php. */
export const network: Readonly<Record<string, ElementSchema>> = {
  ipv6allow: flag('IPv6 traffic is not blocked as a whole.', { docs }),
  ipv6dontcreatelocaldns: flag('The resolver gets no IPv6 entry for the firewall itself.', { docs }),
  radvddebug: flag('Router advertisements are logged in detail.', { since: 23.2, docs }),
  ignoreiscwarning: flag('The warning that the ISC DHCP server is at its end is not shown.', { since: 23.3, docs }),
  dhcp6debug: flag('DHCPv6 clients log in detail.', { since: 22.5, docs }),
  dhcp6norelease: flag('DHCPv6 clients do not give their addresses back when they stop.', { since: 22.5, docs }),
  prefer_ipv4: flag('The firewall itself uses IPv4 where it has the choice.', { docs }),
  'global-v6duid': text('The DUID by which the DHCPv6 clients of the firewall name themselves.', { docs }),
  disablechecksumoffloading: flag('Network cards do not compute checksums.', { docs }),
  disablesegmentationoffloading: flag('Network cards do not cut TCP data into segments (TSO).', { docs }),
  disablelargereceiveoffloading: flag('Network cards do not join TCP segments (LRO).', { docs }),
  hn_altq_enable: flag('Network cards of Hyper-V can be shaped, at the price of several queues.', {
    since: 20.8,
    docs,
  }),
  ip_change_kill_states: flag('All states are dropped when the address of a WAN changes.', { docs }),
  use_if_pppoe: flag('PPPoE is done by the kernel module if_pppoe.', { since: 23.9, docs }),
};
