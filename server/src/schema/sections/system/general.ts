import { choice, type ElementSchema, flag, group, type KeyedChildren, text, value } from '../../elementSchema.ts';

const languages = {
  bs: 'Bosnian',
  zh_CN: 'Chinese',
  zh_Hans_CN: 'Chinese (Simplified, China)',
  zh_Hans_HK: 'Chinese (Simplified, Hong Kong SAR China)',
  zh_Hant_TW: 'Chinese (Traditional, Taiwan)',
  nl_NL: 'Dutch',
  en_US: 'English',
  fr_FR: 'French',
  de_DE: 'German (Germany)',
  it_IT: 'Italian',
  ko_KR: 'Korean',
  nb_NO: 'Norwegian Bokmål',
  pl_PL: 'Polish',
  pt_PT: 'Portuguese',
  pt_BR: 'Portuguese (Brazil)',
  ru_RU: 'Russian',
  es_ES: 'Spanish',
  es_AR: 'Spanish (Argentina)',
};

const docs = 'config/general.html';

/** The gateway and the name that go with the DNS server of that place in the list, counted from 1. */
const ofDnsServer = (place: 1 | 2 | 3 | 4): Readonly<Record<string, ElementSchema>> => ({
  [`dns${place}gw`]: text(`The gateway through which DNS server ${place} is reached; none for the routing table.`, {
    default: 'none',
  }),
  [`dns${place}host`]: value(
    `The name in the certificate of DNS server ${place}, for DNS over TLS.`,
    { type: 'domain' },
    { since: 18.4 },
  ),
});

/** What the form writes for a fifth DNS server and further ones. */
export const furtherDnsServers: KeyedChildren = {
  pattern: 'dns\\d+(gw|host|gwint)',
  of: text('The gateway or the name that goes with the DNS server of that place in the list.'),
};

/** System > General Setup: system.php. */
export const general: Readonly<Record<string, ElementSchema>> = {
  optimization: choice(
    'How soon pf forgets idle connections.',
    { normal: 'Normal', 'high-latency': 'High-latency', aggressive: 'Aggressive', conservative: 'Conservative' },
    { default: 'normal', docs: 'config/advanced-firewall-nat.html' },
  ),
  hostname: value('The name of the firewall, without its domain.', { type: 'hostname' }, { docs }),
  domain: value('The domain of the firewall.', { type: 'domain' }, { docs }),
  dnsserver: value('A DNS server that the firewall asks.', { type: 'address' }, { docs }),
  dnsallowoverride: flag('DNS servers learnt by DHCP or PPP are asked as well.', { docs }),
  dnslocalhost: choice(
    'Whom the firewall itself asks; absent for its own resolver first, then the DNS servers.',
    {
      local: 'Use local DNS (127.0.0.1), ignore remote DNS Servers',
      remote: 'Use remote DNS Servers, ignore local DNS',
    },
    { docs, isOpen: true },
  ),
  ...ofDnsServer(1),
  ...ofDnsServer(2),
  ...ofDnsServer(3),
  ...ofDnsServer(4),
  timezone: text('The time zone, such as Europe/Berlin.', { default: 'Etc/UTC', docs }),
  timeservers: value('The NTP servers.', { type: 'host' }, { separator: ' ', docs }),
  'time-update-interval': text('Minutes between two updates of the clock in old releases.', { until: 15 }),
  language: choice('The language of the web interface.', languages, { default: 'en_US', isOpen: true, docs }),
  login_message: value('The text on the login page, in base64.', { type: 'base64' }, { since: 23.7, docs }),
  bogons: group('The list of addresses that nobody has been given.', {
    interval: choice(
      'How often the list is fetched.',
      { monthly: 'Monthly', weekly: 'Weekly', daily: 'Daily' },
      { default: 'monthly', docs: 'config/advanced-firewall-nat.html' },
    ),
  }),
  already_run_config_upgrade: group(
    'The upgrades of the configuration that have run, by their functions.',
    () => ({}),
    {
      isOpen: true,
    },
  ),
  doinitialsetup: flag('The setup wizard has not been run.'),
  version: text('A product version that old releases kept here.', { until: 21.4 }),
};
