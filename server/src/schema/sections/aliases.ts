import { choice, type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { aliasEntry } from './shared/ruleValues.ts';

/** Firewall > Aliases: firewall_aliases_edit.php, alias-utils.inc:saveAlias, easyrule.inc. */
const alias = group(
  'A name for addresses, networks or ports.',
  {
    name: value('What rules call it: letters, digits and underscores, 31 at most.', {
      type: 'pattern',
      pattern: '[A-Za-z0-9_]+',
      is: 'a name of letters, digits and underscores',
    }),
    type: choice('What it is a list of.', {
      host: 'Host(s)',
      network: 'Network(s)',
      port: 'Port(s)',
      url: 'URL (IPs)',
      url_ports: 'URL (Ports)',
      urltable: 'URL Table (IPs)',
      urltable_ports: 'URL Table (Ports)',
    }),
    url: text('Where the table is fetched from; a package may give a file of its own here.'),
    updatefreq: integer('Days between two fetches of the table.', {}, { default: '7' }),
    aliasurl: text(
      'A place from which the list is fetched when the alias is saved; since pfSense 2.6 also another such alias.',
    ),
    address: value('The entries: addresses, networks, ranges, host names, ports or other aliases.', aliasEntry, {
      separator: ' ',
    }),
    descr: text('What the alias is for.'),
    detail: text('What each entry is, in the order of the entries.', { separator: '||' }),
    nosync: flag('The alias is not sent to the secondary.'),
  },
  { docs: 'firewall/aliases.html' },
);

export const aliasesSections: Readonly<Record<string, ElementSchema>> = {
  aliases: group('Names for addresses, networks and ports.', { alias }, { docs: 'firewall/aliases.html' }),
};
