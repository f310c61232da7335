import { choice, type ElementSchema, flag, integer, text, value } from '../../elementSchema.ts';
import { ticked } from '../shared/ticked.ts';
import { vlanPriority } from '../shared/vlanPriority.ts';

/** What an interface that takes its IPv4 address by DHCP asks of the server: interfaces.php, interfaces.inc. */
export const dhcpClient: Readonly<Record<string, ElementSchema>> = {
  dhcphostname: text('The host name and client identifier that a DHCP request carries.'),
  dhcprejectfrom: text('Addresses of DHCP servers whose offers are refused.', { separator: ',' }),
  adv_dhcp_pt_timeout: integer('Seconds in which the DHCP client must find a server.', {}),
  adv_dhcp_pt_retry: integer('Seconds before the DHCP client, having found none, looks for a server again.', {}),
  adv_dhcp_pt_select_timeout: integer('Seconds in which the DHCP client collects offers before it takes one.', {}),
  adv_dhcp_pt_reboot: integer('Seconds in which the DHCP client tries to get its last address again.', {}),
  adv_dhcp_pt_backoff_cutoff: integer('The longest pause between two DHCP requests, in seconds.', {}),
  adv_dhcp_pt_initial_interval: integer('Seconds between the first DHCP request and the second.', {}),
  adv_dhcp_pt_values: choice(
    'The preset that the timings come from.',
    { DHCP: 'FreeBSD default', Clear: 'Clear', pfSense: 'pfSense Default', SavedCfg: 'Saved Cfg' },
    { isOpen: true },
  ),
  adv_dhcp_send_options: text('Options that the DHCP client sends, in the words of dhclient.conf.'),
  adv_dhcp_request_options: text('Options that the DHCP client asks for.', { separator: ',' }),
  adv_dhcp_required_options: text('Options without which the DHCP client takes no lease.', { separator: ',' }),
  adv_dhcp_option_modifiers: text('What the DHCP client changes in a lease, in the words of dhclient.conf.'),
  adv_dhcp_config_advanced: ticked('The DHCP client uses the timings and options set here.', 'yes'),
  adv_dhcp_config_file_override: ticked('The DHCP client is given a configuration file instead.', 'yes'),
  adv_dhcp_config_file_override_path: text('The path of that configuration file.'),
  dhcp_plus: flag('A mark that the form keeps and nothing reads.'),
  dhcpvlanenable: flag('DHCP requests carry an 802.1p priority.'),
  dhcpcvpt: choice('The 802.1p priority of DHCP requests.', vlanPriority, { isOpen: true }),
};

/** They stay where they are when the form is saved, while all else of DHCP is written anew behind what is kept. */
export const dhcpAlias: Readonly<Record<string, ElementSchema>> = {
  'alias-address': value('An address that the DHCP client keeps on the interface beside the leased one.', {
    type: 'address',
    family: 4,
  }),
  'alias-subnet': integer('The prefix length of the alias address.', { max: 32 }),
};
