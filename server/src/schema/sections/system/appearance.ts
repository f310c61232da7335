import { choice, type ElementSchema, flag, text } from '../../elementSchema.ts';

/** How pages look: General Setup for all users, User Manager for one (system.php, system_user_settings.php). */
export const appearance: Readonly<Record<string, ElementSchema>> = {
  webguicss: text('The theme, a file of style sheets.', { default: 'pfSense.css' }),
  webguifixedmenu: choice(
    'Whether the menu stays at the top of the page.',
    {
      fixed: 'Fixed (Remains visible at top of page)',
    },
    { isOpen: true },
  ),
  webguihostnamemenu: choice(
    'Which name of the firewall the menu shows.',
    {
      hostonly: 'Hostname only',
      fqdn: 'Fully Qualified Domain Name',
    },
    { isOpen: true },
  ),
  interfacessort: flag('Interfaces are sorted by their names.'),
  dashboardavailablewidgetspanel: flag('The panel of available widgets is open.'),
  systemlogsfilterpanel: flag('The filter of the log pages is open.'),
  systemlogsmanagelogpanel: flag('The settings of the log pages are open.'),
  statusmonitoringsettingspanel: flag('The settings of the monitoring page are open.'),
  webguileftcolumnhyper: flag('The labels of forms link to what they label.'),
  disablealiaspopupdetail: flag('What an alias holds is not shown when the pointer is on it.'),
  pagenamefirst: flag('The title of a page starts with the name of the page.'),
};
