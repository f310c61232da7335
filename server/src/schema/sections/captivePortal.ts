import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { dataFiles } from './shared/dataFiles.ts';

/** What PHP's is_numeric takes of such settings. */
const number = { type: 'decimal', min: 0, max: Number.MAX_SAFE_INTEGER } as const;

const bandwidth = {
  bw_up: value('The upload limit in kilobits a second.', number),
  bw_down: value('The download limit in kilobits a second.', number),
} satisfies Record<string, ElementSchema>;

const direction = choice('In which direction traffic passes without a login.', {
  both: 'Both',
  from: 'From',
  to: 'To',
});

const passThrough = {
  passthrumac: group('A device that needs no login, or that is turned away.', {
    action: choice('What happens to its traffic.', { pass: 'Pass', block: 'Block' }, { default: 'pass' }),
    mac: value('The MAC address of the device.', { type: 'mac' }),
    ip: value('The address that the device had when it was added by itself.', { type: 'address' }),
    ...bandwidth,
    username: text('The user for whom the device was added by itself.'),
    descr: text('A note for administrators.'),
    logintype: text('How the user for whom the device was added had logged in.'),
  }),
  allowedip: group('An address or network that needs no login.', {
    ip: value('The address.', { type: 'address' }),
    sn: integer('The prefix length.', { max: 128 }),
    descr: text('A note for administrators.'),
    dir: direction,
    ...bandwidth,
  }),
  allowedhostname: group('A host that needs no login.', {
    hostname: text('The name of the host.'),
    sn: integer('The prefix length of its addresses.', { max: 128 }),
    dir: direction,
    descr: text('A note for administrators.'),
    ...bandwidth,
  }),
} satisfies Record<string, ElementSchema>;

const sessions = {
  maxproc: value('How many requests at a time the zone’s web server works on.', number),
  maxprocperip: integer('How many requests at a time one client may have open.', {}),
  timeout: value('Minutes after which a client must log in again.', number),
  idletimeout: value('Minutes without traffic after which a client must log in again.', number),
  trafficquota: value('Megabytes after which a client must log in again.', number, { since: 18.1 }),
  freelogins_count: value('How often a device may pass without a login.', number),
  freelogins_resettimeout: value('Hours after which those passes are granted anew.', number),
  freelogins_updatetimeouts: flag('An attempt without a pass left starts that wait again.'),
} satisfies Record<string, ElementSchema>;

const authentication = {
  auth_method: choice(
    'How users are known.',
    {
      authserver: 'Use an Authentication backend',
      none: 'None, don’t authenticate users',
      radmac: 'Use RADIUS MAC Authentication',
      local: 'Local User Manager / Vouchers',
      radius: 'RADIUS Authentication',
    },
    { wordsUntil: { local: 18.7, radius: 18.7 } },
  ),
  auth_server: text('The authentication servers that users are looked up in.', { separator: ',', since: 18.1 }),
  auth_server2: text('The authentication servers of a second login.', { separator: ',', since: 18.1 }),
  radacct_server: text('The RADIUS server that is told of sessions.', { since: 18.1 }),
  localauth_priv: flag('A local user needs the privilege to log in to the captive portal.'),
  radacct_enable: flag('Sessions are reported to a RADIUS server.'),
  reauthenticate: flag('Connected users are looked up again every minute.'),
  preservedb: flag('Users stay logged in over a restart of the firewall.', { since: 19.2 }),
  radmac_secret: text('The password that is sent with a MAC address as user name.'),
  radmac_fallback: flag('A device that RADIUS does not know gets the login page.', { since: 18.1 }),
  reauthenticateacct: choice(
    'What is reported of sessions that go on.',
    {
      none: 'No updates',
      stopstart: 'Stop/Start',
      stopstartfreeradius: 'Stop/Start (FreeRADIUS)',
      interimupdate: 'Interim',
    },
    { isOpen: true },
  ),
} satisfies Record<string, ElementSchema>;

const loginPage = {
  httpslogin: flag('The login page is served over HTTPS.'),
  httpsname: text('The name in the address of the HTTPS login page.'),
  preauthurl: text('The address that clients are sent to before they log in.'),
  blockedmacsurl: text('The address that blocked devices are sent to.'),
  nomacfilter: flag('Clients are known by their IP address alone.'),
  peruserbw: flag('Each user has a bandwidth limit.'),
  bwdefaultdn: value('The download limit of a user in kilobits a second.', number),
  bwdefaultup: value('The upload limit of a user in kilobits a second.', number),
  certref: text('The `refid` of the login page’s certificate.'),
  nohttpsforwards: flag('Requests over HTTPS are not answered with the login page.'),
  logoutwin_enable: flag('A window to log out opens after login.'),
  noconcurrentlogins: choice(
    'Which login of a user holds; an element without text allows no second login at all.',
    { last: 'Last login', first: 'First login' },
    { isOpen: true },
  ),
  redirurl: text('The address that clients are sent to after they have logged in.'),
  radiussession_timeout: flag('The session’s length comes from RADIUS.'),
  radiustraffic_quota: flag('The traffic quota comes from RADIUS.', { since: 18.1 }),
  radiusperuserbw: flag('The bandwidth limits come from RADIUS.', { since: 18.1 }),
  passthrumacadd: flag('A device whose user has logged in needs no login from then on.'),
  radmac_format: choice(
    'How MAC addresses are written for RADIUS.',
    {
      default: 'Default',
      singledash: 'Single dash',
      ietf: 'IETF',
      cisco: 'Cisco',
      unformatted: 'Unformatted',
    },
    { default: 'default' },
  ),
  reverseacct: flag('Octets sent and received are reported the other way round.'),
  includeidletime: flag('The idle time before a timeout counts as part of the session.'),
  radiusnasid: text('The NAS identifier for RADIUS.'),
  customhtml: flag('The login page is the one uploaded.', { since: 18.1 }),
  customlogo: flag('The login page shows the uploaded logo.', { since: 18.1 }),
  custombg: flag('The login page shows the uploaded background.', { since: 18.1 }),
  termsconditions: value('The terms that users must accept, in base64.', { type: 'base64' }, { since: 18.1 }),
  page: group('The pages uploaded for the zone.', {
    htmltext: value('The login page, in base64.', { type: 'base64' }),
    errtext: value('The page for a failed login, in base64.', { type: 'base64' }),
    logouttext: value('The logout page, in base64.', { type: 'base64' }),
  }),
  element: group('A file that the pages use.', {
    name: text('The name of the file.'),
    size: integer('Its size in bytes.', {}),
    content: value('The file, in base64.', { type: 'base64' }),
    nocontent: flag('The file lies on the disk alone.', { since: 18.1 }),
  }),
} satisfies Record<string, ElementSchema>;

const synchronisation = {
  enablebackwardsync: flag('The primary is told of users, vouchers and MAC addresses while this node serves.', {
    since: 19.2,
  }),
  backwardsyncip: value('The address of the primary.', { type: 'address' }, { since: 19.2 }),
  backwardsyncuser: text('The user name at the primary.', { since: 19.2 }),
  backwardsyncpassword: text('The password at the primary.', { since: 19.2 }),
} satisfies Record<string, ElementSchema>;

/** What captiveportal.inc reads though no form sets it. */
const hidden = {
  croninterval: integer('Seconds between two looks for sessions that have run out.', {}, { default: '60' }),
  listenporthttp: value('The port of the HTTP login page.', { type: 'port' }),
  listenporthttps: value('The port of the HTTPS login page.', { type: 'port' }),
} satisfies Record<string, ElementSchema>;

/** Up to 2.4.3 a zone had RADIUS servers of its own; they became authentication servers. */
const formerRadius = {
  radmac_enable: flag('MAC addresses were sent to RADIUS.', { until: 18.7, replacedBy: 'auth_method' }),
  radius_protocol: former('The protocol of the RADIUS authentication.'),
  radiusip: former('The first RADIUS server.'),
  radiusip2: former('The second RADIUS server.'),
  radiusip3: former('The first RADIUS server of a second login.'),
  radiusip4: former('The second RADIUS server of a second login.'),
  radiusport: former('The port of the first RADIUS server.'),
  radiusport2: former('The port of the second RADIUS server.'),
  radiusport3: former('The port of the third RADIUS server.'),
  radiusport4: former('The port of the fourth RADIUS server.'),
  radiusacctport: former('The accounting port of the RADIUS server.'),
  radiuskey: former('The secret of the first RADIUS server.'),
  radiuskey2: former('The secret of the second RADIUS server.'),
  radiuskey3: former('The secret of the third RADIUS server.'),
  radiuskey4: former('The secret of the fourth RADIUS server.'),
  radiusvendor: former('The vendor whose RADIUS attributes were sent.'),
  radiussrcip_attribute: former('The address that the firewall called itself by.'),
  passthrumacaddusername: flag('Devices are added with the name of their user; read up to 2.4.3.'),
} satisfies Record<string, ElementSchema>;

function former(description: string): ElementSchema {
  return text(description, { until: 18.7, replacedBy: 'auth_server' });
}

function zone(): ElementSchema {
  return group('A zone: interfaces whose clients must log in before their traffic passes.', {
    zone: text('The name of the zone as it was entered.', { until: 23.8 }),
    descr: text('A note for administrators.'),
    zoneid: integer('The number of the zone, from which the ports of its web server come.', {}),
    interface: text('The interfaces of the zone.', { separator: ',' }),
    ...sessions,
    enable: flag('The zone is switched on.'),
    ...authentication,
    ...loginPage,
    ...passThrough,
    ...synchronisation,
    ...hidden,
    ...formerRadius,
  });
}

/**
 * Services > Captive Portal (services_captiveportal.php and its pages for addresses, host names, files and high
 * availability; captiveportal.inc). Vouchers are a section of their own.
 */
export const captivePortalSections: Readonly<Record<string, ElementSchema>> = {
  captiveportal: group(
    'The zones of the captive portal.',
    (): Readonly<Record<string, ElementSchema>> => ({ captiveportaldata: dataFiles }),
    { keyed: { pattern: '[A-Za-z0-9_]+', of: zone() }, docs: 'captiveportal/index.html' },
  ),
};
