import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { keaJson } from './shared/dhcpOptions.ts';

const page = { since: 23.4, docs: 'recipes/high-availability-kea-convert.html' };
const port = { type: 'port' } as const;

/** services_dhcp_settings.php, services_dhcpv6_settings.php, services_dhcp.inc:dhcp_do_settings_post. */
function kea(description: string, defaultPort: string): ElementSchema {
  const highAvailability = group(
    'The pair that this server is one half of.',
    {
      enable: flag('The two work as a pair.'),
      role: choice('Which of the two answers.', { primary: 'Primary', standby: 'Standby' }, { default: 'primary' }),
      tls: flag('The two talk over TLS.'),
      scertref: text('The certificate, by its refid, that this node shows.'),
      mutualtls: flag('The one that asks shows a certificate as well.'),
      ccertref: text('The certificate, by its refid, that this node asks with.'),
      localname: value('What this node is called in the pair; without it, its host name.', { type: 'domain' }),
      localip: value('The address at which this node is asked.', { type: 'address' }),
      localport: value('The port at which this node is asked.', port, { default: defaultPort }),
      remotename: value('What the peer is called in the pair.', { type: 'domain' }),
      remoteip: value('The address at which the peer is asked.', { type: 'address' }),
      remoteport: value('The port at which the peer is asked.', port, { default: defaultPort }),
      heartbeatdelay: integer(
        'Milliseconds between two questions whether the peer is there.',
        {},
        { default: '10000' },
      ),
      maxresponsedelay: integer(
        'Milliseconds without an answer until the peer counts as gone.',
        {},
        { default: '60000' },
      ),
      maxackdelay: integer('Milliseconds that a client may go unanswered by the peer.', {}, { default: '60000' }),
      maxunackedclients: integer(
        'How many clients may go unanswered before the peer counts as gone.',
        {},
        { default: '0' },
      ),
      maxrejectedleaseupdates: integer(
        'How many leases the peer may refuse before the pair ends.',
        {},
        { default: '10' },
      ),
    },
    page,
  );
  return group(
    description,
    {
      dnsreg: flag('Leases are registered in the DNS resolver.'),
      earlydnsreg: flag('Static mappings are registered before the client is there.'),
      ha: highAvailability,
      custom_kea_config: keaJson,
    },
    { since: 23.4, docs: 'services/dhcp/kea-settings.html' },
  );
}

export const dhcpBackendSections: Readonly<Record<string, ElementSchema>> = {
  dhcpbackend: choice(
    'The program that serves DHCP.',
    { isc: 'ISC DHCP', kea: 'Kea DHCP' },
    { since: 23, default: 'isc', docs: 'services/dhcp/index.html' },
  ),
  kea: kea('Settings of Kea for all interfaces, IPv4.', '8765'),
  kea6: kea('Settings of Kea for all interfaces, IPv6.', '8766'),
};
