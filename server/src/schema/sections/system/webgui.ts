import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';
import { addressOrAlias } from '../shared/ruleValues.ts';
import { ticked } from '../shared/ticked.ts';
import { appearance } from './appearance.ts';

const docs = 'config/advanced-admin.html';

/** What the web interface shows and how; a user's own settings have the same names. */
const pages: Readonly<Record<string, ElementSchema>> = {
  ...appearance,
  logincss: text('The colour of the login page, as hexadecimal digits.'),
  loginshowhost: flag('The login page shows the name of the firewall.'),
  roworderdragging: flag('Rows cannot be put into another order by dragging.'),
  requirestatefilter: flag('The state table is shown only once a filter is given.'),
  requirefirewallinterface: flag('Firewall rules are shown only once an interface is chosen.', { since: 23.2 }),
  dashboardcolumns: integer('How many columns the dashboard has.', {}, { default: '2' }),
};

/** What only old releases read. */
const old: Readonly<Record<string, ElementSchema>> = {
  certificate: text('The certificate.', { until: 5.3, replacedBy: 'ssl-certref' }),
  'private-key': text('Its key.', { until: 5.3, replacedBy: 'ssl-certref' }),
  noautocomplete: flag('Browsers do not fill in the login form.', { until: 10.8, replacedBy: 'loginautocomplete' }),
  auth_method: text('How users logged in; only an upgrade wrote it.'),
  backing_method: text('Where users were looked up; only an upgrade wrote it.'),
  backend: text('A setting that the form shows and nothing reads.'),
};

/** System > Advanced > Admin Access, General Setup and User Manager > Settings. */
const webgui = group(
  'The web interface.',
  {
    protocol: choice('How it is reached.', { http: 'HTTP', https: 'HTTPS (SSL/TLS)' }, { default: 'http' }),
    'ssl-certref': text('The certificate.'),
    port: value('The TCP port; absent for 80 or 443.', { type: 'port' }),
    max_procs: integer('How many processes serve it.', { min: 1, max: 500 }, { default: '2' }),
    disablehttpredirect: flag('Port 80 is not redirected.'),
    disablehsts: flag('Browsers are not told to insist on HTTPS.'),
    'ocsp-staple': flag('The state of the certificate is sent along (OCSP stapling).', { since: 18.1 }),
    loginautocomplete: flag('Browsers may fill in the login form.'),
    quietlogin: flag('Successful logins are not logged.'),
    roaming: choice(
      'Whether a session goes on when the address of the browser changes.',
      { enabled: 'Yes', disabled: 'No' },
      { default: 'enabled', since: 22.9 },
    ),
    noantilockout: flag('The rule that always lets the LAN reach the web interface is left out.'),
    nodnsrebindcheck: flag('DNS rebinding is not checked for.'),
    althostnames: text('Further names by which the web interface may be reached.', { separator: ' ' }),
    nohttpreferercheck: flag('The page that a request comes from is not checked.'),
    ...pages,
    session_timeout: integer(
      'Minutes without use after which a session ends; 0 for never.',
      {},
      {
        default: '240',
        docs: 'usermanager/users.html',
      },
    ),
    authmode: text('The authentication server that users are looked up on; the local database follows.', {
      default: 'Local Database',
      docs: 'usermanager/users.html',
    }),
    pwhash: choice(
      'How passwords are stored.',
      { bcrypt: 'bcrypt', sha512: 'SHA-512' },
      {
        default: 'bcrypt',
        isOpen: true,
        since: 22.5,
      },
    ),
    shellauth: flag('Shell logins use the authentication server as well.', { since: 21.1 }),
    auth_refresh_time: integer('Seconds after which a user is looked up again.', {}, { default: '30' }),
    noassigninterfaces: flag('The menu has no page to assign interfaces.'),
    ...old,
  },
  { docs },
);

const ssh = group(
  'The secure shell server.',
  {
    enable: ticked('It runs.', 'enabled', { since: 18.9 }),
    sshdkeyonly: choice(
      'What proves who a user is; absent for a password or a key.',
      { enabled: 'Public Key Only', both: 'Require Both Password and Public Key' },
      { isOpen: true },
    ),
    sshdagentforwarding: ticked('Agent forwarding is allowed.', 'enabled', { since: 18.9 }),
    port: value('The TCP port.', { type: 'port' }, { default: '22' }),
    authorizedkeys: text('Public keys of the administrator.', { until: 5.3, replacedBy: 'system/user/authorizedkeys' }),
  },
  { docs },
);

/** Brute force protection of the web interface and the shell: sshguard. */
const sshguard: Readonly<Record<string, ElementSchema>> = {
  sshguard_threshold: integer(
    'The score of attacks from which on an address is blocked.',
    {},
    { default: '30', since: 18.9 },
  ),
  sshguard_blocktime: integer('Seconds for which an address is blocked at first.', {}, { default: '120', since: 18.9 }),
  sshguard_detection_time: integer('Seconds for which an address is remembered.', {}, { default: '1800', since: 18.9 }),
  sshguard_whitelist: value('Addresses and networks that are never blocked.', addressOrAlias, {
    separator: ' ',
    since: 18.9,
  }),
};

const console: Readonly<Record<string, ElementSchema>> = {
  disableconsolemenu: flag('The console asks for a password.', { docs }),
  enableserial: flag('The serial port is a console.', { docs }),
  serialspeed: choice(
    'The speed of the serial port.',
    { 115200: '115200', 57600: '57600', 38400: '38400', 19200: '19200', 14400: '14400', 9600: '9600' },
    { default: '115200', isOpen: true, docs },
  ),
  primaryconsole: choice(
    'The console that the boot script writes to.',
    {
      serial: 'Serial Console',
      video: 'Video Console',
    },
    { docs },
  ),
};

/** What lets people in: system_advanced_admin.php. */
export const access: Readonly<Record<string, ElementSchema>> = {
  webgui,
  ssh,
  ...sshguard,
  ...console,
  enablesshd: flag('The secure shell server runs.', { until: 18.9, replacedBy: 'system/ssh/enable' }),
  sshdkeyonly: flag('The secure shell takes no passwords.', { until: 18.9, replacedBy: 'system/ssh/sshdkeyonly' }),
};
