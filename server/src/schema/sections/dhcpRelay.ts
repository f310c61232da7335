import { type ElementSchema, flag, group, text, value } from '../elementSchema.ts';

/** services_dhcp_relay.php, services_dhcpv6_relay.php. */
const relay: Readonly<Record<string, ElementSchema>> = {
  enable: flag('The relay is on.'),
  interface: text('The interfaces on which clients ask.', { separator: ',' }),
  agentoption: flag('The relay adds from where the client asked.'),
  server: value('The servers that are asked.', { type: 'address' }, { separator: ',' }),
  carpstatusvip: text('The CARP VIP that this node has to hold for the relay to run; none for always.', {
    default: 'none',
    since: 21.8,
  }),
};

const page = { docs: 'services/dhcp/relay.html' };

/** Services > DHCP Relay and Services > DHCPv6 Relay. */
export const dhcpRelaySections: Readonly<Record<string, ElementSchema>> = {
  dhcrelay: group('Passes what clients ask by DHCP to a server elsewhere.', relay, page),
  dhcrelay6: group('Passes what clients ask by DHCPv6 to a server elsewhere.', relay, page),
};
