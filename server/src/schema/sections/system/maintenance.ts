import { choice, type ElementSchema, flag, group, integer, text, value } from '../../elementSchema.ts';
import { ticked } from '../shared/ticked.ts';

/** Services > Auto Config Backup: services_acb_settings.php, acb.inc:setup_ACB. */
const acb = group(
  'The backup of the configuration at Netgate.',
  {
    enable: ticked('It is on.', 'yes'),
    hint: text('A name for the backups, sent along.'),
    frequency: choice(
      'When a backup is made.',
      {
        every: 'Automatically backup on every configuration change',
        cron: 'Automatically backup on a regular schedule',
      },
      { isOpen: true },
    ),
    minute: text('On which minutes, as cron has it.'),
    hours: text('On which hours.', { until: 21.4, replacedBy: 'hour' }),
    hour: text('On which hours, as cron has it.'),
    month: text('In which months, as cron has it.'),
    day: text('On which days, as cron has it.'),
    dow: text('On which days of the week, as cron has it.'),
    numman: text('How many backups made by hand are kept.'),
    reverse: ticked('The list starts with the newest backup.', 'yes', { since: 22.2 }),
    encryption_password: text('The password that backups are encrypted with.'),
    device_key: text('The key by which Netgate knows the backups of this firewall.', { since: 23.4 }),
    gold_username: text('The user name at the backup of older releases.', { until: 23.7 }),
    gold_password: text('The password at the backup of older releases.', { until: 23.7 }),
    gold_encryption_password: text('The encryption password of older releases.', { until: 21.4 }),
  },
  { docs: 'backup/autoconfigbackup.html', since: 18.1 },
);

/** System > Update > Update Settings: system_update_settings.php; the shell's gitsync reads the second. */
const updates: Readonly<Record<string, ElementSchema>> = {
  pkg_repo_conf_path: text('The branch that updates come from.'),
  firmware: group('How updates are looked for.', {
    disablecheck: flag('The dashboard does not look for updates.'),
    alturl: group(
      "A server of one's own for updates, in old releases.",
      {
        enable: flag('It is used.'),
        firmwareurl: text('Its address.'),
      },
      { until: 15 },
    ),
    allowinvalidsig: flag('Updates without a signature are installed.', { until: 15 }),
  }),
  gitsync: group('How the shell command gitsync replaces files by those of a repository.', {
    synconupgrade: flag('It runs after each update.'),
    repositoryurl: text('The repository.'),
    branch: text('The branch.'),
    minimal: flag('Only files that changed are copied.'),
    diff: flag('Differences are shown.'),
    show_files: flag('The files are shown.'),
    show_command: flag('The commands are shown.'),
    dryrun: flag('Nothing is copied.'),
  }),
};

/** Settings without a form that the boot scripts, config.lib.inc and filter.inc read. */
const withoutForm: Readonly<Record<string, ElementSchema>> = {
  earlyshellcmd: text('A command that runs at the beginning of a start.'),
  shellcmd: text('A command that runs at the end of a start.'),
  afterbootupshellcmd: text('A command that runs after a start.'),
  afterfilterchangeshellcmd: text('A command that runs each time the rules are loaded.'),
  backupcount: integer('How many earlier configurations are kept.', {}, { default: '30' }),
  developerspew: flag('More is logged for developers.'),
  'gw-debug': flag('Changes of the default gateway are logged in detail.', { until: 24.1 }),
  'route-debug': flag('Changes of routes are logged in detail.', { until: 24.1 }),
};

/** What upgrades have moved or removed, and what may still stand in a file that is older. */
const old: Readonly<Record<string, ElementSchema>> = {
  disablesyslogclog: flag('Logs are plain files, not circular ones.', { until: 21.4 }),
  altpkgrepo: group("A package server of one's own.", () => ({}), { isOpen: true, until: 12.4 }),
  alt_firmware_url: group("A server of one's own for updates.", () => ({}), { isOpen: true, until: 15 }),
  firmwareurl: text('A server for updates.', { until: 1.6 }),
  firmwarename: text('The name of an update file.', { until: 1.6 }),
  apinger_debug: flag('The gateway monitor logs in detail.', { until: 13.1 }),
  usefifolog: flag('Logs are kept by fifolog.', { until: 13.2 }),
  glxsb_enable: flag('The module for the Geode crypto chip is loaded.', { until: 8.8, replacedBy: 'crypto_hardware' }),
  schedulertype: text('The scheduler of the traffic shaper.', { until: 2.1, replacedBy: 'shaper' }),
  use_rrd_gateway: value('The address whose quality is recorded.', { type: 'address' }, { until: 2.5 }),
  sshenabled: flag('The secure shell server runs.', { until: 8, replacedBy: 'system/ssh' }),
  webguiport: text('The port of the web interface.', { until: 8, replacedBy: 'system/webgui/port' }),
  ca: group('A certificate authority.', () => ({}), { isOpen: true, until: 6.7, replacedBy: 'ca' }),
  cert: group('A certificate.', () => ({}), { isOpen: true, until: 6.7, replacedBy: 'cert' }),
  sshd: group('The settings of the secure shell server.', () => ({}), {
    isOpen: true,
    until: 18.9,
    replacedBy: 'system/ssh',
  }),
  gateway: text('The default gateway.', { until: 3, replacedBy: 'gateways' }),
};

export const maintenance: Readonly<Record<string, ElementSchema>> = {
  acb,
  ...updates,
  ...withoutForm,
  ...old,
};
