import { choice, type ElementSchema, flag, integer, text, value } from '../../elementSchema.ts';

const docs = 'config/advanced-misc.html';

const powerModes = { hadp: 'Hiadaptive', adp: 'Adaptive', min: 'Minimum', max: 'Maximum' };
const powerMode = (when: string): ElementSchema =>
  choice(`The power mode ${when}.`, powerModes, { default: 'hadp', isOpen: true, docs });

const hours = (what: string, since?: number): ElementSchema =>
  integer(
    `Hours between two copies of ${what} from the RAM disk.`,
    {},
    {
      docs,
      ...(since === undefined ? {} : { since }),
    },
  );

const proxy: Readonly<Record<string, ElementSchema>> = {
  proxyurl: text('The proxy through which the firewall itself reaches the Internet.', { docs }),
  proxyport: value('The port of the proxy.', { type: 'port' }, { docs }),
  proxyuser: text('The user name at the proxy.', { docs }),
  proxypass: text('The password at the proxy.', { docs }),
};

const gateways: Readonly<Record<string, ElementSchema>> = {
  lb_use_sticky: flag('Connections from one source stay at one gateway.', { docs }),
  srctrack: integer('Seconds for which a source stays there after its last connection.', {}, { default: '0', docs }),
  schedule_states: flag('States outlive the schedule of the rule that made them.', { docs }),
  remove_failover_states_default: choice(
    'Which states of the firewall itself are dropped when the default gateway comes back.',
    {
      all: 'Kill all states for lower-priority gateways',
      policy: 'Only kill policy routing states for lower-priority gateways',
      addrfamily: 'Only kill states with the same address family as the gateway group',
    },
    { isOpen: true, since: 23.4, docs },
  ),
  keep_failover_states: flag('States of a lower tier are kept when a higher one comes back.', { since: 23.4, docs }),
  gw_down_kill_states: choice(
    'What happens to states when a gateway goes down; up to 22.5 the element alone dropped all.',
    {
      none: 'Do not kill states on gateway failure',
      down: 'Kill states for all gateways which are down',
      all: 'Flush all states on gateway failure',
    },
    { default: 'none', isOpen: true, docs },
  ),
  kill_states: flag('States are kept when a gateway goes down.', { until: 13.9, replacedBy: 'gw_down_kill_states' }),
  skip_rules_gw_down: flag('Rules whose gateway is down are left out, not loaded without it.', { docs }),
  dpinger_dont_add_static_routes: flag('No routes to monitored addresses are set.', { since: 22.3, docs }),
  gw_switch_default: flag('Another gateway became the default one when it went down.', {
    until: 18.2,
    replacedBy: 'gateways/defaultgw4 and gateways/defaultgw6',
  }),
};

const hardware: Readonly<Record<string, ElementSchema>> = {
  powerd_enable: flag('The speed of the processor follows the load.', { docs }),
  powerd_ac_mode: powerMode('on mains'),
  powerd_battery_mode: powerMode('on battery'),
  powerd_normal_mode: powerMode('where the source of power is unknown'),
  powerd_mode: text('The power mode of old releases.', { until: 9.4, replacedBy: 'powerd_ac_mode' }),
  hwpstate: choice(
    'Whether the processor governs its speed itself (Speed Shift).',
    {
      enabled: 'Yes',
      disabled: 'No',
    },
    { since: 23.2, docs },
  ),
  hwpstate_control_level: choice(
    'What has a speed of its own.',
    {
      0: 'Core Level Control (Recommended)',
      1: 'Package Level Control',
    },
    { since: 23.2, docs },
  ),
  hwpstate_epp: integer(
    'What Speed Shift prefers, from 0 for performance to 100 for saving energy.',
    { max: 100 },
    {
      since: 23.2,
      docs,
    },
  ),
  crypto_hardware: choice(
    'The module for cryptographic hardware.',
    {
      aesni: 'AES-NI CPU-based Acceleration',
      cryptodev: 'BSD Crypto Device (cryptodev)',
      aesni_cryptodev: 'AES-NI and BSD Crypto Device (aesni, cryptodev)',
    },
    { isOpen: true, docs },
  ),
  thermal_hardware: choice(
    'The module for temperature sensors; absent for ACPI.',
    {
      coretemp: 'Intel Core* CPU on-die thermal sensor',
      amdtemp: 'AMD K8, K10 and K11 CPU on-die thermal sensor',
    },
    { isOpen: true, docs },
  ),
  pti_disabled: flag('The kernel keeps no page tables apart from those of programs (Meltdown).', { docs }),
  mds_disable: choice(
    'How data sampling in the processor (MDS) is countered; absent for the default.',
    {
      0: 'Mitigation disabled',
      1: 'VERW instruction (microcode) mitigation enabled',
      2: 'Software sequence mitigation enabled (not recommended)',
      3: 'Automatic VERW or Software selection',
    },
    { isOpen: true, docs },
  ),
  do_not_use_nic_microcode: flag('Network cards run without updated microcode.'),
  harddiskstandby: text('After how long a silent disk stops, as ataidle(8) counts it; absent for never.', { docs }),
};

const ramDisks: Readonly<Record<string, ElementSchema>> = {
  use_mfs_tmpvar: flag('/tmp and /var are RAM disks.', { docs }),
  use_mfs_tmp_size: integer('The size of /tmp, in MiB.', {}, { default: '40', docs }),
  use_mfs_var_size: integer('The size of /var, in MiB.', {}, { default: '60', docs }),
  rrdbackup: hours('graph data'),
  dhcpbackup: hours('DHCP leases'),
  logsbackup: hours('logs'),
  captiveportalbackup: hours('captive portal data', 21.8),
};

/** System > Advanced > Miscellaneous and Notifications: system_advanced_misc.php, system_advanced_notifications.php. */
export const miscellaneous: Readonly<Record<string, ElementSchema>> = {
  ...proxy,
  ...gateways,
  pkg_nochecksig: flag('Packages are installed without a look at their signatures.', { docs }),
  do_not_send_uniqueid: flag('The identifier of the installation is not sent to Netgate.', { docs }),
  ...hardware,
  ...ramDisks,
  php_memory_limit: integer('The memory of PHP, in MiB.', {}, { since: 23.2, docs }),
  consolebell: choice(
    'Whether the console sounds its bell.',
    { enabled: 'Yes', disabled: 'No' },
    {
      default: 'enabled',
      since: 22.9,
      docs: 'config/advanced-notifications.html',
    },
  ),
  disablebeep: flag('No sound at start and shutdown.', { docs: 'config/advanced-notifications.html' }),
};
