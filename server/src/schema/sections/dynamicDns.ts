import { choice, type ElementSchema, flag, group, integer, text } from '../elementSchema.ts';
import { keyAlgorithm } from './shared/dhcpOptions.ts';
import { dynamicDnsProviders } from './shared/dynamicDnsProviders.ts';

/** services_dyndns_edit.php. */
const client = group(
  'A name that a service keeps pointing at this firewall.',
  {
    check_ip_mode: choice(
      'When the address is looked up outside.',
      {
        default: 'Automatic',
        always: 'Always use the Check IP service',
        never: 'Never use the Check IP service',
      },
      { since: 23.5 },
    ),
    type: choice('The service.', dynamicDnsProviders, { isOpen: true }),
    username: text('The account at the service.'),
    password: text('The password or key of the account, in base64.'),
    host: text('The name, or its first part.'),
    domainname: text('The domain, where the service wants it apart.'),
    mx: text('The mail server of the name.'),
    wildcard: flag('Names below the name point here as well.'),
    proxied: flag('The service stands between.'),
    verboselog: flag('Every step is logged.'),
    curl_ipresolve_v4: flag('The service is asked over IPv4.'),
    curl_ssl_verifypeer: flag('The service’s certificate is checked.'),
    enable: flag('The name is kept.'),
    interface: text('The interface, gateway group or VIP whose address the name gets.'),
    zoneid: text('The zone, as the service numbers it.'),
    ttl: text('Seconds that others may keep the answer.'),
    maxcacheage: integer('Days after which the name is renewed though nothing changed.', {}, { since: 21.8 }),
    updateurl: text('The URL that is fetched, for a service of one’s own.'),
    resultmatch: text('The answers that mean it worked.', { separator: '|' }),
    requestif: text('The interface from which the service is asked.'),
    curl_proxy: flag('The service is asked through the proxy.', { since: 22.2 }),
    descr: text('What the name is for.'),
    force: flag('The name is renewed as it is saved.'),
    id: integer('The place in the list.', {}),
  },
  { docs: 'services/dyndns/client.html' },
);

/** services_rfc2136_edit.php. */
const update = group('A name that is kept in a zone by RFC 2136.', {
  enable: flag('The name is kept.'),
  host: text('The name, with its domain.'),
  zone: text('The zone that the name is in.'),
  ttl: integer('Seconds that others may keep the answer.', {}),
  keyname: text('The name of the key that signs the update.'),
  keytype: text('The kind of the key, in files of versions before 17.3.'),
  keyalgorithm: keyAlgorithm('The algorithm of the key.'),
  keydata: text('The key that signs the update.'),
  server: text('The name server that takes the update.'),
  usetcp: flag('The name server is asked over TCP.'),
  usepublicip: flag('The address is looked up outside where the interface has a private one.'),
  recordtype: choice(
    'Which addresses the name gets.',
    { A: 'A (IPv4)', AAAA: 'AAAA (IPv6)', both: 'Both' },
    { default: 'both' },
  ),
  interface: text('The interface, gateway group or VIP whose address the name gets.'),
  updatesource: text('The interface or VIP from which the server is asked.', { default: 'default' }),
  updatesourcefamily: choice('Over which protocol the name server is asked.', {
    inet: 'IPv4',
    inet6: 'IPv6',
    default: 'Default',
  }),
  descr: text('What the name is for.'),
});

/** services_checkip_edit.php, services_checkip.php. */
const checkAddress = group('A page that says from which address it was fetched.', {
  enable: flag('The page is used.'),
  name: text('What the page is called.'),
  url: text('Where the page is.'),
  username: text('The account that the page wants.'),
  password: text('The password of the account that the page wants.'),
  verifysslpeer: flag('The certificate of the page is checked.'),
  curl_proxy: flag('The page is fetched through the proxy.', { since: 22.2 }),
  descr: text('What the page is for.'),
});

/** Services > Dynamic DNS. */
export const dynamicDnsSections: Readonly<Record<string, ElementSchema>> = {
  dyndnses: group(
    'Names that services keep pointing at this firewall.',
    { dyndns: client },
    { docs: 'services/dyndns/index.html' },
  ),
  dnsupdates: group(
    'Names that are kept in zones by RFC 2136.',
    { dnsupdate: update },
    { docs: 'services/dyndns/rfc2136.html' },
  ),
  checkipservices: group(
    'Pages that say which address the firewall has outside.',
    {
      disable_factory_default: flag('The page that comes with pfSense is not used.'),
      checkipservice: checkAddress,
    },
    { docs: 'services/dyndns/check-services.html' },
  ),
};
