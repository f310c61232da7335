import { type ElementSchema, group, text, value } from '../../elementSchema.ts';
import { authServers } from './authServers.ts';
import { firewall } from './firewall.ts';
import { furtherDnsServers, general } from './general.ts';
import { maintenance } from './maintenance.ts';
import { miscellaneous } from './miscellaneous.ts';
import { network } from './network.ts';
import { users } from './users.ts';
import { access } from './webgui.ts';

/** System > Advanced > System Tunables: system_advanced_sysctl.inc. */
const sysctl = group(
  'Settings of the kernel that differ from the defaults.',
  {
    item: group('One setting.', {
      tunable: text('Its name for sysctl(8).'),
      value: text('Its value; default for the one that pfSense gives it.'),
      descr: text('What it does.'),
      desc: text('What it does, in files from before 2.0.', { until: 8, replacedBy: 'descr' }),
    }),
  },
  { docs: 'config/advanced-tunables.html' },
);

/** Who saved the file last, and why: config.lib.inc:write_config, make_config_revision_entry. */
const revision = group('The last change of the file.', {
  time: value('When it was made.', { type: 'epoch' }),
  description: text('What it was.'),
  username: text('Who made it, and from which address.'),
});

export const systemSections: Readonly<Record<string, ElementSchema>> = {
  version: value('The config version, which grows with the shape of the file and is not that of the product.', {
    type: 'pattern',
    pattern: '\\d{1,2}\\.\\d{1,2}',
    is: 'a config version such as 22.9',
  }),
  lastchange: text('A time of the last change that only old releases kept; revision has it now.'),
  theme: text('The theme of old releases.', { until: 12.4, replacedBy: 'system/webgui/webguicss' }),
  sysctl,
  system: group(
    'General, advanced and maintenance settings, users, groups and authentication servers.',
    { ...general, ...users, ...access, ...authServers, ...firewall, ...network, ...miscellaneous, ...maintenance },
    { keyed: furtherDnsServers },
  ),
  revision,
};
