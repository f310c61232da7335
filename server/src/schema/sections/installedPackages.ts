import { type ElementSchema, flag, group, text } from '../elementSchema.ts';
import { miniUpnp } from './miniUpnp.ts';

const tabs = group('The tabs that the package’s pages have in common.', {
  tab: group(
    'One tab.',
    {
      text: text('What the tab says.'),
      url: text('The page of the tab.'),
      active: flag('The tab is the one shown.'),
    },
    { isOpen: true },
  ),
});

const packageEntry = group(
  'An installed package.',
  {
    name: text('The name that a person reads.'),
    internal_name: text('The name that pfSense knows the package by.'),
    pkginfolink: text('The web page about the package.'),
    descr: text('What the package is for.'),
    website: text('The web page of the software.'),
    version: text('The version of the package.'),
    category: text('The kind of package.'),
    configurationfile: text('The file that describes the package’s pages.'),
    logging: group(
      'The log of the package.',
      {
        facilityname: text('The facility that the package logs with.'),
        logfilename: text('The file that the log is written to.'),
        logsocket: text('A further socket that the log daemon listens on.'),
        logowner: text('The owner of the file.'),
        logmode: text('The permissions of the file.'),
        rotatecount: text('How many rotated files are kept.'),
        logfilesize: text('The size at which the file is rotated.'),
        rotatetime: text('When the file is rotated.'),
        rotateflags: text('The flags of newsyslog.'),
        pidcmd: text('The file with the number of the process, or a command.'),
        signal: text('The signal that the process gets after a rotation.'),
      },
      { isOpen: true },
    ),
    filter_rule_function: text('The function that adds the package’s filter rules.'),
    tabs,
    include_file: text('The file with the package’s functions.'),
    plugins: group('Where pfSense calls the package.', {
      item: group('One place.', { type: text('The name of the place.') }, { isOpen: true }),
    }),
    ramdisk_dir_names: text('The folders that are kept when the disk is in memory.'),
  },
  { isOpen: true },
);

const menu = group(
  'A menu item of a package.',
  {
    name: text('What the menu item says.'),
    tooltiptext: text('What the menu item says on hover.'),
    section: text('The menu that the item is in.'),
    configfile: text('The file that describes the page.'),
    url: text('The page.'),
  },
  { isOpen: true },
);

const service = group(
  'A service of a package.',
  {
    name: text('The name of the service.'),
    rcfile: text('The script that starts and stops the service.'),
    startcmd: text('The PHP code that starts the service.'),
    stopcmd: text('The PHP code that stops the service.'),
    restartcmd: text('The PHP code that restarts the service.'),
    custom_php_service_status_command: text('The PHP expression that tells whether the service runs.'),
    executable: text('The name of its process.'),
    description: text('What the service is.'),
    starts_on_sync: flag('The service starts when the package’s settings are saved.'),
  },
  { isOpen: true },
);

/** System > Packages (pkg-utils.inc). What a package keeps is its own affair, so every other element may stand here. */
export const installedPackagesSections: Readonly<Record<string, ElementSchema>> = {
  installedpackages: group(
    'The installed packages and their settings.',
    { package: packageEntry, menu, service, miniupnpd: miniUpnp },
    { isOpen: true, docs: 'packages/index.html' },
  ),
};
