import { type ElementSchema, flag, group, text, value } from '../elementSchema.ts';
import { dataFile } from './shared/dataFiles.ts';

const answers = group('The answers given on the pages of a wizard.', {}, { isOpen: true });

const checkIpServices = group('The services that tell the firewall its outer address.', {
  disable_factory_default: flag('The service that pfSense brings along is not used.'),
  checkipservice: group('A service that tells the firewall its outer address.', {
    enable: flag('The service is used.'),
    name: text('The name of the service.'),
    url: text('The address of the service.'),
    username: text('The user name at the service.'),
    password: text('The password at the service.'),
    verifysslpeer: flag('The certificate of the service must be good.'),
    curl_proxy: flag('The service is asked through the firewall’s proxy.', { since: 21.8 }),
    descr: text('A note for administrators.'),
  }),
});

const backups = {
  rrddata: group('The data of the graphs, which a backup carries.', {
    rrddatafile: group('The data of one graph.', dataFile),
  }),
  sshdata: group(
    'The SSH host keys, which a backup carries.',
    { sshkeyfile: group('One file of a key.', dataFile) },
    { since: 21.8 },
  ),
} satisfies Record<string, ElementSchema>;

const wizards = {
  wizardtemp: group(
    'What the set-up wizard keeps from page to page.',
    {
      system: group(
        'Name and domain.',
        {
          hostname: text('The host name.'),
          domain: text('The domain.'),
        },
        { isOpen: true },
      ),
      wangateway: text('The gateway of the WAN.'),
    },
    { isOpen: true },
  ),
  ovpnserver: group(
    'What the OpenVPN wizard keeps from page to page.',
    {},
    {
      keyed: { pattern: 'step\\d+', of: answers },
    },
  ),
} satisfies Record<string, ElementSchema>;

const ipv6OverIpv4 = group('Settings of System > Advanced > Networking.', {
  ipv6nat: group('IPv6 packets in IPv4 ones (protocol 41) are passed on.', {
    enable: flag('They are passed on.'),
    ipaddr: value('The host that they are passed on to.', { type: 'address', family: 4 }),
  }),
});

const switches = group('The built-in switch of some appliances, set by its own pages.', {}, { isOpen: true });

/** Sections that upgrades take out. */
const removed = group('A section of an older version.', {}, { until: 18, isOpen: true });

/** Sections of older versions that upgrades leave where they stand. */
const left = group('A section of an older version, which nothing reads any more.', {}, { isOpen: true });

/**
 * Small sections: Services > Dynamic DNS > Check IP Services (services_checkip_edit.php), System > Advanced >
 * Networking (system_advanced_network.php), backup (backup.inc), wizards (wizard.php, openvpn_wizard.inc), and what
 * older versions left.
 */
export const smallSections: Readonly<Record<string, ElementSchema>> = {
  checkipservices: checkIpServices,
  diag: ipv6OverIpv4,
  ...backups,
  ...wizards,
  remote_managed_pages: group('Pages that another system looks after.', { item: text('The path of a page.') }),
  reset_factory_defaults: flag('The next start asks for factory defaults.'),
  mailreports: group('The reports of the package mailreport.', {}, { isOpen: true }),
  switches,
  vxlans: group('VXLAN interfaces of a development version.', {}, { since: 19.2, until: 21.8, isOpen: true }),
  l7shaper: removed,
  bridge: removed,
  dyndns: removed,
  ovpn: left,
  pfqueueing: left,
  gold: left,
  bogons: left,
  ftpproxy: left,
};
