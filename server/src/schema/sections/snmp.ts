import { choice, type ElementSchema, flag, group, text, value } from '../elementSchema.ts';
import { portOrService } from './shared/port.ts';

const modules = group('Which parts of the system can be asked about.', {
  mibii: flag('MIB-II.'),
  netgraph: flag('Netgraph.'),
  pf: flag('The packet filter.'),
  hostres: flag('The host’s resources.'),
  bridge: flag('Bridges.'),
  ucd: flag('The UCD MIB: load, memory, disks.'),
  regex: flag('Log files, by regular expressions.'),
});

/** Services > SNMP (services_snmp.php; services.inc:services_snmpd_configure). */
export const snmpSections: Readonly<Record<string, ElementSchema>> = {
  snmpd: group(
    'The SNMP agent.',
    {
      syslocation: text('Where the firewall stands.'),
      syscontact: text('Who looks after it.'),
      rocommunity: text('The community that may read.'),
      enable: flag('The agent runs.'),
      pollport: value('The port that the agent listens on.', portOrService, { default: '161' }),
      rwenable: flag('A community may write; no form sets it.'),
      rwcommunity: text('The community that may write; no form sets it.'),
      trapenable: flag('Traps are sent.'),
      trapserver: text('The address or name of the host that traps are sent to.'),
      trapserverport: value('The port that traps are sent to.', portOrService, { default: '162' }),
      trapstring: text('The community that traps carry.'),
      modules,
      ipprotocol: choice(
        'The address families that the agent listens on.',
        { inet4: 'IPv4', inet6: 'IPv6', inet46: 'IPv4+IPv6' },
        { isOpen: true, default: 'inet4' },
      ),
      bindip: choice(
        'The interfaces and VIPs that the agent listens on.',
        { all: 'All' },
        {
          isOpen: true,
          separator: ',',
          default: 'all',
        },
      ),
      bindlan: flag('The agent listened on the LAN alone.', { until: 18, replacedBy: 'bindip' }),
    },
    { docs: 'services/snmp.html' },
  ),
};
