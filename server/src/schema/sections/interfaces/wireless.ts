import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';

const enabled = (description: string): ElementSchema => group(description, { enable: flag('It is on.') });

const antennas = { 0: 'Auto', 1: '#1', 2: '#2' };

/** What several interfaces on one wireless card share: interfaces.inc:interface_sync_wireless_clones. */
export const sharedWireless: Readonly<Record<string, ElementSchema>> = {
  standard: text('The wireless standard, such as 11ng; which there are depends on the card.', { default: '11ng' }),
  turbo: enabled('The turbo variant of 802.11g or 802.11a.'),
  protmode: choice('How OFDM frames are protected where older stations are about.', {
    off: 'Off',
    cts: 'CTS to self',
    rtscts: 'RTS and CTS',
  }),
  txpower: text('The transmit power, in halves of a dBm.'),
  channel: integer('The channel; 0 lets the card choose.', { max: 255 }),
  channel_width: text('How wide the channel is in 802.11n; 0 lets the card choose.', { since: 20.1 }),
  diversity: choice('Whether the card chooses between its antennas.', { 0: 'Off', 1: 'On' }),
  txantenna: choice('The antenna that sends.', antennas),
  rxantenna: choice('The antenna that receives.', antennas),
  distance: integer('The distance to the farthest station, in metres.', {}),
  regdomain: text('The regulatory domain that limits channels and power.'),
  regcountry: text('The country that limits channels and power; it overrides the regulatory domain.'),
  reglocation: choice('Where the card is used.', { indoor: 'Indoor', outdoor: 'Outdoor', anywhere: 'Anywhere' }),
};

const authServer = (which: string, suffix: '' | '2'): Readonly<Record<string, ElementSchema>> => ({
  [`auth_server_addr${suffix}`]: value(`The address of the ${which} RADIUS server.`, { type: 'host' }),
  [`auth_server_port${suffix}`]: value(
    `The port of the ${which} RADIUS server.`,
    { type: 'port' },
    { default: '1812' },
  ),
  [`auth_server_shared_secret${suffix}`]: text(`The secret shared with the ${which} RADIUS server.`),
});

const authServers = { ...authServer('first', ''), ...authServer('second', '2') };

const wpa = group('WPA on a wireless interface.', {
  macaddr_acl: text('Which stations hostapd lets in by their MAC address.'),
  auth_algs: text('Which 802.11 authentication hostapd takes: 1 open, 2 shared key, 3 both.'),
  wpa_mode: choice('The version of WPA.', { 1: 'WPA', 2: 'WPA2', 3: 'Both' }, { default: '2' }),
  wpa_key_mgmt: choice('How keys are agreed on.', {
    'WPA-PSK': 'Pre-Shared Key',
    'WPA-EAP': 'Extensible Authentication Protocol',
    'WPA-PSK WPA-EAP': 'Both',
  }),
  wpa_pairwise: choice(
    'The ciphers for unicast traffic.',
    { 'CCMP TKIP': 'Both', CCMP: 'AES (recommended)', TKIP: 'TKIP' },
    { default: 'CCMP' },
  ),
  wpa_group_rekey: integer('Seconds between two changes of the group key.', {}, { default: '60' }),
  wpa_gmk_rekey: integer('Seconds between two changes of the group master key.', {}, { default: '3600' }),
  passphrase: text('The pre-shared key.'),
  ext_wpa_sw: text('Whether WPA is left to an external program.'),
  wpa_eap_client_mode: choice('How this firewall, as a client, proves who it is.', {
    PEAP: 'PEAP',
    TLS: 'TLS',
    TTLS: 'TTLS',
  }),
  wpa_eap_inner_auth: choice('The method inside the EAP tunnel.', { MSCHAPV2: 'MSCHAPv2', MD5: 'MD5', PAP: 'PAP' }),
  wpa_eap_inner_id: text('The name inside the EAP tunnel.'),
  wpa_eap_inner_password: value('The password inside the EAP tunnel, in base64.', { type: 'base64' }),
  wpa_eap_cert: text('The certificate of this firewall as a client.'),
  wpa_eap_ca: text('The CA that the access point is checked with.'),
  ...authServers,
  mac_acl_enable: flag('Stations are let in by their MAC address.'),
  rsn_preauth: flag('Stations may authenticate before they roam here.'),
  ieee8021x: enabled('802.1X authentication.'),
  wpa_strict_rekey: flag('The group key changes whenever a station leaves.'),
  debug_mode: flag('hostapd logs in detail.'),
  enable: flag('WPA is on.'),
});

/** The wireless settings of an interface: interfaces.php:handle_wireless_post. */
export const wireless = group(
  'The wireless settings of the interface.',
  {
    ...sharedWireless,
    mode: choice('What the interface is in its wireless network.', {
      bss: 'Infrastructure (BSS)',
      adhoc: 'Ad-hoc (IBSS)',
      hostap: 'Access Point',
    }),
    ssid: text('The name of the wireless network.'),
    authmode: text('The kind of 802.11 authentication.'),
    wpa,
    hidessid: enabled('The name of the network is not broadcast.'),
    wme: enabled('Wireless quality of service (WME).'),
    pureg: enabled('Only stations of 802.11g are let in.'),
    puren: enabled('Only stations of 802.11n are let in.'),
    apbridge: enabled('Stations may talk to each other.'),
    mac_acl: text('What older releases kept of MAC address filters.'),
    wep: group('WEP, which pfSense no longer offers.', () => ({}), { isOpen: true, until: 15, replacedBy: 'wpa' }),
    ...authServers,
  },
  { docs: 'wireless/index.html' },
);

/** Interfaces > Wireless: interfaces_wireless_edit.php. */
export const wirelessSections: Readonly<Record<string, ElementSchema>> = {
  wireless: group(
    'Further interfaces on wireless cards, and what the interfaces on one card share.',
    {
      interfaces: group('What the interfaces on one card share, by the card.', () => ({}), {
        keyed: { pattern: '.+', of: group('The settings of one card.', sharedWireless) },
      }),
      clone: group('A further interface on a wireless card.', {
        if: text('The card.'),
        mode: choice('What the interface is in its wireless network.', {
          bss: 'Infrastructure (BSS)',
          adhoc: 'Ad-hoc (IBSS)',
          hostap: 'Access Point',
        }),
        descr: text('What the interface is for.'),
        cloneif: text('The name of the interface, such as ath0_wlan1.'),
      }),
    },
    { docs: 'wireless/vap.html' },
  ),
};
