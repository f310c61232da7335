import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';
import { dashboard } from '../shared/widgets.ts';
import { appearance } from './appearance.ts';

const scope = choice(
  'Whether it belongs to the system and cannot be deleted.',
  { system: 'System', user: 'User' },
  {
    isOpen: true,
  },
);
/** Those that are more than a page of the web interface (priv.defs.inc, user.priv.inc). Packages bring others. */
const privilege = choice(
  'A privilege, such as page-all.',
  {
    'page-all': 'WebCfg - All pages',
    'system-xmlrpc-ha-sync': 'System - HA node sync',
    'user-shell-access': 'User - System: Shell account access',
    'user-config-readonly': 'User - Config: Deny Config Write',
    'user-view-notices': 'User - Notices: View',
    'user-view-clear-notices': 'User - Notices: View and Clear',
    'user-copy-files': 'User - System: Copy files (scp)',
    'user-copy-files-chroot': 'User - System: Copy files to home directory (chrooted scp)',
    'user-ssh-tunnel': 'User - System: SSH tunneling',
    'user-services-captiveportal-login': 'User - Services: Captive Portal login',
    'user-ipsec-xauth-dialin': 'User - VPN: IPsec xauth Dialin',
    'user-l2tp-dialin': 'User - VPN: L2TP Dialin',
    'user-pppoe-dialin': 'User - VPN: PPPOE Dialin',
    'page-dashboard-all': 'WebCfg - Dashboard (all)',
  },
  { isOpen: true },
);

/** System > User Manager > Users: system_usermanager.php, auth.inc:local_user_set_password. */
const user = group(
  'A user of the firewall.',
  {
    scope,
    'bcrypt-hash': text('The hash of the password.'),
    'sha512-hash': text('The hash of the password.', { since: 21.8 }),
    'md5-hash': text('The hash of the password, as old releases stored it.'),
    'nt-hash': text('The hash of the password for protocols of Windows, as old releases stored it.'),
    password: text('The hash of the password, as the oldest releases stored it.'),
    descr: text('The full name.'),
    name: text('The user name.'),
    expires: value('The last day on which the user may log in.', {
      type: 'pattern',
      pattern: '\\d{1,2}/\\d{1,2}/\\d{4}',
      is: 'a date such as 11/22/2026',
    }),
    dashboardcolumns: integer('How many columns the dashboard has.', {}),
    authorizedkeys: value('The SSH keys of the user, in base64.', { type: 'base64' }),
    ipsecpsk: text('The pre-shared key of the user for IPsec.'),
    disabled: flag('The user cannot log in.'),
    customsettings: flag('The user has settings of the web interface of their own.'),
    ...appearance,
    widgets: dashboard('The dashboard of the user.'),
    keephistory: flag('The commands of the shell are kept after a logout.', { since: 22.6 }),
    uid: integer('The number of the user; 0 is admin, below 2000 are users that a pair does not copy.', {}),
    priv: privilege,
    cert: text('A certificate of the user.'),
    groupname: text('A group that factory defaults and old releases name here; the groups list their members.'),
    fullname: text('The full name in old releases.', { until: 7.4, replacedBy: 'descr' }),
  },
  { docs: 'usermanager/users.html' },
);

/** System > User Manager > Groups: system_groupmanager.php. */
const userGroup = group(
  'A group of users.',
  {
    name: text('The name of the group.'),
    description: text('What the group is for.'),
    scope: choice(
      'Whether it is of this firewall, of an authentication server, or of the system itself.',
      { local: 'Local', remote: 'Remote', system: 'System', user: 'Local' },
      { isOpen: true },
    ),
    gid: integer('The number of the group.', {}),
    member: text('The number (uid) of a member.'),
    priv: privilege,
  },
  { docs: 'usermanager/groups.html' },
);

export const users: Readonly<Record<string, ElementSchema>> = {
  group: userGroup,
  user,
  nextuid: integer('The number that the next new user gets.', {}, { default: '2000' }),
  nextgid: integer('The number that the next new group gets.', {}, { default: '2000' }),
  username: text('The administrator of old releases.', { until: 3, replacedBy: 'system/user' }),
  password: text('The password of that administrator.', { until: 3, replacedBy: 'system/user' }),
};
