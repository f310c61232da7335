import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { portOrService } from './shared/port.ts';

const onOff = { enabled: 'Enabled', disabled: 'Disabled' };

const smtp = group('Notifications by e-mail.', {
  disable: flag('No e-mails are sent.'),
  ipaddress: text('The address or name of the mail server.'),
  port: value('The port of the mail server.', portOrService, { default: '25' }),
  ssl: flag('The connection is encrypted from its start.'),
  tls: flag('The connection is encrypted with STARTTLS; set by versions before 2.4.'),
  sslvalidate: choice('Whether the mail server’s certificate must be good.', onOff, {
    since: 18.1,
    default: 'enabled',
  }),
  timeout: integer('Seconds to wait for the mail server.', {}, { default: '20' }),
  notifyemailaddress: text('The address that e-mails are sent to.'),
  username: text('The user name at the mail server.'),
  password: text('The password at the mail server.'),
  authentication_mechanism: choice(
    'How the firewall proves who it is.',
    { PLAIN: 'PLAIN', LOGIN: 'LOGIN' },
    {
      isOpen: true,
      default: 'PLAIN',
    },
  ),
  fromaddress: text('The address that e-mails are sent from.'),
});

const growl = group(
  'Notifications by Growl.',
  {
    disable: flag('None are sent.'),
    ipaddress: text('The address of the receiver.'),
    password: text('The password of the receiver.'),
    name: text('The name of the application.'),
    notification_name: text('The name of the notification.'),
  },
  { until: 19.3 },
);

const pushover = group(
  'Notifications by Pushover.',
  {
    enabled: flag('Notifications are sent.'),
    apikey: text('The API key.'),
    userkey: text('The key of the user.'),
    sound: text('The sound that is played.'),
    priority: choice('The priority.', {
      '-2': 'Lowest Priority - No sound or notification',
      '-1': 'Low Priority - No sound or vibration',
      0: 'Normal Priority',
      1: 'High Priority - Always play sound and vibrate',
      2: 'Emergency Priority - Repeats notification until acknowledged',
    }),
    retry: integer('Seconds after which an emergency is sent again.', {}, { default: '60' }),
    expire: integer('Seconds after which an emergency is not sent any more.', {}, { default: '300' }),
  },
  { since: 19.2 },
);

/** System > Advanced > Notifications (system_advanced_notifications.inc; notices.inc). */
export const notificationSections: Readonly<Record<string, ElementSchema>> = {
  notifications: group(
    'Where the firewall sends its notices.',
    {
      certexpire: group(
        'Notices about certificates that run out.',
        {
          enable: choice('Whether there are such notices.', onOff, { default: 'enabled' }),
          ignore_revoked: choice('Whether revoked certificates are passed over.', onOff, { since: 21.8 }),
          expiredays: integer('How many days before.', {}, { default: '27' }),
        },
        { since: 19.2 },
      ),
      growl,
      smtp,
      telegram: group(
        'Notifications by Telegram.',
        {
          enabled: flag('Notifications are sent.'),
          api: text('The API key of the bot, which is a secret.'),
          chatid: text('The chat that notifications are sent to.'),
        },
        { since: 19.2 },
      ),
      pushover,
      slack: group(
        'Notifications by Slack.',
        {
          enabled: flag('Notifications are sent.'),
          api: text('The API key, which is a secret.'),
          channel: text('The channel that notifications are sent to.'),
        },
        { since: 21.8 },
      ),
    },
    { docs: 'config/advanced-notifications.html' },
  ),
};
