import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';

const perPort = (description: string): ElementSchema => text(description, { separator: ',' });

/** Interfaces > PPPs: interfaces_ppps_edit.php and interfaces.php; read by interfaces.inc:interface_ppps_configure. */
const ppp = group('A link to a provider by PPP, PPPoE, PPTP or L2TP.', {
  ptpid: integer('The number of the link.', {}),
  type: choice('The kind of link.', { ppp: 'PPP', pppoe: 'PPPoE', pptp: 'PPTP', l2tp: 'L2TP' }),
  if: text('The name of the link as a port, such as pppoe0.'),
  ports: perPort('The ports that carry the link; several make a multilink.'),
  username: text('The user name at the provider.'),
  password: value('The password at the provider, in base64.', { type: 'base64' }),
  secret: value('Of L2TP: the secret shared with the server, in base64.', { type: 'base64' }, { since: 19.1 }),
  ondemand: flag('The link is dialled when there is traffic.'),
  idletimeout: integer('Seconds without traffic after which the link is closed.', {}),
  uptime: flag('The time that the link was up is recorded.'),
  descr: text('What the link is for.'),
  country: text('Of PPP: the country of the provider.'),
  provider: text('Of PPPoE: the service name, empty to ask for none by name. Of PPP: the provider.'),
  providerplan: text('Of PPP: the plan at the provider.'),
  initstr: value('Of PPP: what the modem is initialised with, in base64.', { type: 'base64' }),
  simpin: text('Of PPP: the PIN of the SIM card.'),
  'pin-wait': integer('Of PPP: seconds to wait after the PIN.', {}),
  apn: text('Of PPP: the access point name.'),
  apnum: text('Of PPP: the number of the access point.', { default: '1' }),
  phone: text('Of PPP: the number to dial.'),
  'connect-timeout': integer('Of PPP: seconds in which the call must be answered.', {}, { default: '45' }),
  hostuniq: text('Of PPPoE: the Host-Uniq tag of the request.', { since: 20.3 }),
  'pppoe-reset-type': choice('Of PPPoE: when the link is dialled anew; cron holds the times.', {
    custom: 'Custom',
    preset: 'Pre-set',
  }),
  localip: perPort('Of PPTP and L2TP: the local address on each port.'),
  subnet: perPort('Of PPTP and L2TP: its prefix length.'),
  gateway: perPort('Of PPTP and L2TP: the address or name of the server.'),
  shortseq: flag('Short multilink headers are not offered.'),
  acfcomp: flag('The compression of address and control fields is not offered.'),
  protocomp: flag('The compression of the protocol field is not offered.'),
  'pppoe-multilink-over-singlelink': flag('Multilink is spoken over a single link, for larger packets.', {
    since: 18.6,
  }),
  'mtu-override': flag('The MTU of the link is taken as set, whatever the other end offers.', { since: 18.6 }),
  vjcomp: flag('The compression of TCP headers after Van Jacobson is not offered.'),
  tcpmssfix: flag('The MSS of TCP connections is left as it is.'),
  bandwidth: perPort('The speed of each port of a multilink, in bits per second.'),
  mtu: perPort('The largest packet on each port, in bytes.'),
  mru: perPort('The largest packet that this end takes, in bytes.'),
  mrru: perPort('The largest packet that a multilink puts together, in bytes.'),
  timeout: integer('Seconds without traffic after which older releases closed the link.', {}),
});

export const dialUpSections: Readonly<Record<string, ElementSchema>> = {
  ppps: group('Links to providers by PPP and its kin.', { ppp }, { docs: 'interfaces/ppp.html' }),
};
