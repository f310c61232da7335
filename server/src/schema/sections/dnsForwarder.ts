import { type ElementSchema, flag, group, text, value } from '../elementSchema.ts';
import { hostOverride } from './shared/dnsOverrides.ts';

/** services_dnsmasq_domainoverride_edit.php. */
const domainOverride = group('A domain that certain servers are asked for.', {
  domain: text('The domain.'),
  ip: text('The server’s address, and after @ the one to ask from; # asks the usual servers, ! asks none.'),
  dnssrcip: text('The address to ask from.'),
  descr: text('What the domain is.'),
  idx: text('The place in the list, written as the list is sorted.'),
});

/** Services > DNS Forwarder: services_dnsmasq.php, services_dnsmasq.inc. */
export const dnsForwarderSections: Readonly<Record<string, ElementSchema>> = {
  dnsmasq: group(
    'The DNS forwarder.',
    {
      enable: flag('The forwarder is on.'),
      regdhcp: flag('Names of clients of DHCP are answered.'),
      regdhcpstatic: flag('Names of static mappings are answered.'),
      dhcpfirst: flag('An address is answered with its name in a static mapping before any other.'),
      no_system_dns: flag('The DNS servers of System > General Setup are not asked.', { since: 23.4 }),
      strict_order: flag('Servers are asked one after the other, not at once.'),
      domain_needed: flag('Names without a domain are not asked for elsewhere.'),
      no_private_reverse: flag('Names of private addresses are not asked for elsewhere.'),
      strictbind: flag('Only the chosen interfaces are listened on.'),
      custom_options: text('Lines that the form has no field for, in base64 from 22.7 on.'),
      port: value('The port for questions.', { type: 'port' }, { default: '53' }),
      interface: text('Where questions are taken; all without it.', { separator: ',' }),
      hosts: hostOverride,
      domainoverrides: domainOverride,
    },
    { docs: 'services/dns/forwarder.html' },
  ),
};
