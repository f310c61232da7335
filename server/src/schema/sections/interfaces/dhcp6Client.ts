import { choice, type ElementSchema, flag, integer, text } from '../../elementSchema.ts';
import { ticked } from '../shared/ticked.ts';
import { vlanPriority } from '../shared/vlanPriority.ts';

/** A tick box whose word is its own; any text but an empty one says yes. */
const selected = (description: string): ElementSchema => choice(description, { Selected: 'Ticked' }, { isOpen: true });

/** The statements of dhcp6c.conf that the advanced form has a field for. */
const statements: Readonly<Record<string, ElementSchema>> = {
  adv_dhcp6_interface_statement_send_options: text(
    'Options that the DHCPv6 client sends, in the words of dhcp6c.conf.',
  ),
  adv_dhcp6_interface_statement_request_options: text('Options that the DHCPv6 client asks for.'),
  adv_dhcp6_interface_statement_information_only_enable: selected(
    'The DHCPv6 client asks for settings only, not for an address.',
  ),
  adv_dhcp6_interface_statement_script: text('The path of a script that the DHCPv6 client runs at each answer.'),
  adv_dhcp6_id_assoc_statement_address_enable: selected('The DHCPv6 client asks for an address (IA_NA).'),
  adv_dhcp6_id_assoc_statement_address: text('The IPv6 address that the client would like.'),
  adv_dhcp6_id_assoc_statement_address_id: integer('The number of the address association.', {}),
  adv_dhcp6_id_assoc_statement_address_pltime: text('Seconds for which the address is preferred, or infinity.'),
  adv_dhcp6_id_assoc_statement_address_vltime: text('Seconds for which the address is valid, or infinity.'),
  adv_dhcp6_id_assoc_statement_prefix_enable: selected('The DHCPv6 client asks for a prefix (IA_PD).'),
  adv_dhcp6_id_assoc_statement_prefix: text('The IPv6 prefix that the client would like.'),
  adv_dhcp6_id_assoc_statement_prefix_id: integer('The number of the prefix association.', {}),
  adv_dhcp6_id_assoc_statement_prefix_pltime: text('Seconds for which the prefix is preferred, or infinity.'),
  adv_dhcp6_id_assoc_statement_prefix_vltime: text('Seconds for which the prefix is valid, or infinity.'),
  adv_dhcp6_prefix_interface_statement_sla_id: integer('The number of the subnet taken from the prefix.', {}),
  adv_dhcp6_prefix_interface_statement_sla_len: integer('How many bits number the subnets of the prefix.', {
    max: 128,
  }),
  adv_dhcp6_prefix_selected_interface: text('The interface that gets a subnet of the prefix.'),
  adv_dhcp6_authentication_statement_authname: text('The name of the authentication statement.'),
  adv_dhcp6_authentication_statement_protocol: text('The authentication protocol.'),
  adv_dhcp6_authentication_statement_algorithm: text('The authentication algorithm.'),
  adv_dhcp6_authentication_statement_rdm: text('The method of replay detection.'),
  adv_dhcp6_key_info_statement_keyname: text('The name of the key.'),
  adv_dhcp6_key_info_statement_realm: text('The realm of the key.'),
  adv_dhcp6_key_info_statement_keyid: text('The number of the key.'),
  adv_dhcp6_key_info_statement_secret: text('The key itself.'),
  adv_dhcp6_key_info_statement_expire: text('When the key expires, or forever.'),
};

/** What an interface that takes its IPv6 address by DHCP asks of the server: interfaces.php, interfaces.inc. */
export const dhcp6Client: Readonly<Record<string, ElementSchema>> = {
  'dhcp6-duid': text('The DUID by which the DHCPv6 client of older releases named itself.'),
  'dhcp6-ia-pd-len': choice(
    'How large a prefix is asked for: the number of bits that number its /64 subnets.',
    {
      none: 'None',
      16: '48',
      15: '49',
      14: '50',
      13: '51',
      12: '52',
      11: '53',
      10: '54',
      9: '55',
      8: '56',
      7: '57',
      6: '58',
      5: '59',
      4: '60',
      3: '61',
      2: '62',
      1: '63',
      0: '64',
    },
    { default: 'none' },
  ),
  'dhcp6-ia-pd-send-hint': flag('The size of the wanted prefix is told to the server.'),
  dhcp6prefixonly: flag('Only a prefix is asked for, no address.'),
  dhcp6usev4iface: flag('DHCPv6 runs over the link that carries IPv4, such as PPPoE.'),
  dhcp6withoutra: flag('The DHCPv6 client starts without waiting for a router advertisement.'),
  dhcp6debug: flag('The DHCPv6 client logs in detail.', {
    until: 22.5,
    replacedBy: 'system/dhcp6debug',
  }),
  dhcp6norelease: flag('The address is not given back when the interface goes down; the form has it under system now.'),
  dhcp6vlanenable: flag('DHCPv6 requests carry an 802.1p priority.'),
  dhcp6cvpt: choice('The 802.1p priority of DHCPv6 requests.', vlanPriority, { isOpen: true }),
  ...statements,
  adv_dhcp6_config_advanced: ticked('The DHCPv6 client uses the statements set here.', 'yes'),
  adv_dhcp6_config_file_override: ticked('The DHCPv6 client is given a configuration file instead.', 'yes'),
  adv_dhcp6_config_file_override_path: text('The path of that configuration file.'),
};
