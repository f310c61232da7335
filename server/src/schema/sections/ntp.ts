import { choice, type ElementSchema, group, integer, text, value } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

/** How often a clock is asked, as a power of two seconds; a word stands for ntpd's own choice. */
function poll(description: string): ElementSchema {
  return choice(description, { omit: 'Omit (Do not set)' }, { isOpen: true, since: 19.2 });
}

/** Time servers by name, each followed by a space; which they are stands in `system/timeservers`. */
function servers(description: string, since?: number): ElementSchema {
  return text(description, since === undefined ? { separator: ' ' } : { separator: ' ', since });
}

const restrictions: Readonly<Record<string, ElementSchema>> = {
  kod: ticked('Clients that ask too often are told so.', 'on'),
  nomodify: ticked('Nobody may change the daemon’s settings over the network.', 'on'),
  noquery: ticked('Nobody may ask for the daemon’s status.', 'yes'),
  noserve: ticked('Nobody gets the time.', 'yes'),
  nopeer: ticked('Nobody may become a peer.', 'on'),
  notrap: ticked('Nobody may be sent traps.', 'on'),
};

const clock = {
  port: text('The serial port of the clock.'),
  fudge1: text('Seconds that the pulse is moved by.'),
  stratum: text('The stratum that the clock is given.'),
  noselect: ticked('The clock is watched but not followed.', 'yes'),
  flag2: ticked('The falling edge of the pulse counts.', 'yes'),
  flag3: ticked('The kernel follows the pulse.', 'yes'),
  flag4: ticked('Time stamps of the clock are hidden or recorded.', 'yes'),
  refid: text('The name that the clock is known by.'),
} satisfies Record<string, ElementSchema>;

const gps = group('A GPS receiver at a serial port.', {
  type: choice('The make of the receiver.', { Default: 'Default', Custom: 'Custom' }, { isOpen: true }),
  ...clock,
  speed: choice(
    'The speed of the serial port.',
    {
      0: '4800',
      16: '9600',
      32: '19200',
      48: '38400',
      64: '57600',
      80: '115200',
      autoset: 'Autoset',
      autoalways: 'Always Auto',
    },
    { isOpen: true },
  ),
  autobaudinit: text('Whether the speed is found out at start.', { since: 19.2 }),
  nmea: text('Which NMEA sentences are listened to: the sum of their values, 0 for all.'),
  processpgrmf: ticked('Garmin’s sentences with the GPS week are read.', 'yes', { since: 15.8 }),
  fudge2: text('Seconds that the serial messages are moved by.'),
  prefer: ticked('The clock is preferred to others.', 'on'),
  flag1: ticked('The pulse of the receiver is followed.', 'yes'),
  subsec: ticked('The fraction of a second in the time stamps is recorded.', 'yes'),
  extstatus: ticked('The receiver’s extended status is shown.', 'yes'),
  autocorrect_initcmd: ticked('The checksums of the initial commands are put right.', 'yes'),
  initcmd: value('What is sent to the receiver at start, in base64.', { type: 'base64' }),
  nmeaset: group('Which sentences the receiver is told to send: of each its name, and 1 or 0.', {}, { isOpen: true }),
  gpsminpoll: poll('How often the clock is asked at least.'),
  gpsmaxpoll: poll('How often the clock is asked at most.'),
});

const pps = group('A pulse per second at a serial port.', {
  ...clock,
  prefer: ticked('The clock is preferred to others.', 'on'),
  ppsminpoll: poll('How often the clock is asked at least.'),
  ppsmaxpoll: poll('How often the clock is asked at most.'),
});

const statistics = {
  logpeer: ticked('Messages about peers are logged.', 'yes'),
  logsys: ticked('Messages about the system clock are logged.', 'yes'),
  clockstats: ticked('Statistics of reference clocks are kept.', 'yes'),
  loopstats: ticked('Statistics of the clock’s discipline are kept.', 'yes'),
  peerstats: ticked('Statistics of peers are kept.', 'yes'),
  statsgraph: ticked('A graph of the clock is kept.', 'yes'),
} satisfies Record<string, ElementSchema>;

const authentication = {
  serverauth: ticked('Time servers must prove who they are.', 'yes', { since: 19.2 }),
  serverauthkey: value('The key of the time servers, in base64.', { type: 'base64' }, { since: 19.2 }),
  serverauthkeyid: integer('The number of the key.', { max: 65_535 }, { since: 23.4 }),
  serverauthalgo: choice(
    'The digest of the key.',
    { md5: 'MD5', sha1: 'SHA1', sha256: 'SHA256' },
    { since: 19.2, isOpen: true },
  ),
} satisfies Record<string, ElementSchema>;

/** Services > NTP (services_ntpd.php, services_ntpd_acls.php, services_ntpd_gps.php, services_ntpd_pps.php; system.inc). */
export const ntpSections: Readonly<Record<string, ElementSchema>> = {
  ntpd: group(
    'The time server. The servers that it asks stand in `system/timeservers`.',
    {
      enable: choice(
        'Whether the time server runs.',
        { enabled: 'Enabled', disabled: 'Disabled' },
        {
          isOpen: true,
          default: 'enabled',
        },
      ),
      interface: text('The interfaces and VIPs that the time server listens on.', { separator: ',' }),
      prefer: servers('The servers that are preferred.'),
      noselect: servers('The servers that are watched but not followed.'),
      ispool: servers('The names that stand for a pool of servers.'),
      ispeer: servers('The servers that are peers.', 21.8),
      isauth: servers('The servers that must prove who they are.', 23.4),
      ntpmaxpeers: integer('How many servers of pools are asked at a time.', {}, { since: 19.2 }),
      orphan: text('The stratum of the time server where no other clock is to be had.'),
      ntpminpoll: poll('How often a server is asked at least.'),
      ntpmaxpoll: poll('How often a server is asked at most.'),
      dnsresolv: choice(
        'The address family that the names of servers are resolved to.',
        { auto: 'Auto', inet: 'IPv4', inet6: 'IPv6' },
        { since: 19.2, default: 'auto' },
      ),
      ...statistics,
      leapsec: value('The file of leap seconds, in base64.', { type: 'base64' }),
      ...authentication,
      ...restrictions,
      restrictions: group('Restrictions of single networks.', {
        row: group('The restrictions of one network.', {
          acl_network: text('The first address of the network.'),
          mask: integer('The prefix length of the network.', { max: 128 }),
          ...restrictions,
        }),
      }),
      gps,
      pps,
      gpsport: text('The serial port of the GPS receiver; the page of the receiver moves it to `gps/port`.'),
    },
    { docs: 'services/ntpd/index.html' },
  ),
};
