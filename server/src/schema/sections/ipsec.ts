import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { ipsecMobileClients, ipsecMobileKey } from './ipsecMobile.ts';
import { ipsecPhase1 } from './ipsecPhase1.ts';
import { ipsecPhase2 } from './ipsecPhase2.ts';
import { formerTunnel } from './ipsecShared.ts';
import { portOrService } from './shared/port.ts';

/** VPN > IPsec, and its advanced settings (vpn_ipsec_settings.php; ipsec.inc). */
export const ipsecSections: Readonly<Record<string, ElementSchema>> = {
  ipsec: group(
    'IPsec’s tunnels, mobile clients and settings.',
    (): Readonly<Record<string, ElementSchema>> => ({
      phase1: ipsecPhase1,
      phase2: ipsecPhase2,
      client: ipsecMobileClients,
      mobilekey: ipsecMobileKey,
      logging,
      ...settings,
      bypassrules,
      vtimaps,
      ...former,
    }),
    { docs: 'vpn/ipsec/index.html' },
  ),
};

const levels = { '-1': 'Silent', 0: 'Audit', 1: 'Control', 2: 'Diag', 3: 'Raw', 4: 'Highest' };

function level(what: string): ElementSchema {
  return choice(`How much is logged about ${what}.`, levels, { default: '1' });
}

const logging = group('How much each part of strongSwan logs.', {
  dmn: level('the daemon'),
  mgr: level('the SA manager'),
  ike: level('IKE SAs'),
  chd: level('child SAs'),
  job: level('its jobs'),
  cfg: level('the configuration'),
  knl: level('the kernel interface'),
  net: level('the network'),
  asn: level('ASN.1'),
  enc: level('the coding of messages'),
  imc: level('integrity collectors'),
  imv: level('integrity verifiers'),
  pts: level('the platform trust service'),
  tls: level('TLS'),
  esp: level('ESP packets'),
  lib: level('its library'),
});

const settings = {
  compression: flag('Packets may be compressed with IPComp.'),
  pkcs11support: flag('Certificates may be kept on PKCS#11 tokens.', { since: 21.8 }),
  enableinterfacesuse: flag('strongSwan listens on the interfaces of the tunnels alone.'),
  unityplugin: flag('Cisco’s extensions are spoken.'),
  strictcrlpolicy: flag('A certificate counts only when a fresh revocation list has been found.'),
  makebeforebreak: flag('An IKEv2 SA is made anew before the old one is taken down.'),
  noshuntlaninterfaces: flag('Traffic between the LAN and the firewall’s LAN address takes part in the policies too.'),
  ipsecbypass: flag('The networks of `bypassrules` take no part in the policies.', { since: 19.2 }),
  async_crypto: choice(
    'Whether packets are encrypted on several cores.',
    { enabled: 'Enabled', disabled: 'Disabled' },
    { since: 18.1, default: 'disabled', isOpen: true },
  ),
  acceptunencryptedmainmode: flag('Unencrypted messages of IKEv1’s main mode are taken.'),
  maxexchange: integer('How many IKEv1 phase 2 exchanges may be open with a peer.', {}, { since: 19.2 }),
  'dns-interval': integer('Seconds between two look-ups of a peer’s name.', {}),
  uniqueids: choice(
    'What happens when a peer connects a second time with the same identifier.',
    { yes: 'Yes (Replace)', replace: 'Replace', no: 'No', never: 'Never', keep: 'Keep' },
    { isOpen: true },
  ),
  filtermode: choice(
    'Where the rules for IPsec traffic are looked for.',
    {
      enc: 'Filter IPsec Tunnel, Transport, and VTI on IPsec tab (enc0)',
      if_ipsec: 'Filter IPsec VTI and Transport on assigned interfaces, block all tunnel mode traffic',
    },
    { since: 21.6, default: 'enc' },
  ),
  ikev2_retransmit_tries: text('How often a message is sent again.', { since: 21.8 }),
  ikev2_retransmit_timeout: text('Seconds before a message is sent again.', { since: 21.8 }),
  ikev2_retransmit_base: text('The factor by which that wait grows.', { since: 21.8 }),
  ikev2_retransmit_jitter: text('By how many per cent that wait is shortened at random.', { since: 21.8 }),
  ikev2_retransmit_limit: text('The longest such wait in seconds.', { since: 21.8 }),
  port_nat_t: value('The local port for NAT traversal.', portOrService, { since: 19.2 }),
  port: value('The local port for IKE.', portOrService),
} satisfies Record<string, ElementSchema>;

const bypassrules = group(
  'Traffic that takes no part in the policies.',
  {
    rule: group('Traffic between two networks.', {
      source: text('The source network.'),
      srcmask: integer('Its prefix length.', { max: 128 }),
      destination: text('The destination network.'),
      dstmask: integer('Its prefix length.', { max: 128 }),
    }),
  },
  { since: 19.2 },
);

const vtimaps = group(
  'Which number the device of each routed phase 2 has.',
  {
    item: group('The device of one phase 2.', {
      reqid: text('The `reqid` of the phase 2.'),
      index: text('Which of the phase 2’s addresses it is for.'),
      ifnum: text('The number of the device.'),
    }),
  },
  { since: 19.2, until: 22.2 },
);

/** What pfSense read before version 18, and what still stands in files that have been upgraded. */
const former = {
  enable: flag('IPsec was switched on.', { until: 18 }),
  preferoldsa: flag('Old SAs went before new ones; nothing reads it any more.'),
  preferredoldsa: flag('Old SAs went before new ones; nothing reads it any more.'),
  tunnel: formerTunnel,
  mobileclients: formerTunnel,
} satisfies Record<string, ElementSchema>;
