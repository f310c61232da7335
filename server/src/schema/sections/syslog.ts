import { choice, type ElementSchema, flag, group, integer, text } from '../elementSchema.ts';

const size = {
  nentries: integer('How many entries a page of the log shows.', {}, { default: '500' }),
  logfilesize: integer('The size in bytes at which a log file is rotated.', {}),
  rotatecount: integer('How many rotated files are kept.', {}, { since: 19.2, default: '7' }),
} satisfies Record<string, ElementSchema>;

const compressions = { bzip2: 'bzip2', gzip: 'gzip', xz: 'xz', zstd: 'zstd', none: 'none' };

const severities = {
  '*': 'Any',
  debug: 'Debug',
  info: 'Info',
  notice: 'Notice',
  warning: 'Warning',
  err: 'Error',
  crit: 'Critical',
  alert: 'Alert',
  emerg: 'Emergency',
};

const settingsOfOneLog = group('How one log is shown and rotated, where it differs from the others.', {
  cronorder: choice('The order of the entries.', { forward: 'Forward', reverse: 'Reverse' }, { isOpen: true }),
  ...size,
  format: choice('Whether entries are taken apart.', { formatted: 'Formatted', raw: 'Raw' }, { isOpen: true }),
});

const remote = {
  remoteserver: text('The first host that log entries are sent to, with its port where it is not 514.'),
  remoteserver2: text('The second host that log entries are sent to.'),
  remoteserver3: text('The third host that log entries are sent to.'),
  sourceip: text('The interface or VIP whose address the entries are sent from.'),
  ipproto: choice('The address family of that address.', { ipv4: 'IPv4', ipv6: 'IPv6' }),
  logall: flag('Every entry is sent.'),
  filter: flag('Entries of the packet filter are sent.'),
  dhcp: flag('Entries of the DHCP servers are sent.'),
  auth: flag('Entries about logins are sent.', { since: 19.2 }),
  portalauth: flag('Entries of the captive portal are sent.'),
  vpn: flag('Entries of VPNs are sent.'),
  dpinger: flag('Entries about the gateways are sent.'),
  apinger: flag('Entries about the gateways were sent.', { until: 18, replacedBy: 'dpinger' }),
  relayd: flag('Entries of the load balancer are sent; read up to 2.4.5.'),
  hostapd: flag('Entries of wireless access points are sent.'),
  system: flag('Entries of the system are sent.'),
  resolver: flag('Entries of the DNS resolver are sent.'),
  ppp: flag('Entries of PPP connections are sent.'),
  routing: flag('Entries of routing daemons are sent.'),
  ntpd: flag('Entries of the time server are sent.'),
} satisfies Record<string, ElementSchema>;

const filterLog = {
  nologdefaultblock: flag('Packets that the default rule blocks are not logged.'),
  nologdefaultpass: flag('Packets that the default rules pass are logged: the name says the opposite of what it does.'),
  nologipoptions: flag('Packets blocked for their IP options are not logged.', { since: 24 }),
  nologbogons: flag('Packets from bogon networks are not logged.'),
  nologprivatenets: flag('Packets from private networks are not logged.'),
  nologlinklocal4: flag('Packets from IPv4 link-local addresses are not logged.', { since: 23.4 }),
  nologsnort2c: flag('Packets of hosts that Snort or Suricata has blocked are not logged.', { since: 23.4 }),
  nolognginx: flag('Errors of the web server are not logged.'),
  nologlighttpd: flag('Errors of the web server were not logged.', { until: 18, replacedBy: 'nolognginx' }),
  rawfilter: flag('The packet filter’s log is shown as it is.'),
  filterdescriptions: choice('Where the descriptions of rules are shown.', {
    0: 'Dont load descriptions',
    1: 'Display as column',
    2: 'Display as second row',
  }),
} satisfies Record<string, ElementSchema>;

/** Status > System Logs > Settings (status_logs_settings.php, status_logs_common.inc; syslog.inc). */
export const syslogSections: Readonly<Record<string, ElementSchema>> = {
  syslog: group(
    'What is logged, how much of it is kept, and where it is sent.',
    {
      reverse: flag('The latest entry is shown first.'),
      ...size,
      logcompressiontype: choice('How rotated files are compressed.', compressions, { since: 19.2, default: 'bzip2' }),
      format: choice(
        'The format of the entries.',
        {
          rfc3164: 'BSD (RFC 3164, default)',
          rfc5424: 'syslog (RFC 5424, with RFC 3339 microsecond-precision timestamps)',
        },
        { isOpen: true, default: 'rfc3164' },
      ),
      enable: flag('Entries are sent to other hosts.'),
      ...remote,
      disablelocallogging: flag('Entries are not written to the disk.'),
      logconfigchanges: choice(
        'Whether changes of the configuration are logged.',
        { enabled: 'Enabled', disabled: 'Disabled' },
        { since: 21.8, default: 'enabled' },
      ),
      default_log_level: choice(
        'The least severity that is logged where a program has no level of its own.',
        severities,
        { since: 24 },
      ),
      ...filterLog,
      zmqserver: text('A host that entries are sent to with ZeroMQ; no form sets it.', { until: 21.8 }),
      igmpxverbose: flag('The IGMP proxy logs more; read up to 2.4.3.'),
    },
    { keyed: { pattern: '[A-Za-z0-9_.-]+_settings', of: settingsOfOneLog }, docs: 'monitoring/logs/index.html' },
  ),
};
